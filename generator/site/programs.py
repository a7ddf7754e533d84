"""What one search program differs in from another, so that a reader fetches what they share once."""

import json
import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.record import record

#: Bytes that must be alike for a stretch to begin, and unlike bytes (less like ones) after which it has ended.
BEGIN, PATIENCE = 12, 8


class _Stretch(NamedTuple):
    """`length` bytes of the program, from `at`, that are nearly those of the base from `start`."""

    at: int
    start: int
    length: int


@record
class _Step:
    """Bytes that are new, then bytes to be added to those of the base, after a move in it."""

    new: bytes
    move: int
    added: bytes


def difference(base: bytes, program: bytes) -> bytes:
    """What makes `program` from `base`.

    A number of steps (32 bits, least byte first, as all numbers); for each step how many bytes are new, how far
    to move in the base, how many of its bytes follow; then for all steps what is to be added to those bytes
    (modulo 256), then all new bytes. Two programs of one compiler differ in addresses: the sums are mostly zeros.
    """
    steps = list(_steps(base, program))
    numbers = [
        *(len(step.new) for step in steps),
        *(step.move for step in steps),
        *(len(step.added) for step in steps),
    ]
    head = struct.pack(f"<i{len(numbers)}i", len(steps), *numbers)
    sums = b"".join(step.added for step in steps)
    return head + sums + b"".join(step.new for step in steps)


def together(parts: Mapping[str, bytes]) -> bytes:
    """Programs and differences as one file: the length of what follows, their names and lengths as JSON, then they."""
    lengths = json.dumps({name: len(part) for name, part in parts.items()}).encode()
    return struct.pack("<i", len(lengths)) + lengths + b"".join(parts.values())


def names_in(content: bytes) -> list[str]:
    """The names of what `together` put into a file."""
    (length,) = struct.unpack_from("<i", content)
    return list(json.loads(content[4 : 4 + length]))


def _steps(base: bytes, program: bytes) -> Iterator[_Step]:
    done = place = 0
    for stretch in _stretches(base, program):
        own = program[stretch.at : stretch.at + stretch.length]
        like = base[stretch.start : stretch.start + stretch.length]
        added = bytes((one - other) & 255 for one, other in zip(own, like, strict=True))
        yield _Step(new=program[done : stretch.at], move=stretch.start - place, added=added)
        done = stretch.at + stretch.length
        place = stretch.start + stretch.length
    yield _Step(new=program[done:], move=0, added=b"")


def _stretches(base: bytes, program: bytes) -> Iterator[_Stretch]:
    """Stretches that lie in both, in the order of the program."""
    places = {base[at : at + BEGIN]: at for at in reversed(range(len(base) - BEGIN + 1))}
    at = 0
    while at < len(program):
        start = places.get(program[at : at + BEGIN])
        if start is None:
            at += 1
            continue
        length = _reach(base, start, program, at)
        yield _Stretch(at, start, length)
        at += length


def _reach(base: bytes, start: int, program: bytes, at: int) -> int:
    """How far two stretches are more alike than not."""
    score = best = reach = 0
    for length, (one, other) in enumerate(zip(base[start:], program[at:], strict=False), 1):
        score += 1 if one == other else -1
        if score > best:
            best, reach = score, length
        elif best - score > PATIENCE:
            break
    return reach
