"""Where the words of texts stand, in the form in which Pagefind's search program reads it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from generator.record import record
from generator.site.cbor import LIST, NEGATIVE, TEXT, UNSIGNED, head

#: Bits of a number below which its kind is put.
KIND = 28

#: Rows that are encoded at once, about.
STRETCH = 1 << 16

_WORD, _VARIANT, _NONE = head(LIST, 3), head(LIST, 2), head(LIST, 0)
_SHORT = [head(TEXT, size) for size in range(64)]

Thing = TypeVar("Thing", str, "Key")

Numbers = NDArray[np.int32]
Marks = NDArray[np.bool_]


class Key(NamedTuple):
    """What a word is found under: its stem, and as it is written if that has accents, which the stem lacks."""

    stem: str
    variant: str | None


class Entry(NamedTuple):
    """A key of a word, and how much the word weighs there."""

    key: Key
    weight: int


Entries = tuple[Entry, ...]


@record
class IndexedText:
    """The words of a text as they are to be indexed; the first `title` of them are its title."""

    words: tuple[str, ...]
    title: int


class NumberedWords(NamedTuple):
    """The words of texts: each `different` one once, and for each word of each text its number among them.

    `lengths` and `titles` tell how many words each text has, and how many of them are its title.
    """

    different: tuple[str, ...]
    numbers: Numbers
    lengths: Numbers
    titles: Numbers


def number_words(texts: Sequence[IndexedText]) -> NumberedWords:
    """Number the words of texts."""
    known = _Numbering[str]()
    all_words = chain.from_iterable(text.words for text in texts)
    numbers = _numbers(map(known.__getitem__, all_words))
    return NumberedWords(
        different=tuple(known),
        numbers=numbers,
        lengths=_numbers(len(text.words) for text in texts),
        titles=_numbers(text.title for text in texts),
    )


def encoded_words(words: NumberedWords, entries: Sequence[Entries]) -> Iterator[tuple[str, bytes]]:
    """Each stem of the texts, which are called by their place, in order, with what a file of words says of it:
    where it stands, then where each of its variants does. `entries` belong to the different words."""
    own: dict[str, bytes] = {}
    variants: dict[str, list[tuple[int, str, bytes]]] = {}
    for key, first, places in _places(words, entries):
        if key.variant is None:
            own[key.stem] = places
        else:
            variants.setdefault(key.stem, []).append((first, key.variant, places))
    for stem in sorted(own | variants):
        found = variants.get(stem)
        others = _variants(found) if found else _NONE
        yield stem, _WORD + _text(stem) + own.get(stem, _NONE) + others


def _variants(found: list[tuple[int, str, bytes]]) -> bytes:
    """In the order in which they first come in the texts."""
    parts = [_VARIANT + _text(variant) + places for _, variant, places in sorted(found)]
    return head(LIST, len(parts)) + b"".join(parts)


def _text(text: str) -> bytes:
    content = text.encode()
    size = len(content)
    return (_SHORT[size] if size < len(_SHORT) else head(TEXT, size)) + content


# --- from words to rows of numbers ----------------------------------------------------------


class _Numbering(dict[Thing, int]):
    """Numbers things in the order in which they are first asked for."""

    def __missing__(self, thing: Thing) -> int:
        self[thing] = number = len(self)
        return number


class _Rows(NamedTuple):
    """A row for each word that stands somewhere: under which key, in which text, whether in the title (which is
    told apart), with which weight, at which place."""

    key: Numbers
    text: Numbers
    title: Numbers
    weight: Numbers
    place: Numbers


def _places(words: NumberedWords, entries: Sequence[Entries]) -> Iterator[tuple[Key, int, bytes]]:
    """For each stem and variant the first text that has it, and where it stands, encoded."""
    keys = _Numbering[Key]()
    rows = _sorted(_rows(words, entries, keys))
    names = list(keys)
    for some in _stretches(rows):
        starts = np.flatnonzero(_changes(some.key))
        content, ends = _encoded(some)
        begun = 0
        for key, first, end in zip(
            some.key[starts].tolist(), some.text[starts].tolist(), ends, strict=True
        ):
            yield names[key], first, content[begun:end]
            begun = end


def _stretches(rows: _Rows) -> Iterator[_Rows]:
    """The rows a stretch at a time: encoding takes a hundred times the memory of what comes of it. All rows of a key are in one."""
    count = len(rows.key)
    starts = np.flatnonzero(_changes(rows.key)) if count else _numbers(())
    after = np.searchsorted(starts, np.arange(STRETCH, count, STRETCH))
    cuts = np.unique(starts[after[after < len(starts)]]).tolist()
    for begin, end in pairwise([0, *cuts, count] if count else []):
        yield _Rows(*(column[begin:end] for column in rows))


def _rows(words: NumberedWords, entries: Sequence[Entries], keys: _Numbering[Key]) -> _Rows:
    text = np.repeat(np.arange(len(words.lengths), dtype=np.int32), words.lengths)
    place = _within(words.lengths)
    counts = _numbers(map(len, entries))
    named = list(chain.from_iterable(entries))
    key = _numbers([keys[entry.key] for entry in named])
    weight = _numbers([entry.weight for entry in named])
    # a word may be found under several keys: its row is repeated, once for each
    repeats = counts[words.numbers]
    at = np.repeat(np.arange(len(place), dtype=np.int32), repeats)
    which = (np.cumsum(counts) - counts)[words.numbers[at]] + _within(repeats)
    body = _Rows(key[which], text[at], np.zeros_like(at), weight[which], place[at])
    titled = body.place < words.titles[body.text]
    title = _Rows(*(column[titled] for column in body))
    title = title._replace(title=np.ones_like(title.key), weight=np.zeros_like(title.key))
    return _Rows(*(np.concatenate(both) for both in zip(body, title, strict=True)))


def _within(lengths: Numbers) -> Numbers:
    """For stretches of these lengths the places within each, one after the other."""
    ends = np.cumsum(lengths, dtype=np.int32)
    return np.arange(ends[-1] if len(ends) else 0, dtype=np.int32) - np.repeat(
        ends - lengths, lengths
    )


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int32)


def _sorted(rows: _Rows) -> _Rows:
    """By key, text, first the body and then the title, weight, place."""
    order = np.lexsort((rows.place, rows.weight, rows.title, rows.text, rows.key))
    return _Rows(*(column[order] for column in rows))


# --- from rows to bytes ---------------------------------------------------------------------


def _encoded(rows: _Rows) -> tuple[bytes, list[int]]:
    """The bytes of all keys one after the other, and where each ends.

    A key has a list of texts; a text its distance from the one before, the list of places and the list of places
    in the title. Places are told by their distance from the one before; a negative number before a place says
    that from there on words have another weight (or that they are of the first field, which is the title), and
    that the place itself follows.
    """
    key, title = _changes(rows.key), rows.title == 1
    text = key | _changes(rows.text)
    turn = text | _changes(rows.title) | _changes(rows.weight)
    last = np.append(text[1:], True)
    heads = np.full((len(rows.key), 8), -1, dtype=np.int32)
    heads[key, 0] = _heads(LIST, _sums(text, key))
    heads[text, 1] = _heads(LIST, 3)
    heads[text, 2] = _heads(UNSIGNED, np.where(key, rows.text, _steps(rows.text))[text])
    heads[text, 3] = _heads(LIST, _sums(~title, text) + _sums(~title & turn, text))
    heads[title & turn, 4] = _heads(LIST, (_sums(title, text) + 1)[_sums(title, text) > 0])
    heads[turn, 5] = _heads(NEGATIVE, rows.weight[turn])
    heads[:, 6] = _heads(UNSIGNED, np.where(turn, rows.place, _steps(rows.place)))
    heads[last & ~title, 7] = _heads(LIST, 0)
    used = heads >= 0
    content, ends = _joined(heads[used])
    before = np.cumsum(used.sum(axis=1))[np.append(np.flatnonzero(key)[1:], len(key)) - 1]
    return content, ends[before - 1].tolist()


def _changes(column: Numbers) -> Marks:
    """Where a value differs from the one before; the first does."""
    return np.append(True, column[1:] != column[:-1])


def _steps(column: Numbers) -> Numbers:
    return np.diff(column, prepend=0)


def _sums(marks: Marks, starts: Marks) -> Numbers:
    """How many are marked from each start to the next."""
    return np.add.reduceat(marks.astype(np.int32), np.flatnonzero(starts))


def _heads(kind: int, numbers: Numbers | int) -> Numbers | int:
    """Kind and number of a value as one number; numbers are counts and places, far below what there is room for."""
    return numbers | kind << KIND


def _joined(heads: Numbers) -> tuple[bytes, Numbers]:
    """Values as CBOR, one after the other, and where each ends."""
    kinds, numbers = heads >> KIND << 5, heads & (1 << KIND) - 1
    wide = [numbers > 23, numbers > 0xFF, numbers > 0xFFFF]
    sizes = 1 + wide[0] + wide[1] + 2 * wide[2]
    ends = np.cumsum(sizes)
    content = np.zeros(int(ends[-1]), dtype=np.uint8)
    content[ends - sizes] = kinds | np.where(wide[0], 23 + wide[0] + wide[1] + wide[2], numbers)
    for size, more in ((1, wide[0]), (2, wide[1]), (3, wide[2]), (4, wide[2])):
        content[ends[more] - size] = numbers[more] >> 8 * (size - 1) & 0xFF
    return content.tobytes(), ends
