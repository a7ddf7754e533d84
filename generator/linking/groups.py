"""From verdicts on pairs to groups: the surest pairs first, and no chain through a doubtful one."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.model import ArticleId, Verdict, VerdictKind
from generator.record import record

Pair = tuple[ArticleId, ArticleId]

#: Two groups become one when at least this share of the pairs between them are versions.
SUPPORT = 0.15

#: Members of a group that speak for all.
SAMPLE = 10


@record
class Wishes:
    """What people decided about pairs, the smaller id first; it wins over verdicts."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


class Partition:
    """Articles in groups that are merged step by step; each is named by its smallest member."""

    def __init__(self, ids: Iterable[ArticleId]) -> None:
        self.members: dict[ArticleId, list[ArticleId]] = {item: [item] for item in ids}
        self.name: dict[ArticleId, ArticleId] = {item: item for item in self.members}

    def group(self, article: ArticleId) -> list[ArticleId]:
        """The members of an article's group."""
        return self.members[self.name[article]]

    def merge(self, a: ArticleId, b: ArticleId) -> None:
        """Make the groups of two articles one."""
        keep, lose = sorted((self.name[a], self.name[b]))
        for item in self.members[lose]:
            self.name[item] = keep
        self.members[keep] = sorted(self.members[keep] + self.members.pop(lose))


def partition(
    ids: Iterable[ArticleId],
    verdicts: Mapping[Pair, Verdict],
    wishes: Wishes,
    judge: Callable[[Pair], Verdict],
) -> Partition:
    """Put versions together, then the excerpts that have one place to go.

    `judge` is asked about pairs that were not worth comparing by themselves.
    """
    groups = Partition(ids)
    for a, b in sorted(wishes.together):
        if groups.name[a] != groups.name[b] and not parted(groups, (a, b), wishes):
            groups.merge(a, b)
    found = [pair for pair, verdict in verdicts.items() if versions(verdict)]
    for a, b in sorted(found, key=lambda pair: (*strength(verdicts[pair]), pair)):
        if (
            groups.name[a] != groups.name[b]
            and not parted(groups, (a, b), wishes)
            and supported(groups.group(a), groups.group(b), judge)
        ):
            groups.merge(a, b)
    for excerpt, container in places_of_excerpts(groups, verdicts):
        if not parted(groups, (excerpt, container), wishes):
            groups.merge(excerpt, container)
    return groups


def strength(verdict: Verdict) -> tuple[float, float]:
    """A sort key: surest first."""
    return -max(verdict.covered), -min(verdict.covered)


def supported(
    first: Sequence[ArticleId], second: Sequence[ArticleId], judge: Callable[[Pair], Verdict]
) -> bool:
    """Whether enough pairs between two groups are versions; one pair that is proves two lone articles."""
    if len(first) == len(second) == 1:
        return True
    pairs = [(min(a, b), max(a, b)) for a in sample(first) for b in sample(second)]
    return sum(versions(judge(pair)) for pair in pairs) >= SUPPORT * len(pairs)


def sample(members: Sequence[ArticleId]) -> Sequence[ArticleId]:
    """Some members, evenly chosen."""
    return members[:: -(-len(members) // SAMPLE)]


def versions(verdict: Verdict) -> bool:
    """Whether a pair was found to be versions."""
    return verdict.kind is VerdictKind.VERSIONS


def parted(groups: Partition, pair: Pair, wishes: Wishes) -> bool:
    """Whether somebody decided that an article of the one group is no version of one of the other."""
    if not wishes.apart:
        return False
    first, second = groups.group(pair[0]), groups.group(pair[1])
    return any((min(a, b), max(a, b)) in wishes.apart for a in first for b in second)


def places_of_excerpts(
    groups: Partition, verdicts: Mapping[Pair, Verdict]
) -> list[tuple[ArticleId, ArticleId]]:
    """Lone articles that are excerpts, each with the article whose group it joins.

    A text that holds two excerpts which have nothing to do with each other is a digest: neither joins it.
    """
    containers: dict[ArticleId, list[tuple[float, ArticleId]]] = {}
    related: set[Pair] = set()
    for pair, verdict in verdicts.items():
        if verdict.kind is not VerdictKind.DIFFERENT:
            related.add(pair)
        if verdict.kind is VerdictKind.EXCERPT:
            excerpt, container = excerpt_first(pair, verdict)
            if len(groups.group(excerpt)) == 1:
                containers.setdefault(excerpt, []).append((-max(verdict.covered), container))
    best = {excerpt: min(found)[1] for excerpt, found in containers.items()}
    held: dict[ArticleId, list[ArticleId]] = {}
    for excerpt, found in containers.items():
        for _, container in found:
            held.setdefault(groups.name[container], []).append(excerpt)
    digests = {
        name
        for name, excerpts in held.items()
        if any((min(a, b), max(a, b)) not in related for a in excerpts for b in excerpts if a != b)
    }
    return sorted(
        (excerpt, container)
        for excerpt, container in best.items()
        if groups.name[container] not in digests
    )


def excerpt_first(pair: Pair, verdict: Verdict) -> Pair:
    """The pair with the excerpt, of which more is covered, first."""
    return pair if verdict.covered[0] >= verdict.covered[1] else (pair[1], pair[0])
