"""The words of an article in columns: keys for all of them, and places for those that are asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, compress, count, repeat
from operator import add, itemgetter
from typing import NamedTuple, overload

import regex

from generator.analysis.lexicon import Case, case_of
from generator.analysis.morphology import TOKEN, key
from generator.text import AROUND, LONGEST_PART, has_unspaced

#: What ends a sentence, or opens one, so that a capital letter after it says nothing.
SENTENCE_END = regex.compile(r"""[.!?…:;。！？•]["'»”’)\]]*\s|[\[("'«„“‘‚»—–]\s*$|\n""")


class Token(NamedTuple):
    """A word of a segment: its key, its place, how it is written, whether it opens a sentence."""

    key: str
    start: int
    end: int
    case: Case
    opens: bool


class Word(NamedTuple):
    """A word as far as it can be told from what stands between two blanks; its place is one in there.

    `small` and `large` say whether it is in small letters or not, `starts` are the words of a lexicon that it may be a form
    of and that begin a name.
    """

    key: str
    start: int
    end: int
    case: Case
    small: bool
    large: bool
    starts: tuple[str, ...]


#: Makes a tuple of a class from its values, as the class itself does.
_make = tuple.__new__
key_of, is_small, is_large, starts_of = map(itemgetter, (0, 4, 5, 6))


class Words(dict[str, tuple[Word, ...]]):
    """What was read between two blanks, so that each is worked out once; no word goes over a blank.

    `starts` gives for a key what a word has as its `starts`.
    """

    def __init__(self, starts: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._starts = starts
        self._signs: dict[str, Word] = {}

    def __missing__(self, part: str) -> tuple[Word, ...]:
        stripped = part.strip(AROUND)
        known = self.get(stripped) if part.startswith(stripped) else None
        found = self._words(part, stripped) if known is None else known
        if len(part) <= LONGEST_PART:
            self[part] = found
        return found

    def _words(self, part: str, stripped: str) -> tuple[Word, ...]:
        if stripped.isalnum() and (stripped.isascii() or not has_unspaced(stripped)):
            return (self._word(stripped, part.index(stripped)),)
        found = [(match.group(), match.start()) for match in TOKEN.finditer(part)]
        return tuple(
            [self._sign(*item) if len(item[0]) == 1 else self._word(*item) for item in found]
        )

    def _sign(self, sign: str, start: int) -> Word:
        """A word of one character, of which scripts without spaces have one after the other."""
        known = self._signs.get(sign)
        if known is None:
            known = self._signs[sign] = self._word(sign, 0)
        return _make(Word, (known[0], start, start + 1, *known[3:]))

    def _word(self, word: str, start: int) -> Word:
        folded, case = _key_and_case(word)
        small = case is Case.SMALL
        values = (folded, start, start + len(word), case, small, not small, self._starts(folded))
        return _make(Word, values)


class Line(Sequence[Token]):
    """The words of a segment."""

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self._parts = text.split(" ")
        self._rows = list(map(words.__getitem__, self._parts))
        self._starts: list[int] = []
        self.words = list(chain.from_iterable(self._rows))

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Token, ...]: ...
    def __getitem__(self, place: int | slice) -> Token | tuple[Token, ...]:
        places = range(len(self.words))[place]
        return self._token(places) if isinstance(places, int) else tuple(map(self._token, places))

    def _token(self, place: int) -> Token:
        word = self.words[place]
        start, end = self.start(place), self.end(place)
        return Token(word.key, start, end, word.case, self.opens(place))

    def start(self, place: int) -> int:
        """Where a word begins."""
        return self._start(place) + self.words[place].start

    def end(self, place: int) -> int:
        """Where a word ends."""
        return self._start(place) + self.words[place].end

    def gap(self, place: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.end(place - 1) : self.start(place)]

    def opens(self, place: int) -> bool:
        """Whether a word opens a sentence."""
        return place == 0 or _opens(self.gap(place))

    def keys(self, first: int = 0, last: int | None = None) -> list[str]:
        """The keys of words."""
        return list(map(key_of, self.words[first:last]))

    def large(self) -> list[int]:
        """The places of the words that are not in small letters."""
        return list(compress(range(len(self.words)), map(is_large, self.words)))

    def beside(self, first: int, last: int) -> list[str]:
        """The keys of the words right before and after some."""
        return self.keys(max(0, first - 1), first) + self.keys(last, last + 1)

    def _start(self, place: int) -> int:
        """Where the part begins that a word stands in."""
        if not self._starts:
            starts = map(add, accumulate(map(len, self._parts), initial=0), count())
            self._starts = list(chain.from_iterable(map(repeat, starts, map(len, self._rows))))
        return self._starts[place]


@dataclass(frozen=True, slots=True)
class Page:
    """The words of an article, by segment."""

    segments: tuple[str, ...]
    tokens: tuple[Line, ...]


def read_page(segments: tuple[str, ...], words: Words) -> Page:
    """Cut segments into words; `words` remembers what it has seen."""
    return Page(segments, tuple(Line(text, words) for text in segments))


def _key_and_case(word: str) -> tuple[str, Case]:
    if not word.isascii() or not word.isalpha():
        return _other_key_and_case(word)
    folded = word.lower()
    if folded == word:
        return word, Case.SMALL
    return folded, Case.CAPITAL if folded[1:] == word[1:] else case_of(word)


@lru_cache(maxsize=10_000)  # many words stand in front of several marks, or without any
def _other_key_and_case(word: str) -> tuple[str, Case]:
    return key(word), case_of(word)


@lru_cache(maxsize=1000)
def _opens(gap: str) -> bool:
    return len(gap) > 1 and SENTENCE_END.search(gap) is not None
