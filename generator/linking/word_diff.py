"""The difference of two paragraphs, word by word; by characters in scripts without spaces."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import regex
from rapidfuzz.distance import Indel

from generator.model import Piece, PieceKind
from generator.text import UNSPACED, WORD

TOKEN = regex.compile(rf"{WORD.pattern}|\s+|.", regex.V1 | regex.DOTALL)
WORDY = regex.compile(r"[\p{L}\p{N}]")
UNSPACED_START = regex.compile(rf"[{UNSPACED}]")

#: Above this many cells the table of two token lists is cut at runs that stand once in both.
LARGEST_TABLE = 50_000_000

#: Length of such a run, in tokens.
ANCHOR = 12

#: What a word weighs, in characters of a script without spaces.
WORD_WEIGHT = 2

Hunk = tuple[str, str, str]
"""Text in both; or nothing, and the text that the one and the other has instead."""


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both texts in reading order; the deleted before the inserted ones."""
    pieces = []
    for same, deleted, inserted in readable(hunks(tokens(old), tokens(new))):
        for kind, text in (
            (PieceKind.SAME, same),
            (PieceKind.DELETED, deleted),
            (PieceKind.INSERTED, inserted),
        ):
            if text:
                pieces.append(Piece(kind=kind, text=text))
    return tuple(pieces)


def tokens(text: str) -> list[str]:
    """Words, blanks and marks; joined they are the text."""
    return TOKEN.findall(text)


def hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """What is the same and what is not, in order."""
    for (i, j), (k, m) in windows(old, new):
        a, b = old[i:k], new[j:m]
        if len(a) * len(b) > LARGEST_TABLE:
            yield "", "".join(a), "".join(b)
            continue
        for same, (start, end), (start_new, end_new) in runs(a, b):
            text, text_new = "".join(a[start:end]), "".join(b[start_new:end_new])
            yield (text, "", "") if same else ("", text, text_new)


def runs(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Whether a stretch is in both, and where it is, by a longest common part of two lists."""
    codes: dict[str, int] = {}
    numbers = [[codes.setdefault(item, len(codes)) for item in side] for side in (old, new)]
    for code in Indel.opcodes(*numbers):
        yield (
            code.tag == "equal",
            (code.src_start, code.src_end),
            (code.dest_start, code.dest_end),
        )


def windows(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Parts of two token lists that belong together: all of both, or what lies between anchors."""
    place = (0, 0)
    if len(old) * len(new) > LARGEST_TABLE:
        for anchor in anchors(old, new):
            yield place, anchor
            place = anchor
    yield place, (len(old), len(new))


def anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs of tokens that stand once in both begin: the longest list that ascends in both."""
    first, second = single_runs(old), single_runs(new)
    pairs = sorted((place, second[run]) for run, place in first.items() if run in second)
    return [pairs[index] for index in ascending([place for _, place in pairs])]


def single_runs(side: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The runs that stand once, with their place."""
    seen: dict[tuple[str, ...], int] = {}
    for place in range(len(side) - ANCHOR + 1):
        run = tuple(side[place : place + ANCHOR])
        seen[run] = -1 if run in seen else place
    return {run: place for run, place in seen.items() if place >= 0}


def ascending(values: Sequence[int]) -> list[int]:
    """The indexes of a longest strictly ascending part of some values."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(tails, value)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [index]
    found = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


def readable(found: Iterable[Hunk]) -> list[Hunk]:
    """Neighbouring changes as one, with the crumbs between them that only look the same."""
    result: list[Hunk] = []
    for hunk in found:
        if hunk[0] or not result or result[-1][0]:
            result.append(hunk)
            continue
        result[-1] = joined(result[-1], hunk)
    changed = True
    while changed:
        result, changed = without_crumbs(result)
    return result


def without_crumbs(found: Sequence[Hunk]) -> tuple[list[Hunk], bool]:
    """Each stretch that is too short between its neighbours made part of the change."""
    result: list[Hunk] = []
    changed = False
    for index, hunk in enumerate(found):
        last = result[-1] if result else None
        inner = hunk[0] and last is not None and not last[0] and index + 1 < len(found)
        if inner and last is not None and is_crumb(hunk[0], last, found[index + 1]):
            result[-1] = joined(last, ("", hunk[0], hunk[0]))
            changed = True
        elif last is not None and not hunk[0] and not last[0]:
            result[-1] = joined(last, hunk)
        else:
            result.append(hunk)
    return result, changed


def is_crumb(same: str, before: Hunk, after: Hunk) -> bool:
    """Whether a common stretch is no help to a reader: blanks, a stray character, less than what is around it."""
    size = weight(same)
    around = min(max(weight(side) for side in change[1:]) for change in (before, after))
    return size < WORD_WEIGHT or size < around or (size == around and not WORDY.search(same))


def weight(text: str) -> int:
    """How much there is to read."""
    return sum(
        (1 if UNSPACED_START.match(token) else WORD_WEIGHT)
        for token in tokens(text)
        if WORDY.match(token)
    )


def joined(first: Hunk, second: Hunk) -> Hunk:
    """Two changes as one."""
    return "", first[1] + second[1], first[2] + second[2]
