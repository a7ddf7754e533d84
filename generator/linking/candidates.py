"""Which pairs of articles are worth comparing: those whose fingerprints share some values, or that share a key.

Every value of the fingerprint is a key of its own, not only runs of them, because a capture full of menus shares few
values with the clean text. What would make too many pairs is a value that very many articles share,
boilerplate or a template: there each article is paired with its neighbours by title only. True pairs are not
lost, as texts from one template have other values too, of the words in which they differ.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.model import ArticleId

#: Fingerprints of versions share at least this many values.
SHARED_VALUES = 2

#: Up to so many articles that share a value are all paired; of more, each with so many neighbours.
LARGEST_BUCKET, NEIGHBOURS = 64, 2

Places = NDArray[np.int64]


def candidate_pairs(
    fingerprints: Mapping[ArticleId, bytes],
    keys: Mapping[ArticleId, Sequence[str]],
    parts: Mapping[ArticleId, str],
) -> Iterator[tuple[ArticleId, ArticleId]]:
    """The pairs worth comparing, each once, smaller id first, sorted within each part.

    `keys` are further things that make a pair when shared, the title first: neighbours are those in its
    order. `parts` say in which part of the archive (its language) an article can have partners.
    """
    rooms: dict[str, list[ArticleId]] = {}
    for article in sorted(fingerprints):
        rooms.setdefault(parts[article], []).append(article)
    for part in sorted(rooms):
        ids = rooms[part]
        order = np.array(sorted(range(len(ids)), key=lambda place: (keys[ids[place]][:1], place)))
        codes = np.unique(
            np.concatenate([signature_pairs(ids, fingerprints, order), key_pairs(ids, keys, order)])
        )
        for code in codes.tolist():
            yield ids[code // len(ids)], ids[code % len(ids)]


def signature_pairs(
    ids: Sequence[ArticleId], fingerprints: Mapping[ArticleId, bytes], order: Places
) -> Places:
    """Pairs that share enough values of their fingerprints."""
    rows = np.array([place for place in order.tolist() if fingerprints[ids[place]]], dtype=np.int64)
    if not rows.size:
        return rows
    data = b"".join(fingerprints[ids[place]] for place in rows.tolist())
    table = np.frombuffer(data, dtype="<u4").reshape(len(rows), -1)
    found = [bucket_pairs(table[:, column], rows, len(ids)) for column in range(table.shape[1])]
    codes, counts = np.unique(np.concatenate(found), return_counts=True)
    return codes[counts >= SHARED_VALUES]


def key_pairs(
    ids: Sequence[ArticleId], keys: Mapping[ArticleId, Sequence[str]], order: Places
) -> Places:
    """Pairs that share a key."""
    numbers: dict[str, int] = {}
    held = [
        (numbers.setdefault(key, len(numbers)), place)
        for place in order.tolist()
        for key in dict.fromkeys(keys[ids[place]])
    ]
    table = np.array(held, dtype=np.int64).reshape(-1, 2)
    return bucket_pairs(table[:, 0], table[:, 1], len(ids))


def bucket_pairs(values: NDArray[np.generic], rows: Places, size: int) -> Places:
    """Pairs of rows with one value: all of them, or neighbours in the given order where there are too many."""
    order = np.argsort(values, kind="stable")
    ordered, places = values[order], rows[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(ordered)])
    found = [np.empty(0, dtype=np.int64)]
    for length in np.unique(lengths[(lengths >= 2) & (lengths <= LARGEST_BUCKET)]).tolist():
        members = places[starts[lengths == length][:, None] + np.arange(length)]
        first, second = np.triu_indices(length, 1)
        found.append(encode(members[:, first].ravel(), members[:, second].ravel(), size))
    crowded = np.repeat(lengths > LARGEST_BUCKET, lengths)
    for step in range(1, NEIGHBOURS + 1):
        near = np.flatnonzero(crowded[:-step] & (ordered[step:] == ordered[:-step]))
        found.append(encode(places[near], places[near + step], size))
    return np.concatenate(found)


def encode(first: Places, second: Places, size: int) -> Places:
    """A number for each pair, the smaller place first."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    return low * np.int64(size) + high
