"""What people decided about mentions: applied to an article, and reported where it no longer fits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from generator.errors import Problem, Severity, shown
from generator.model import (
    Article,
    ArticleId,
    Decision,
    DecisionKind,
    EntityId,
    Mention,
    Span,
    UndecidedMention,
)
from generator.text import UNSPACED, segments

KINDS = frozenset({DecisionKind.IS_ENTITY, DecisionKind.IS_NOT_ENTITY})
#: The edge of a word; scripts without spaces have one everywhere.
EDGE = rf"(?:(?<![\p{{L}}\p{{N}}\p{{M}}])|(?<=[{UNSPACED}]))"
END = rf"(?:(?![\p{{L}}\p{{N}}\p{{M}}])|(?=[{UNSPACED}]))"

Barred = frozenset[tuple[EntityId, str]]


def about(article: ArticleId, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions about mentions in one article, in their order."""
    return tuple(
        decision
        for decision in decisions
        if decision.kind in KINDS and decision.articles == (article,)
    )


def barred(decisions: Iterable[Decision]) -> Barred:
    """The entities that a text, as written, does not mean."""
    return frozenset(
        (decision.entity, decision.text)
        for decision in decisions
        if decision.kind is DecisionKind.IS_NOT_ENTITY
        and decision.entity is not None
        and decision.text is not None
    )


def decided_mentions(article: Article, decisions: Iterable[Decision]) -> Iterator[Mention]:
    """Every occurrence of a text that a person said to mean an entity; the first decision about it holds."""
    taken: set[Span] = set()
    for decision in decisions:
        if decision.kind is not DecisionKind.IS_ENTITY or decision.entity is None:
            continue
        for span, form in _occurrences(article, decision.text or ""):
            if span not in taken:
                taken.add(span)
                yield Mention(
                    article=article.id,
                    entity=decision.entity,
                    span=span,
                    form=form,
                    reason="decision",
                )


def apply_decisions(
    found: tuple[tuple[Mention, ...], tuple[UndecidedMention, ...]], decided: Sequence[Mention]
) -> tuple[tuple[Mention, ...], tuple[UndecidedMention, ...]]:
    """What was found, with the decided mentions in the place of all that they overlap."""
    if not decided:
        return found
    mentions = [item for item in found[0] if not _overlaps(item.span, decided)]
    undecided = tuple(item for item in found[1] if not _overlaps(item.span, decided))
    ordered = sorted([*mentions, *decided], key=lambda item: (item.span.segment, item.span.start))
    return tuple(ordered), undecided


def stale_decisions(
    decisions: Iterable[Decision],
    articles: Mapping[ArticleId, Article],
    entities: Iterable[EntityId],
) -> tuple[Problem, ...]:
    """Decisions whose article, entity or text is no longer there: a warning each, with its place."""
    known = frozenset(entities)
    problems = []
    for decision in decisions:
        if decision.kind in KINDS:
            message = _stale(decision, articles.get(decision.articles[0]), known)
            if message:
                problems.append(
                    Problem(
                        path=decision.path,
                        line=decision.line,
                        column=1,
                        field=str(decision.kind),
                        message=message,
                        severity=Severity.WARNING,
                    )
                )
    return tuple(sorted(problems))


def _stale(decision: Decision, article: Article | None, known: frozenset[EntityId]) -> str:
    if article is None:
        # Reading refuses a name that no article has: what is not published was withdrawn.
        gone = shown(decision.articles[0])
        return f"expected published articles, got the withdrawn {gone}; remove the decision"
    if decision.entity not in known:
        return f"expected an entity of the authority file, got {shown(decision.entity or '')}; remove the decision"
    if next(_occurrences(article, decision.text or ""), None) is None:
        return f"expected words of {article.id}, got {shown(decision.text or '')}, which it no longer has; remove the decision"
    return ""


def _occurrences(article: Article, text: str) -> Iterator[tuple[Span, str]]:
    if not text:
        return
    pattern = regex.compile(EDGE + regex.escape(text) + END)
    for number, segment in enumerate(segments(article)):
        for match in pattern.finditer(segment):
            yield Span(segment=number, start=match.start(), end=match.end()), match.group()


def _overlaps(span: Span, mentions: Iterable[Mention]) -> bool:
    return any(span.overlaps(item.span) for item in mentions)
