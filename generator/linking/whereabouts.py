"""Tokens, which stand for articles and all that is known of them: what an earlier run found holds as long as they are the same."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

#: Bytes of a token.
TOKEN = 16


def digest_of(parts: Iterable[bytes]) -> bytes:
    """A digest of parts in their order, as long as a token."""
    digest = blake2b(digest_size=TOKEN)
    for part in parts:
        digest.update(len(part).to_bytes(4, "little") + part)
    return digest.digest()


def whereabouts(tokens: bytes, among: bytes) -> NDArray[np.int64]:
    """For each of some tokens, which stand one after the other, its place among others; -1 where it is not there."""
    if tokens == among:
        return np.arange(len(tokens) // TOKEN)
    wanted, there = (np.frombuffer(data, dtype="<u8").reshape(-1, 2) for data in (tokens, among))
    if not len(there):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(there[:, 0])
    found = np.searchsorted(there[order, 0], wanted[:, 0])
    places = order[np.minimum(found, len(there) - 1)]
    return np.where((there[places] == wanted).all(axis=1), places, -1)
