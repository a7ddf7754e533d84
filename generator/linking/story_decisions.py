"""What people decided about stories and quotations, and which of it cannot be followed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from generator.errors import Problem
from generator.linking.decision_warnings import contradicts, unpublished, warnings
from generator.model import ArticleId, Decision, DecisionKind

ABOUT_STORIES = frozenset({DecisionKind.SAME_STORY, DecisionKind.NOT_SAME_STORY})
ABOUT_QUOTATIONS = frozenset({DecisionKind.SAME_QUOTATION, DecisionKind.NOT_SAME_QUOTATION})

Pairs = Mapping[frozenset[ArticleId], Decision]


def ruled_pairs(decisions: Iterable[Decision]) -> Pairs:
    """The decision on each pair of articles; the later in the files counts."""
    return {
        frozenset(pair): decision
        for decision in decisions
        if decision.kind in ABOUT_STORIES
        for pair in combinations(sorted(set(decision.articles)), 2)
    }


def stale(
    decisions: Iterable[Decision],
    items: Collection[ArticleId],
) -> Iterator[Problem]:
    """Decisions on stories that cannot be followed; the articles are those that can be in one."""
    decisions = tuple(decisions)
    pairs = ruled_pairs(decisions)
    found = []
    for decision in decisions:
        if decision.kind not in ABOUT_STORIES:
            continue
        missing = unpublished(decision.articles, items)
        own = [frozenset(pair) for pair in combinations(sorted(set(decision.articles)), 2)]
        if missing:
            found.append((decision, missing))
        elif not own:
            found.append(
                (decision, "expected two articles that are not versions of one, got such versions")
            )
        elif other := next(
            (pairs[pair] for pair in own if pairs[pair].kind is not decision.kind), None
        ):
            found.append((decision, contradicts(other)))
    yield from warnings(found)


def unpublished_quotations(
    decisions: Iterable[Decision], published: Collection[ArticleId]
) -> Iterator[Problem]:
    """Decisions on quotations of articles that are not on the site, whatever these quote."""
    for decision in decisions:
        names = dict.fromkeys(item.article for item in decision.quotations)
        message = unpublished(names, published)
        if message and decision.kind in ABOUT_QUOTATIONS:
            yield from warnings([(decision, message)])
