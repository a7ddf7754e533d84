"""Articles in lots: what is remembered of many at a time is read in a fraction of the time."""

import os
from collections.abc import Sequence
from zlib import crc32

#: Names in a lot: with one that changed as many others are looked at again.
TOGETHER = 64


def lots(names: Sequence[str]) -> list[list[str]]:
    """Names in lots, some of which may be empty; to which one belongs depends on itself and hardly on the others."""
    found: list[list[str]] = [[] for _ in range(1 << (len(names) // TOGETHER).bit_length())]
    for name in names:
        found[crc32(os.fsencode(name)) % len(found)].append(name)
    return found
