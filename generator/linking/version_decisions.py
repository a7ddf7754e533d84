"""What people decided about versions, and which of it is stale."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from generator.errors import Problem
from generator.linking.decision_warnings import contradicts, unpublished, warnings
from generator.linking.groups import Pair, Partition, Wishes
from generator.model import Article, ArticleId, Decision, DecisionKind
from generator.text import base_language

KINDS = (DecisionKind.SAME_VERSION, DecisionKind.NOT_SAME_VERSION, DecisionKind.MAIN_VERSION)


def about_versions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions about versions, by their place."""
    found = [decision for decision in decisions if decision.kind in KINDS]
    return tuple(sorted(found, key=lambda decision: (decision.path, decision.line)))


def usable(decision: Decision, articles: Mapping[ArticleId, Article]) -> bool:
    """Whether all its articles are there, in one language."""
    if any(item not in articles for item in decision.articles):
        return False
    tongues = {base_language(articles[item].language) for item in decision.articles}
    return len(tongues) == 1


def decided_pairs(
    decisions: Sequence[Decision], articles: Mapping[ArticleId, Article]
) -> Mapping[Pair, Decision]:
    """The pairs that somebody decided about; where decisions disagree, the later in the files counts."""
    pairs: dict[Pair, Decision] = {}
    for decision in decisions:
        if decision.kind is not DecisionKind.MAIN_VERSION and usable(decision, articles):
            for pair in combinations(sorted(set(decision.articles)), 2):
                pairs[pair] = decision
    return pairs


def joining(pairs: Mapping[Pair, Decision]) -> Mapping[ArticleId, Decision]:
    """The first decision by which each article was put together with another."""
    found: dict[ArticleId, Decision] = {}
    for pair, decision in sorted(pairs.items(), key=lambda item: item[0]):
        if decision.kind is DecisionKind.SAME_VERSION:
            for article in pair:
                found.setdefault(article, decision)
    return found


def wishes(pairs: Mapping[Pair, Decision]) -> Wishes:
    """The decisions on pairs as the grouping takes them."""
    together = {pair for pair, found in pairs.items() if found.kind is DecisionKind.SAME_VERSION}
    return Wishes(together=frozenset(together), apart=frozenset(pairs.keys() - together))


def decided_mains(decisions: Sequence[Decision], groups: Partition) -> Mapping[ArticleId, Decision]:
    """The decision on its main version, by the name of the group; the later in the files counts."""
    return {
        groups.name[decision.articles[0]]: decision
        for decision in decisions
        if decision.kind is DecisionKind.MAIN_VERSION
        and decision.articles
        and decision.articles[0] in groups.name
    }


def stale(
    decisions: Sequence[Decision],
    articles: Mapping[ArticleId, Article],
    groups: Partition | None = None,
) -> Iterator[Problem]:
    """A problem for each decision that cannot be followed; `groups` follow the others.

    One that only says what the machine would do is none: it holds when the archive grows.
    Without groups only what the articles and the decisions themselves tell is told.
    """
    pairs = decided_pairs(decisions, articles)
    mains = decided_mains(decisions, groups) if groups else {}
    for decision in decisions:
        message = unknown(decision, articles) or overruled(decision, pairs)
        if groups and not message:
            message = displaced(decision, mains, groups) or idle(decision, groups)
        if message:
            yield from warnings([(decision, message)])


def unknown(decision: Decision, articles: Mapping[ArticleId, Article]) -> str:
    """What is wrong with the articles it names."""
    missing = unpublished(decision.articles, articles)
    if missing:
        return missing
    if not usable(decision, articles):
        found = sorted({str(articles[item].language) for item in decision.articles})
        told = f"expected articles in one language, got {', '.join(found)}"
        return f"{told}; versions never cross languages"
    return ""


def overruled(decision: Decision, pairs: Mapping[Pair, Decision]) -> str:
    """Which later decision says otherwise of a pair."""
    for pair in combinations(sorted(set(decision.articles)), 2):
        if pairs[pair].kind is not decision.kind:
            return contradicts(pairs[pair])
    return ""


def displaced(decision: Decision, mains: Mapping[ArticleId, Decision], groups: Partition) -> str:
    """Which later decision names another main version of the group."""
    if decision.kind is not DecisionKind.MAIN_VERSION:
        return ""
    other = mains[groups.name[decision.articles[0]]]
    return contradicts(other) if other.articles != decision.articles else ""


def idle(decision: Decision, groups: Partition) -> str:
    """Why it decides nothing."""
    if decision.kind is DecisionKind.MAIN_VERSION:
        alone = len(groups.group(decision.articles[0])) == 1
        return (
            "expected an article with versions, got one that has no other version" if alone else ""
        )
    if decision.kind is DecisionKind.SAME_VERSION:
        apart = len({groups.name[item] for item in decision.articles}) > 1
        told = "expected articles that may be one, got some that other decisions keep apart"
        return told if apart else ""
    return ""
