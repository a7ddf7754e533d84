"""Which pairs of articles are worth comparing: those whose fingerprints share some values."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.model import ArticleId

#: Fingerprints of versions share at least this many values.
SHARED_VALUES = 2

#: A value that more articles share than this is boilerplate and brings no pair; texts from one template
#: have other values too, of the words in which they differ.
LARGEST_BUCKET = 64

Pairs = NDArray[np.int64]


def candidate_pairs(
    fingerprints: Mapping[ArticleId, bytes],
    keys: Mapping[ArticleId, Sequence[str]],
    parts: Mapping[ArticleId, str],
) -> Iterator[tuple[ArticleId, ArticleId]]:
    """The pairs worth comparing, each once, smaller id first, sorted.

    `keys` are further things that make a pair when shared (a title, an address); `parts` say in which part of the archive
    (its language) an article can have partners.
    """
    rooms: dict[str, list[ArticleId]] = {}
    for article in sorted(fingerprints):
        rooms.setdefault(parts[article], []).append(article)
    for part in sorted(rooms):
        ids = rooms[part]
        codes = np.unique(
            np.concatenate([*signature_pairs(ids, fingerprints), *key_pairs(ids, keys)])
        )
        for code in codes.tolist():
            yield ids[code // len(ids)], ids[code % len(ids)]


def signature_pairs(
    ids: Sequence[ArticleId], fingerprints: Mapping[ArticleId, bytes]
) -> Iterator[Pairs]:
    """Pairs that share values of their fingerprints, and neighbours among equal fingerprints."""
    with_text = [place for place, article in enumerate(ids) if fingerprints[article]]
    if not with_text:
        return
    rows = np.array(with_text)
    table = np.frombuffer(
        b"".join(fingerprints[ids[place]] for place in with_text), dtype="<u4"
    ).reshape(len(rows), -1)
    found = [bucket_pairs(table[:, column], rows, len(ids)) for column in range(table.shape[1])]
    codes, counts = np.unique(np.concatenate(found), return_counts=True)
    yield codes[counts >= SHARED_VALUES]
    order = np.lexsort((rows, *table.T[:4]))
    equal = np.all(table[order][1:] == table[order][:-1], axis=1)
    yield encode(rows[order][:-1][equal], rows[order][1:][equal], len(ids))


def key_pairs(ids: Sequence[ArticleId], keys: Mapping[ArticleId, Sequence[str]]) -> Iterator[Pairs]:
    """Pairs that share a key."""
    holders: dict[str, list[int]] = {}
    for place, article in enumerate(ids):
        for key in set(keys.get(article, ())):
            holders.setdefault(key, []).append(place)
    places = [np.array(found) for found in holders.values() if 2 <= len(found) <= LARGEST_BUCKET]
    for members in places:
        first, second = np.triu_indices(len(members), 1)
        yield encode(members[first], members[second], len(ids))
    yield np.empty(0, dtype=np.int64)


def bucket_pairs(values: NDArray[np.uint32], rows: Pairs, size: int) -> Pairs:
    """All pairs of rows with one value, for values that few rows have."""
    order = np.argsort(values, kind="stable")
    ordered, places = values[order], rows[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(ordered)])
    found = []
    for length in np.unique(lengths[(lengths >= 2) & (lengths <= LARGEST_BUCKET)]).tolist():
        members = places[starts[lengths == length][:, None] + np.arange(length)]
        first, second = np.triu_indices(length, 1)
        found.append(encode(members[:, first].ravel(), members[:, second].ravel(), size))
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def encode(first: Pairs, second: Pairs, size: int) -> Pairs:
    """A number for each pair, the smaller place first."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    return (low * np.int64(size) + high).astype(np.int64)
