"""Which pairs of articles are worth comparing: those whose fingerprints share some values, or that share a key.

Every value of the fingerprint is a key of its own, not only runs of them, because a capture full of menus shares few
values with the clean text. What would make too many pairs is a value that very many articles share,
boilerplate or a template: there each article is paired with its neighbours by title only. True pairs are not
lost, as texts from one template have other values too, of the words in which they differ.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator.record import record

#: Fingerprints of versions share at least this many values.
SHARED_VALUES = 2

#: Up to so many articles that share a value are all paired; of more, each with so many neighbours.
LARGEST_BUCKET, NEIGHBOURS = 64, 2

Places = NDArray[np.int64]


@record
class Prints:
    """What leads articles to others, in the order of their ids.

    `values` are their fingerprints, a row each, where they are `known`. `keys` are further things that make a pair when
    shared, the title first: neighbours are those in its order.
    """

    values: NDArray[np.uint32]
    known: NDArray[np.bool_]
    keys: Sequence[tuple[str, ...]]

    def of(self, places: Places) -> "Prints":
        """The prints of some of the articles."""
        return Prints(
            values=self.values[places],
            known=self.known[places],
            keys=[self.keys[place] for place in places.tolist()],
        )


def candidate_pairs(prints: Prints) -> tuple[Places, Places]:
    """The places of the pairs worth comparing, each pair once, smaller place first, in order."""
    size = len(prints.keys)
    order = np.array(sorted(range(size), key=lambda place: prints.keys[place][:1]), dtype=np.int64)
    found = [signature_pairs(prints, order, size), key_pairs(prints, order, size)]
    codes = np.unique(np.concatenate(found))
    return codes // max(1, size), codes % max(1, size)


def pairs_around(prints: Prints, fresh: Places, gone: Prints) -> tuple[Places, Places] | None:
    """The pairs of which one is `fresh`; all others are as before some articles came and others were `gone`.

    None where one that came or went shares something with so many that who is whose neighbour may be another now.
    """
    near = np.zeros(len(prints.keys), dtype=bool)
    new = prints.of(fresh)
    for row in (*new.values[new.known], *gone.values[gone.known]):
        same = (prints.values == row) & prints.known[:, None]
        if same.sum(axis=0).max(initial=0) + len(gone.keys) > LARGEST_BUCKET:
            return None
        near |= same.any(axis=1)
    wanted = {key for keys in (*new.keys, *gone.keys) for key in keys}
    holders = [place for place, keys in enumerate(prints.keys) if not wanted.isdisjoint(keys)]
    if len(holders) + len(gone.keys) > LARGEST_BUCKET:
        return None
    near[holders] = True
    near[fresh] = True
    places = np.flatnonzero(near)
    left, right = (places[side] for side in candidate_pairs(prints.of(places)))
    kept = np.isin(left, fresh) | np.isin(right, fresh)
    return left[kept], right[kept]


def signature_pairs(prints: Prints, order: Places, size: int) -> Places:
    """Pairs that share enough values of their fingerprints."""
    rows = order[prints.known[order]]
    table = np.ascontiguousarray(prints.values[rows].T)
    found = [bucket_pairs(values, rows, size) for values in table]
    codes, counts = np.unique(np.concatenate([rows[:0], *found]), return_counts=True)
    return np.asarray(codes[counts >= SHARED_VALUES], dtype=np.int64)


def key_pairs(prints: Prints, order: Places, size: int) -> Places:
    """Pairs that share a key."""
    numbers: dict[str, int] = {}
    held = [
        (numbers.setdefault(key, len(numbers)), place)
        for place in order.tolist()
        for key in dict.fromkeys(prints.keys[place])
    ]
    table = np.array(held, dtype=np.int64).reshape(-1, 2)
    return bucket_pairs(table[:, 0], table[:, 1], size)


def bucket_pairs(values: NDArray[np.generic], rows: Places, size: int) -> Places:
    """Pairs of rows with one value: all of them, or neighbours in the given order where there are too many."""
    coded = np.sort(
        values.astype(np.uint64) << np.uint64(32) | np.arange(len(values), dtype=np.uint64)
    )
    ordered, places = coded >> np.uint64(32), rows[(coded & np.uint64(0xFFFFFFFF)).astype(np.int64)]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)])
    lengths = np.diff(np.r_[starts, len(ordered)])
    found = [np.empty(0, dtype=np.int64)]
    several = np.flatnonzero(lengths > 1)
    starts, lengths = starts[several], lengths[several]
    for length in np.flatnonzero(np.bincount(lengths[lengths <= LARGEST_BUCKET])).tolist():
        members = places[starts[lengths == length][:, None] + np.arange(length)]
        first, second = _all_pairs(length)
        found.append(encode(members[:, first].ravel(), members[:, second].ravel(), size))
    for start, length in _crowded(starts, lengths):
        members = places[start : start + length]
        found += [
            encode(members[:-step], members[step:], size) for step in range(1, NEIGHBOURS + 1)
        ]
    return np.concatenate(found)


@cache
def _all_pairs(length: int) -> tuple[Places, Places]:
    first, second = np.triu_indices(length, 1)
    return first, second


def _crowded(starts: Places, lengths: Places) -> Iterator[tuple[int, int]]:
    crowded = lengths > LARGEST_BUCKET
    return zip(starts[crowded].tolist(), lengths[crowded].tolist(), strict=True)


def encode(first: Places, second: Places, size: int) -> Places:
    """A number for each pair, the smaller place first."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    return low * np.int64(size) + high
