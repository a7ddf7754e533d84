"""Stories: which articles tell of one event, across outlets and languages.

A story depends on the set of articles alone: not on their order, nor on how many there are, unless more than `LARGEST`
are connected, which are then cut. What is near in time and alike is compared; articles that are connected are gathered
by average linkage, so that one likeness by chance does not join two events.
"""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from generator.linking.components import tied
from generator.linking.grouping import average_linkage
from generator.linking.likeness import Evidence, odds_matrix
from generator.linking.nearby import Reach, Ties
from generator.linking.pool import KnownTies, Pool, find_ties, pool_of
from generator.model import ArticleId
from generator.record import record

Integers = NDArray[np.int64]
Pair = tuple[ArticleId, ArticleId]
Groups = tuple[tuple[ArticleId, ...], ...]
Memo = MutableMapping[str, Groups]
"""Groups of connected articles in earlier runs, by the digest of all that decided them; new ones are added."""
TieMemo = MutableMapping[str, KnownTies]
"""The ties of an earlier run, under `threads`, and under `stories` with the days of the window."""

#: Days within which stories of one long-running affair are tied to each other.
THREAD_WINDOW = 92
#: Log odds, with time left out, from which the central articles of two stories belong to one affair.
THREAD_ODDS = 1.0
#: More connected articles than this are first cut at their weakest ties, for memory's sake.
LARGEST = 3_000
#: Steps of log odds at which these are cut.
CUT = 0.5
#: Stands for certainty in either direction: it outweighs any number of other articles.
CERTAIN = 1e6


@record
class Wishes:
    """What people decided: pairs in one story, and pairs that are not."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


@record
class Gathered:
    """Groups of two articles or more, and the ties between the articles of the pool."""

    groups: Groups
    ties: Ties


def gather(
    articles: Iterable[Evidence],
    window: int,
    wishes: Wishes | None = None,
    memo: Memo | None = None,
) -> Gathered:
    """Gather articles into stories.

    With a `memo` only connected articles that it lacks are gathered anew.
    """
    return gather_pool(pool_of(articles), window, wishes or Wishes(), {} if memo is None else memo)


def gather_pool(
    pool: Pool, window: int, wishes: Wishes, memo: Memo, known: TieMemo | None = None
) -> Gathered:
    """Gather the articles of a pool; what is known of earlier runs is not compared and not gathered again."""
    known = {} if known is None else known
    name = f"stories {window}"
    ties, known[name] = find_ties(pool, Reach(window=window), known.get(name))
    kept = _wished(pool, ties, wishes)
    groups: list[tuple[ArticleId, ...]] = []
    for group in tied(kept.left, kept.right):
        for part in _parts(group, kept):
            groups += _gathered(part.tolist(), pool, (window, wishes), memo)
    return Gathered(groups=tuple(sorted(group for group in groups if len(group) > 1)), ties=ties)


def _wished(pool: Pool, ties: Ties, wishes: Wishes) -> Ties:
    """The ties without those that somebody cut, and with those that somebody made."""
    apart, together = (_places(pool, pairs) for pairs in (wishes.apart, wishes.together))
    count = len(pool.ids)
    codes = ties.left * count + ties.right
    kept = ~np.isin(codes, np.concatenate([apart, together]))
    return Ties(
        left=np.concatenate([ties.left[kept], together // max(1, count)]),
        right=np.concatenate([ties.right[kept], together % max(1, count)]),
        odds=np.concatenate([ties.odds[kept], np.full(together.size, CERTAIN)]),
    )


def _places(pool: Pool, pairs: Iterable[Pair]) -> Integers:
    """The pairs that are in a pool, each as one number."""
    place = pool.places
    codes = [
        min(place[one], place[other]) * len(pool.ids) + max(place[one], place[other])
        for one, other in pairs
        if one in place and other in place
    ]
    return np.array(sorted(codes), dtype=np.int64)


def _parts(group: Integers, ties: Ties) -> Iterator[Integers]:
    """The component itself, or its parts where it is too large to compare all with all.

    It is cut at fixed steps of the odds, not at a share of its ties: so one article more moves no cut elsewhere.
    """
    if group.size <= LARGEST:
        yield group
        return
    inside = np.isin(ties.left, group)
    odds = ties.odds[inside]
    strong = odds > (np.floor(odds.min() / CUT) + 1) * CUT
    if not strong.any():
        yield from (group[start : start + LARGEST] for start in range(0, group.size, LARGEST))
        return
    rest = Ties(left=ties.left[inside][strong], right=ties.right[inside][strong], odds=odds[strong])
    for part in tied(rest.left, rest.right):
        yield from _parts(part, rest)
    alone = group[~np.isin(group, np.concatenate([rest.left, rest.right]))]
    yield from (alone[place : place + 1] for place in range(alone.size))


def _gathered(places: Sequence[int], pool: Pool, rules: tuple[int, Wishes], memo: Memo) -> Groups:
    """The groups of connected articles."""
    ids = [pool.ids[place] for place in places]
    if len(ids) == 1:
        return (tuple(ids),)
    window, wishes = rules
    key = _digest(ids, [pool.token(place) for place in places], window, wishes)
    known = memo.get(key)
    if known is None or sorted(name for group in known for name in group) != sorted(ids):
        items = list(pool.see(ids))
        odds = _decided(odds_matrix(items, window), items, wishes)
        known = tuple(tuple(ids[place] for place in group) for group in average_linkage(odds))
        memo[key] = known
    return known


def _digest(ids: Sequence[ArticleId], tokens: Sequence[bytes], window: int, wishes: Wishes) -> str:
    """What decides the groups of these articles."""
    digest = blake2b(f"{window}".encode(), digest_size=16)
    for token in tokens:
        digest.update(token)
    if wishes.together or wishes.apart:
        inside = set(ids)
        for decided in (wishes.together, wishes.apart):
            relevant = sorted(pair for pair in decided if inside.issuperset(pair))
            digest.update(f"\n{relevant}".encode())
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


def central(groups: Sequence[Sequence[ArticleId]], pool: Pool, ties: Ties) -> list[ArticleId]:
    """Of each group the article of the pool that is most alike to the others; of equal ones the smallest id."""
    place = pool.places
    inside = [[name for name in members if name in place] for members in groups]
    group = np.full(len(pool.ids), -1, dtype=np.int64)
    group[[place[name] for members in inside for name in members]] = np.repeat(
        np.arange(len(inside)), [len(members) for members in inside]
    )
    inner = (group[ties.left] == group[ties.right]) & (group[ties.left] >= 0)
    ends = np.concatenate([ties.left[inner], ties.right[inner]])
    total = np.bincount(ends, np.tile(ties.odds[inner], 2), len(pool.ids)).tolist()
    return [min(members, key=lambda name: (-total[place[name]], name)) for members in inside]


def threads(
    groups: Sequence[Sequence[ArticleId]], pool: Pool, ties: Ties, known: TieMemo
) -> tuple[Integers, Integers]:
    """Pairs of groups, by their places, that belong to one affair: their central articles are alike, days apart."""
    heads = {head: number for number, head in enumerate(central(groups, pool, ties))}
    middle = pool.only(heads)
    reach = Reach(window=THREAD_WINDOW, least=THREAD_ODDS, timeless=True)
    found, known["threads"] = find_ties(middle, reach, known.get("threads"))
    number = np.array([heads[name] for name in middle.ids], dtype=np.int64)
    return number[found.left], number[found.right]
