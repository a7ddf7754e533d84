"""Which articles are worth comparing as coverage of one event.

Whether two are depends on the two alone, so that a new article changes nothing between those that were there. Articles
with dates meet if they are near in time and what they might share at most could speak for one story: a bound that few
large products of matrices give for very many pairs. An article without a date would meet the whole archive, so it has to
have something rare in common with another: two of its weightiest names, words or entities, or its place among vectors.
"""

from collections.abc import Iterator
from hashlib import shake_128
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.linking.columns import (
    Columns,
    Integers,
    Rows,
    chunks,
    expanded,
    likenesses,
    meanings,
)
from generator.linking.likeness import Floats, Shares, log_odds, pairings
from generator.record import record

#: Weightiest names, words and entities of an article of which another must share two where a date is missing.
LEADING = {"names": 12, "terms": 8, "entities": 8}
#: Cosine of two vectors from which articles are compared whatever their words, where a date is missing; it is looked
#: for among those whose vectors lie on the same sides of all planes of a band.
ALIKE, BANDS, PLANES = 0.4, 48, 12

#: Rows that one step compares with all that are within their window.
BLOCK = 256
#: Places that the keys of a row are folded into: where two keys meet in one, the bound is only looser.
FOLDS = {"terms": 2_048, "names": 1_024, "entities": 256, "telling": 256}
#: What single precision may lack of a bound.
SLACK = 0.02
#: Meetings of two articles at a key that are gathered at a time; bounds the memory.
CHUNK = 2_000_000


@record
class Reach:
    """Which pairs are meant: within `window` days, with log odds above `least`; `timeless`: time counts for no more."""

    window: int
    least: float = 0.0
    timeless: bool = False


@record
class Ties:
    """Pairs of articles by their places, the smaller first, in order, and the log odds of each."""

    left: Integers
    right: Integers
    odds: NDArray[np.float64]


def ties(table: Columns, reach: Reach, fresh: NDArray[np.bool_] | None = None) -> Ties:
    """The pairs that speak for one story; with `fresh` only those of which one is fresh."""
    fresh = np.ones(len(table.ids), dtype=bool) if fresh is None else fresh
    left, right = nearby(table, reach, fresh)
    odds = likenesses(table, left, right, reach.window, timeless=reach.timeless).odds
    kept = odds > reach.least
    return Ties(left=left[kept], right=right[kept], odds=odds[kept])


def nearby(table: Columns, reach: Reach, fresh: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """Pairs worth comparing of which one is fresh: their places, the smaller first, each pair once, in order."""
    count = len(table.ids)
    codes = [np.zeros(0, dtype=np.int64)]
    for one, other in (*_dated(table, reach, fresh), *_undated(table, fresh)):
        codes.append(np.minimum(one, other) * count + np.maximum(one, other))
    found = np.unique(np.concatenate(codes))
    return found // max(1, count), found % max(1, count)


def _dated(
    table: Columns, reach: Reach, fresh: NDArray[np.bool_]
) -> Iterator[tuple[Integers, Integers]]:
    """Pairs with dates within the window that could be tied."""
    order = np.lexsort((np.arange(table.days.size), table.days))
    order = order[: int(np.count_nonzero(~np.isnan(table.days)))]
    days, new = table.days[order], fresh[order]
    mine = np.flatnonzero(new)
    for start in range(0, mine.size, BLOCK):
        rows = mine[start : start + BLOCK]
        low = int(np.searchsorted(days, days[rows[0]] - reach.window, side="left"))
        high = int(np.searchsorted(days, days[rows[-1]] + reach.window, side="right"))
        columns = np.arange(low, high)
        columns = columns[~new[columns] | (columns >= rows[0])]
        later = ~new[columns] | (columns > rows[:, None])
        near = later & (np.abs(days[rows][:, None] - days[columns]) <= reach.window)
        bound = _bound(table, order[rows], order[columns], reach)
        one, other = np.nonzero(near & (bound > reach.least - SLACK))
        yield order[rows[one]], order[columns[other]]


def _bound(table: Columns, rows: Integers, columns: Integers, reach: Reach) -> NDArray[Any]:
    """Log odds that no pair of these exceeds."""
    sides = [
        (side[rows][:, None], side[columns])
        for side in (table.languages, table.scripts, table.known)
    ]
    tagged = table.entities.sizes > 0
    folded = {
        name: _folded(getattr(table, name), rows, columns, FOLDS[name])
        for name in FOLDS
        if name != "terms"
    }
    days = np.abs(table.days[rows][:, None] - table.days[columns]).astype(np.float32)
    shares = Shares(
        kind=pairings(*sides),
        meaning=table.vectors[rows].astype(np.float32)
        @ table.vectors[columns].astype(np.float32).T,
        terms=_shared_terms(table, rows, columns),
        tagged=tagged[rows][:, None] & tagged[columns],
        days=np.full_like(days, np.nan) if reach.timeless else days,
        **folded,
    )
    return log_odds(shares, reach.window)


def _shared_terms(table: Columns, rows: Integers, columns: Integers) -> Floats:
    """What the words of each pair share at most; words say nothing across languages."""
    result = np.zeros((rows.size, columns.size), dtype=np.float32)
    for language in np.unique(table.languages[rows]).tolist():
        mine = np.flatnonzero(table.languages[rows] == language)
        theirs = np.flatnonzero(table.languages[columns] == language)
        if theirs.size:
            folded = _folded(table.terms, rows[mine], columns[theirs], FOLDS["terms"])
            result[np.ix_(mine, theirs)] = folded
    return result


def _folded(rows: Rows, one: Integers, other: Integers, width: int) -> Floats:
    """What each pair of rows shares at most, 1 or less."""
    if not rows.keys.size:
        return np.zeros((one.size, other.size), dtype=np.float32)
    return _fold(rows, one, width) @ _fold(rows, other, width).T


def _fold(rows: Rows, which: Integers, width: int) -> Floats:
    """Some rows with their keys folded into few places."""
    there, owners = expanded(rows, which)
    places = owners * width + (rows.keys[there].astype(np.int64) & (width - 1))
    summed = np.bincount(places, rows.weights[there], which.size * width)
    return summed.astype(np.float32).reshape(which.size, width)


def _undated(table: Columns, fresh: NDArray[np.bool_]) -> Iterator[tuple[Integers, Integers]]:
    """Pairs of which one has no date, that have something rare in common."""
    lone = np.isnan(table.days)
    if not lone.any() or not fresh.any():
        return
    reached = np.ones_like(lone) if (lone & fresh).any() else lone | fresh
    which = np.flatnonzero(reached)
    rank = np.where(fresh, np.where(lone, 0, 1), np.where(lone, 2, 3))
    for name, limit in LEADING.items():
        codes, owners = pair_codes(getattr(table, name), which, limit)
        yield from meetings(codes, owners, rank[owners])
    codes, owners = band_codes(table, which[table.known[which]])
    for one, other in meetings(codes, owners, rank[owners]):
        alike = meanings(table, one, other) >= ALIKE
        yield one[alike], other[alike]


def meetings(
    codes: Integers, owners: Integers, rank: Integers
) -> Iterator[tuple[Integers, Integers]]:
    """Pairs of owners with one code, of which one is fresh and one has no date, some of them more than once.

    `rank` says of each owner: 0 fresh and undated, 1 fresh, 2 undated, 3 neither.
    """
    if not codes.size:
        return
    order = np.lexsort((owners, rank, codes))
    codes, owners, rank = codes[order], owners[order], rank[order]
    number = np.cumsum(np.r_[False, codes[1:] != codes[:-1]]) * 4
    keyed = number + rank
    begins = np.where(rank == 0, np.arange(codes.size) + 1, np.searchsorted(keyed, number + 2))
    ends = np.searchsorted(keyed, np.where(rank == 0, number + 4, number + 3))
    lengths = np.where(rank < 2, ends - begins, 0)
    for begin, end in chunks(lengths, CHUNK):
        repeats = lengths[begin:end]
        left = np.repeat(np.arange(begin, end), repeats)
        offset = np.arange(left.size) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        one, other = owners[left], owners[np.repeat(begins[begin:end], repeats) + offset]
        size = int(owners.max()) + 1
        met = np.unique(np.minimum(one, other) * size + np.maximum(one, other))
        yield met // size, met % size


def pair_codes(rows: Rows, which: Integers, limit: int) -> tuple[Integers, Integers]:
    """A code for each two of the weightiest keys of each row, of equal weights the smaller keys, and whose they are."""
    there, owners = expanded(rows, which)
    keys = rows.keys[there].astype(np.int64)
    order = np.lexsort((keys, -rows.weights[there], owners))
    sizes = rows.sizes[which]
    rank = np.arange(keys.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    kept = order[rank < limit]
    kept = kept[np.lexsort((keys[kept], owners[kept]))]
    keys, owners, sizes = keys[kept], owners[kept], np.minimum(sizes, limit)
    starts = np.cumsum(sizes) - sizes
    codes, holders = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for size in np.unique(sizes[sizes > 1]).tolist():
        some = np.flatnonzero(sizes == size)
        table = keys[starts[some][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        codes.append((table[:, first] << 32 | table[:, second]).ravel())
        holders.append(np.repeat(which[some], first.size))
    return np.concatenate(codes), np.concatenate(holders)


def band_codes(table: Columns, which: Integers) -> tuple[Integers, Integers]:
    """For each vector and band, the band and the sides of its planes on which the vector lies; and whose they are."""
    width = table.vectors.shape[1]
    bits = np.frombuffer(shake_128(b"planes").digest(width * BANDS * PLANES // 8), dtype=np.uint8)
    planes = np.unpackbits(bits).reshape(width, BANDS * PLANES).astype(np.float64) * 2 - 1
    powers = 1 << np.arange(PLANES, dtype=np.int64)
    bands = np.arange(BANDS, dtype=np.int64) << PLANES
    codes = [np.zeros((0, BANDS), dtype=np.int64)]
    for start in range(0, which.size, CHUNK // 1_000):
        rows = table.vectors[which[start : start + CHUNK // 1_000]].astype(np.float64)
        sides = (rows @ planes > 0).reshape(len(rows), BANDS, PLANES)
        codes.append(bands + sides @ powers)
    return np.concatenate(codes).ravel(), np.repeat(which, BANDS)
