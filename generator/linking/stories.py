"""Stories: which articles tell of one event, across outlets and languages.

A story depends on the set of articles alone: not on their order, and never on how many there are. What is near in
time and alike is compared; articles that are connected are then gathered by average linkage, so that one
likeness by chance does not join two events.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from generator.linking.components import components
from generator.linking.grouping import average_linkage
from generator.linking.likeness import Evidence, Likeness, likeness, odds_matrix
from generator.linking.nearby import nearby
from generator.model import ArticleId, record

Pair = tuple[ArticleId, ArticleId]
Groups = tuple[tuple[ArticleId, ...], ...]
Memo = MutableMapping[str, Groups]
"""Groups of connected articles in earlier runs, by the digest of all that decided them; new ones are added."""

#: Days within which stories of one long-running affair are tied to each other.
THREAD_WINDOW = 92
#: Log odds, with time left out, from which the central articles of two stories belong to one affair.
THREAD_ODDS = 1.0
#: More connected articles than this are first cut at their weakest ties, for memory's sake.
LARGEST = 3_000
#: Stands for certainty in either direction: it outweighs any number of other articles.
CERTAIN = 1e6


@record
class Wishes:
    """What people decided: pairs in one story, and pairs that are not; and the articles that are in none."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    alone: frozenset[ArticleId] = frozenset()


@record
class Gathered:
    """Groups of articles, and the likeness of the pairs that were compared and spoke for one story."""

    groups: Groups
    pairs: Mapping[Pair, Likeness]


def gather(
    articles: Iterable[Evidence],
    window: int,
    wishes: Wishes | None = None,
    memo: Memo | None = None,
) -> Gathered:
    """Gather articles into stories; lone articles are groups of one.

    With a `memo` only connected articles that it lacks are gathered anew.
    """
    wishes = wishes or Wishes()
    memo = {} if memo is None else memo
    items = sorted(articles, key=lambda item: item.id)
    by_id = {item.id: item for item in items}
    pairs = _ties(items, window)
    ties = [pair for pair in pairs if pair not in wishes.apart and wishes.alone.isdisjoint(pair)]
    ties += [pair for pair in wishes.together if pair[0] in by_id and pair[1] in by_id]
    groups: list[tuple[ArticleId, ...]] = []
    for group in components(by_id, ties):
        for part in _parts(group, pairs, wishes):
            groups += _gathered([by_id[item] for item in part], window, wishes, memo)
    return Gathered(groups=tuple(sorted(groups)), pairs=pairs)


def _ties(items: Sequence[Evidence], window: int) -> dict[Pair, Likeness]:
    """The pairs that by themselves speak for one story."""
    found: dict[Pair, Likeness] = {}
    for first, second in nearby(items, window):
        alike = likeness(items[first], items[second], window)
        if alike.odds > 0:
            found[items[first].id, items[second].id] = alike
    return found


def _parts(
    group: Sequence[ArticleId], pairs: Mapping[Pair, Likeness], wishes: Wishes
) -> Iterator[list[ArticleId]]:
    """The component itself, or its parts where it is too large to compare all with all."""
    if len(group) <= LARGEST:
        yield list(group)
        return
    within = set(group)
    ties = {pair: alike.odds for pair, alike in pairs.items() if pair[0] in within}
    bound = float(np.median(list(ties.values())))
    kept = {pair for pair, odds in ties.items() if odds > bound} | {
        pair for pair in wishes.together if within.issuperset(pair)
    }
    if len(kept) == len(ties):
        yield from (list(group[start : start + LARGEST]) for start in range(0, len(group), LARGEST))
        return
    rest = {pair: pairs[pair] for pair in kept if pair in pairs}
    for part in components(group, sorted(kept)):
        yield from _parts(part, rest, wishes)


def _gathered(
    items: Sequence[Evidence], window: int, wishes: Wishes, memo: Memo
) -> Iterator[tuple[ArticleId, ...]]:
    if len(items) == 1:
        yield (items[0].id,)
        return
    key = _digest(items, window, wishes)
    if key not in memo:
        odds = _decided(odds_matrix(items, window), items, wishes)
        memo[key] = tuple(
            tuple(items[place].id for place in group) for group in average_linkage(odds)
        )
    yield from memo[key]


def _digest(items: Sequence[Evidence], window: int, wishes: Wishes) -> str:
    """What decides the groups of these articles."""
    digest = blake2b(str(window).encode(), digest_size=16)
    inside = {item.id for item in items}
    for item in items:
        digest.update(f"\n{item.id} {item.language} {item.script} {item.day} ".encode())
        for data in (
            item.terms.keys,
            item.terms.weights,
            item.names.keys,
            item.names.weights,
            item.entities.keys,
            item.entities.weights,
            item.telling.weights,
            item.vector,
        ):
            digest.update(data.tobytes())
    for name, decided in (("together", wishes.together), ("apart", wishes.apart)):
        relevant = sorted(pair for pair in decided if inside.issuperset(pair))
        digest.update(f"\n{name} {relevant}".encode())
    return digest.hexdigest()


def _decided(
    odds: NDArray[np.float32], items: Sequence[Evidence], wishes: Wishes
) -> NDArray[np.float32]:
    """The odds, with certainty where a person decided."""
    place = {item.id: number for number, item in enumerate(items)}
    for sign, decided in ((1, wishes.together), (-1, wishes.apart)):
        for one, other in decided:
            if one in place and other in place:
                odds[place[one], place[other]] = odds[place[other], place[one]] = sign * CERTAIN
    return odds


def central(group: Sequence[ArticleId], pairs: Mapping[Pair, Likeness]) -> ArticleId:
    """The article that is most alike to the others of its group; of equal ones the smallest id."""
    total = dict.fromkeys(group, 0.0)
    for place, one in enumerate(group):
        for other in group[place + 1 :]:
            alike = pairs.get((min(one, other), max(one, other)))
            if alike is not None:
                total[one] += alike.odds
                total[other] += alike.odds
    return min(group, key=lambda item: (-total[item], item))


def threads(
    groups: Sequence[Sequence[ArticleId]],
    evidences: Mapping[ArticleId, Evidence],
    pairs: Mapping[Pair, Likeness],
) -> Iterator[tuple[int, int]]:
    """Pairs of groups (their places, the smaller first) that belong to one affair: their central articles are alike, days apart."""
    heads = {central(group, pairs): number for number, group in enumerate(groups)}
    items = [evidences[head] for head in sorted(heads)]
    timeless = [replace(item, day=None) for item in items]
    for first, second in nearby(items, THREAD_WINDOW):
        if likeness(timeless[first], timeless[second], THREAD_WINDOW).odds > THREAD_ODDS:
            one, other = heads[items[first].id], heads[items[second].id]
            yield min(one, other), max(one, other)
