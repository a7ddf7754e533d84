"""Warnings of decisions that cannot be followed, whatever they are about."""

from collections.abc import Collection, Iterable, Iterator

from generator.errors import Problem, Severity, shown
from generator.model import ArticleId, Decision


def warnings(found: Iterable[tuple[Decision, str]]) -> Iterator[Problem]:
    """Each decision with what is wrong with it, as a warning at its place."""
    for decision, message in found:
        yield Problem(
            path=decision.path,
            line=decision.line,
            field=decision.kind.value,
            message=message,
            severity=Severity.WARNING,
        )


def unpublished(names: Iterable[ArticleId], published: Collection[ArticleId]) -> str:
    """What is wrong with articles that a decision names; empty if all of them are published.

    Reading refuses a name that no article has: what is not published was withdrawn.
    """
    gone = [shown(name) for name in names if name not in published]
    message = (
        f"expected published articles, got the withdrawn {', '.join(gone)}; remove the decision"
    )
    return message if gone else ""


def contradicts(other: Decision) -> str:
    """What is wrong with a decision that a later one speaks against."""
    return f"expected no decision against it, got the later one at {other.path}:{other.line}, which is followed"
