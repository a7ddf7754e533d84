"""Articles in lots: what is remembered of many at a time is read in a fraction of the time."""

from functools import lru_cache
from zlib import crc32

#: Names in a lot: with one that changed as many others are looked at again.
TOGETHER = 64


@lru_cache(maxsize=2)
def lots(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Names in lots, some of which may be empty; to which one belongs depends on itself and hardly on the others."""
    found: list[list[str]] = [[] for _ in range(1 << (len(names) // TOGETHER).bit_length())]
    for name in names:
        found[crc32(name.encode(errors="surrogateescape")) % len(found)].append(name)
    return tuple(map(tuple, found))
