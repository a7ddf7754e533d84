"""Which articles are worth comparing as coverage of one event: near in time, and alike in meaning, names, words or entities."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.linking.likeness import Evidence, Floats, Sparse

Integers = NDArray[np.int64]

#: Weightiest names and words of an article that lead to others; pairs of them where dates are missing.
LEADING_NAMES, LEADING_TERMS = 16, 12
PAIRED_NAMES, PAIRED_TERMS = 12, 8
#: Weightiest entities of an article that lead to others, with or without dates.
LEADING_ENTITIES = 8
LEADING = {"names": LEADING_NAMES, "terms": LEADING_TERMS, "entities": LEADING_ENTITIES}

#: Cosine of two vectors from which articles are compared whatever their words.
ALIKE = 0.4
#: Weight in common, over leading keys of dated articles, from which they are compared.
SHARED = {"names": 0.06, "terms": 0.06, "entities": 0.15}
#: Rows that one step compares with all that are within its window.
BLOCK = 512


def nearby(articles: Sequence[Evidence], window: int) -> Iterator[tuple[int, int]]:
    """Places of two articles in `articles`, the smaller first, each pair once, in order.

    Articles with dates meet only within `window` days; one without a date meets any.
    """
    codes = [
        *_by_meaning(articles, window),
        *_by_keys(articles, window),
        *_by_pairs(articles),
    ]
    found = np.unique(np.concatenate(codes)) if codes else np.zeros(0, dtype=np.int64)
    count = len(articles)
    for code in found.tolist():
        yield code // count, code % count


def _by_meaning(articles: Sequence[Evidence], window: int) -> Iterator[Integers]:
    """Pairs with like vectors: all dated ones within reach, and those without a date with all."""
    known = [place for place, item in enumerate(articles) if item.vector.size]
    dated = sorted(
        (articles[place].day, place) for place in known if articles[place].day is not None
    )
    undated = [place for place in known if articles[place].day is None]
    days = np.array([day for day, _ in dated], dtype=np.int64)
    places = np.array([place for _, place in dated], dtype=np.int64)
    rows = _rows(articles, places)
    for start in range(0, len(places), BLOCK):
        end = min(start + BLOCK, len(places))
        reach = int(np.searchsorted(days, days[end - 1] + window, side="right"))
        yield from _alike(
            rows[start:end],
            places[start:end],
            rows[start:reach],
            places[start:reach],
            len(articles),
        )
    lone = np.array(undated, dtype=np.int64)
    for start in range(0, len(lone), BLOCK):
        part = lone[start : start + BLOCK]
        for other in (places, lone[start:]):
            for begin in range(0, len(other), BLOCK):
                some = other[begin : begin + BLOCK]
                yield from _alike(
                    _rows(articles, part), part, _rows(articles, some), some, len(articles)
                )


def _rows(articles: Sequence[Evidence], places: Integers) -> Floats:
    rows = [articles[place].vector for place in places.tolist()]
    return np.stack(rows) if rows else np.zeros((0, 1), dtype=np.float32)


def _alike(
    one: Floats, first: Integers, other: Floats, second: Integers, count: int
) -> Iterator[Integers]:
    if one.size and other.size:
        left, right = np.nonzero(one @ other.T >= ALIKE)
        yield _coded(first[left], second[right], count)


def _coded(left: Integers, right: Integers, count: int) -> Integers:
    """Pairs as single numbers, each once; an article with itself is none."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    keep = low != high
    return np.unique(low[keep] * count + high[keep])


def _by_keys(articles: Sequence[Evidence], window: int) -> Iterator[Integers]:
    """Pairs of dated articles within the window that share enough of their leading names or words."""
    dated = sorted((item.day, place) for place, item in enumerate(articles) if item.day is not None)
    days = np.array([day for day, _ in dated], dtype=np.int64)
    places = [place for _, place in dated]
    for which in LEADING:
        if all(getattr(articles[place], which).keys.size == 0 for place in places):
            continue
        start = 0
        while start < len(places):
            # All articles of a day go together, so that each pair is met in one step only.
            last = int(days[min(start + BLOCK, len(places)) - 1])
            end = int(np.searchsorted(days, last, side="right"))
            reach = int(np.searchsorted(days, last + window, side="right"))
            postings = _postings(articles, places[start:reach], which)
            codes = _sharing(postings, days[start:reach], end - start, window, least=SHARED[which])
            some = np.array(places[start:reach], dtype=np.int64)
            yield _coded(some[codes // len(some)], some[codes % len(some)], len(articles))
            start = end


def _postings(
    articles: Sequence[Evidence], places: Sequence[int], which: str
) -> tuple[Integers, Integers, Floats]:
    """Leading keys of articles, whose they are (counted from the first of `places`), and their weights."""
    leading = [_leading(getattr(articles[place], which), LEADING[which]) for place in places]
    keys = np.concatenate([item.keys for item in leading]).astype(np.int64)
    owners = np.repeat(np.arange(len(places)), [item.keys.size for item in leading])
    return keys, owners, np.concatenate([item.weights for item in leading])


def _leading(sparse: Sparse, limit: int) -> Sparse:
    """The weightiest keys; of equal ones the smaller."""
    order = np.lexsort((sparse.keys, -sparse.weights))[:limit]
    return Sparse(keys=sparse.keys[order], weights=sparse.weights[order])


#: Meetings of two articles at a key that are added up at a time; bounds the memory.
CHUNK = 2_000_000


def _sharing(
    postings: tuple[Integers, Integers, Floats],
    days: Integers,
    firsts: int,
    window: int,
    *,
    least: float,
) -> Integers:
    """Pairs, as `first * size + second`, of which the first is among the `firsts` earliest and the second within reach.

    Articles are in order of `days`; a pair counts if the products of its shared keys sum to `least`.
    """
    keys, owners, weights = postings
    size = len(days)
    order = np.lexsort((owners, keys))
    keys, owners, weights = keys[order], owners[order], weights[order]
    rank = np.unique(keys, return_inverse=True)[1].astype(np.int64)
    limit = np.searchsorted(days, days + window, side="right")
    ends = np.searchsorted(
        rank * (size + 1) + owners, rank * (size + 1) + limit[owners], side="left"
    )
    lengths = np.where(owners < firsts, ends - np.arange(keys.size) - 1, 0)
    codes: list[NDArray[Any]] = [np.zeros(0, np.int64)]
    sums: list[NDArray[Any]] = [np.zeros(0, np.float64)]
    for begin, end in _chunks(lengths):
        repeats = lengths[begin:end]
        left = np.repeat(np.arange(begin, end), repeats)
        right = left + 1 + np.arange(left.size) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        code, inverse = np.unique(owners[left] * size + owners[right], return_inverse=True)
        codes.append(code)
        sums.append(np.bincount(inverse, weights[left] * weights[right], code.size))
    merged, inverse = np.unique(np.concatenate(codes), return_inverse=True)
    total = np.bincount(inverse, np.concatenate(sums), merged.size)
    return np.asarray(merged[total >= least], dtype=np.int64)


def _chunks(lengths: Integers) -> Iterator[tuple[int, int]]:
    """Stretches of `lengths` that sum to about `CHUNK` each."""
    ends = np.cumsum(lengths)
    begin = 0
    while begin < lengths.size:
        base = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, base + CHUNK, side="right")))
        yield begin, end
        begin = end


def _by_pairs(articles: Sequence[Evidence]) -> Iterator[Integers]:
    """Pairs of which one has no date, that share two leading names, words or entities."""
    undated = np.array([item.day is None for item in articles])
    if not undated.any():
        return
    for which, limit in (
        ("names", PAIRED_NAMES),
        ("terms", PAIRED_TERMS),
        ("entities", LEADING_ENTITIES),
    ):
        codes, owners = [], []
        for place, item in enumerate(articles):
            keys = np.sort(_leading(getattr(item, which), limit).keys).astype(np.int64)
            first, second = np.triu_indices(keys.size, 1)
            codes.append(keys[first] << 32 | keys[second])
            owners.append(np.full(first.size, place, dtype=np.int64))
        yield _meeting(np.concatenate(codes), np.concatenate(owners), undated)


def _meeting(codes: Integers, owners: Integers, undated: NDArray[np.bool_]) -> Integers:
    """Pairs of owners with the same code."""
    order = np.lexsort((owners, codes))
    codes, owners = codes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
    ends = np.r_[starts[1:], codes.size]
    found = [np.zeros(0, dtype=np.int64)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start > 1:
            group = owners[start:end]
            first, second = np.triu_indices(group.size, 1)
            keep = undated[group[first]] | undated[group[second]]
            found.append(group[first][keep] * undated.size + group[second][keep])
    return np.unique(np.concatenate(found))
