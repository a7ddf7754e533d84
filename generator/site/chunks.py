"""Words with where they stand, cut into small files: a reader who asks for one word fetches few others."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from generator.record import record
from generator.site.cbor import LIST, head

#: Bytes of the words of a file, before packing, from which on the next begins.
SIZE = 16_000

_FILE = head(LIST, 1)


@record
class Chunk:
    """A file of words: its bytes, and all its words."""

    content: bytes
    words: tuple[str, ...]


def chunks(words: Iterable[tuple[str, bytes]]) -> Iterator[Chunk]:
    """Put words, which come in order and encoded, into files."""
    names: list[str] = []
    bodies: list[bytes] = []
    size = 0
    for name, body in words:
        names.append(name)
        bodies.append(body)
        size += len(body)
        if size >= SIZE:
            yield _chunk(names, bodies)
            names, bodies, size = [], [], 0
    if names:
        yield _chunk(names, bodies)


def bounds(files: Iterable[Chunk]) -> tuple[str, ...]:
    """For each file but the first the shortest text that no word before it reaches and all of its own do."""
    found = []
    for before, chunk in pairwise(files):
        last, first = before.words[-1], chunk.words[0]
        letters = enumerate(zip(last, first, strict=False))
        common = (at for at, (one, other) in letters if one != other)
        found.append(first[: next(common, len(last)) + 1])
    return tuple(found)


def _chunk(names: Sequence[str], bodies: Sequence[bytes]) -> Chunk:
    content = b"".join([_FILE, head(LIST, len(names)), *bodies])
    return Chunk(content=content, words=tuple(names))
