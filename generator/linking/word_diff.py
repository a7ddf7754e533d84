"""The difference of two paragraphs, word by word; by characters in scripts without spaces."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import regex
from rapidfuzz.distance import Indel

from generator.linking.tokens import WHOLE_NUMBER, WORD_WEIGHT, WORDY, is_loose, key, tokens, weight
from generator.model import Piece, PieceKind

#: Above this many cells the table of two token lists is cut at runs that stand once in both.
LARGEST_TABLE = 50_000_000

#: Length of such a run, in tokens.
ANCHOR = 12

Hunk = tuple[bool, str, str]
"""Whether two stretches say the same, and how the one and the other text has them."""

Range = tuple[int, int]

#: The marks that end a sentence or a quotation, and those that open one.
ENDING = regex.compile(r"^[.!?…。！？．؟۔।።”’»」』）)]+")
OPENING = regex.compile(r"[“‘„«「『（(¿¡]+$")


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both texts in reading order; the deleted before the inserted ones."""
    if old == new:
        return (Piece(kind=PieceKind.SAME, text=new),) if new else ()
    found: list[Piece] = []
    for same, before, after in set_right(readable(hunks(tokens(old), tokens(new)))):
        found += typography(before, after) if same and before != after else pieces_of(before, after)
    return tuple(found)


def pieces_of(before: str, after: str, *, typographic: bool = False) -> Iterator[Piece]:
    """One piece for what is the same, else what went and what came."""
    if before == after:
        if after:
            yield Piece(kind=PieceKind.SAME, text=after)
        return
    for kind, text in ((PieceKind.DELETED, before), (PieceKind.INSERTED, after)):
        if text:
            yield Piece(kind=kind, text=text, typographic=typographic)


def typography(old: str, new: str) -> Iterator[Piece]:
    """The pieces of two stretches that say the same with other signs."""
    before, after = tokens(old), tokens(new)
    pairs: list[tuple[str, str]] = []
    for same, place, place_new in runs(list(map(key, before)), list(map(key, after))):
        texts, texts_new = before[slice(*place)], after[slice(*place_new)]
        if same:
            pairs += zip(texts, texts_new, strict=True)
        else:
            pairs.append(("".join(texts), "".join(texts_new)))
    for _, run in groupby(pairs, key=lambda pair: pair[0] == pair[1]):
        yield from pieces_of(*map("".join, zip(*run, strict=True)), typographic=True)


def hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """What is the same, but for its typography, and what is not, in order."""
    keys, keys_new = list(map(key, old)), list(map(key, new))
    for (i, j), (k, m) in windows(keys, keys_new):
        if (k - i) * (m - j) > LARGEST_TABLE:
            yield False, "".join(old[i:k]), "".join(new[j:m])
            continue
        for same, (start, end), (start_new, end_new) in runs(keys[i:k], keys_new[j:m]):
            place, place_new = (i + start, i + end), (j + start_new, j + end_new)
            said = same or (loose(old, place) and loose(new, place_new))
            yield said, "".join(old[slice(*place)]), "".join(new[slice(*place_new)])


def loose(side: Sequence[str], place: Range) -> bool:
    """Whether tokens may be there or not without changing what is said."""
    return all(is_loose(side, index) for index in range(*place))


def runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Range, Range]]:
    """Whether a stretch is in both, and where it is, by a longest common part of two lists."""
    codes: dict[str, int] = {}
    numbers = [[codes.setdefault(item, len(codes)) for item in side] for side in (old, new)]
    i = j = 0
    for block in Indel.opcodes(*numbers).as_matching_blocks():
        if (i, j) != (block.a, block.b):
            yield False, (i, block.a), (j, block.b)
        i, j = block.a + block.size, block.b + block.size
        if block.size:
            yield True, (block.a, i), (block.b, j)


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
        if result and result[-1][0] == hunk[0]:
            result[-1] = joined(result[-1], hunk)
        else:
            result.append(hunk)
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
        if inner and last is not None and is_crumb(hunk[1], last, found[index + 1]):
            result[-1] = joined(last, hunk)
            changed = True
        elif last is not None and not hunk[0] and not last[0]:
            result[-1] = joined(last, hunk)
        else:
            result.append(hunk)
    return result, changed


def is_crumb(same: str, before: Hunk, after: Hunk) -> bool:
    """Whether a common stretch is no help to a reader: blanks, a stray character, less than what is around it.

    What stands between two numbers that changed tells them apart, as in dates.
    """
    if is_number(before) and is_number(after):
        return False
    size = weight(same)
    around = min(max(weight(side) for side in change[1:]) for change in (before, after))
    return size < WORD_WEIGHT or size < around or (size == around and not WORDY.search(same))


def set_right(found: Sequence[Hunk]) -> list[Hunk]:
    """What was added or left out with the marks that end and open it, and not with those of its neighbours."""
    result = list(found)
    for index in range(1, len(result) - 1):
        _, old, new = result[index]
        if result[index][0] or (old and new):
            continue
        if mark := shared_mark(ENDING, result[index], result[index + 1]):
            result[index - 1] = joined(result[index - 1], (True, mark, mark))
            result[index] = (False, turned(old, len(mark)), turned(new, len(mark)))
            result[index + 1] = cut(result[index + 1], slice(len(mark), None))
        elif mark := shared_mark(OPENING, result[index], result[index - 1]):
            result[index - 1] = cut(result[index - 1], slice(-len(mark)))
            result[index] = (False, turned(old, -len(mark)), turned(new, -len(mark)))
            result[index + 1] = joined((True, mark, mark), result[index + 1])
    return result


def shared_mark(marks: regex.Pattern[str], change: Hunk, neighbour: Hunk) -> str:
    """The marks with which the words of a change and a neighbour in both texts begin, or end."""
    found = [marks.search(side) for side in (change[1] or change[2], *neighbour[1:])]
    texts = {match.group() if match else "" for match in found}
    return texts.pop() if len(texts) == 1 else ""


def cut(hunk: Hunk, part: slice) -> Hunk:
    """A part of both texts."""
    return hunk[0], hunk[1][part], hunk[2][part]


def turned(text: str, size: int) -> str:
    """A text with its beginning at its end."""
    return text[size:] + text[:size]


def is_number(change: Hunk) -> bool:
    """Whether a number stands in place of a number."""
    return all(WHOLE_NUMBER.fullmatch(side) for side in change[1:])


def joined(first: Hunk, second: Hunk) -> Hunk:
    """Two neighbours as one."""
    return first[0] and second[0], first[1] + second[1], first[2] + second[2]
