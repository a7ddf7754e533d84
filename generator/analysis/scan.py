"""Finding where an article may name an entity: every name, inflected or not, before anything is decided."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import compress
from typing import NamedTuple

import regex

from generator.analysis.lexicon import Case, Lexicon, Name
from generator.analysis.morphology import known_bases
from generator.analysis.page import Line, Page, starts_of
from generator.analysis.runs import within_word
from generator.text import base_language

#: What may stand between two words of a name without being written in the name itself.
LOOSE_GAP = regex.compile(r"""[\s\-‐‑–—·•・/&'’ʼ`´.«»"„“”‘「」]{0,4}""")
#: Katakana is written without spaces, but a run of it is a word.
KATAKANA = regex.compile(r"[\p{Katakana}ー--・]{2}", regex.V1)
#: Words remembered for one language before they are forgotten.
REMEMBERED = 50_000
#: An abbreviation before a full stop inside a name (*St. Louis*) has no more letters than this.
LONGEST_ABBREVIATION = 3
#: Acronyms up to this length are words in small letters too often (*US*, *IT*, *WHO*).
SHORT_ACRONYM = 3


class Tier(IntEnum):
    """How close the text is to a name; lower is closer."""

    EXACT = 0
    INFLECTED = 1
    TRANSLITERATED = 2
    SURNAME = 3
    SHORT = 4


class Hit(NamedTuple):
    """A name found: tokens `first` to `last` (not included) of a segment."""

    segment: int
    first: int
    last: int
    tier: Tier
    name: Name


class _Known(dict[str, tuple[str, ...]]):
    """What a function makes of words, worked out once for each."""

    def __init__(self, make: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, word: str) -> tuple[str, ...]:
        found = self.make(word)
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = found
        return found


class Reader:
    """Reads the words of one language against a lexicon, and remembers what it read.

    `readings` gives for a word (a key) the words of names that it may be a form of, itself first.
    """

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        self.lexicon = lexicon
        self.language = base_language(language)
        self._readings = _Known(self._read)
        self.readings = self._readings.__getitem__

    def starts(self, word: str) -> tuple[str, ...]:
        """Those readings of a word that begin a name; they are not remembered."""
        beginning = self.lexicon.starts
        return tuple([item for item in self._read(word) if item in beginning])

    def _read(self, word: str) -> tuple[str, ...]:
        known = self.lexicon.words
        found = known_bases(word, self.language, known)
        return (word, *found) if word in known else tuple(found)


def find_names(page: Page, reader: Reader) -> Iterator[Hit]:
    """Every name that fits the words, their case and what stands between them.

    The reader must be the one that the page's words ask for their `starts`.
    """
    for segment, line in enumerate(page.tokens):
        for first in compress(range(len(line)), map(starts_of, line.words)):
            yield from names_at(line, (segment, first), line.words[first].starts, reader)


def names_at(
    line: Line, place: tuple[int, int], starts: Sequence[str], reader: Reader, *, small: bool = True
) -> Iterator[Hit]:
    """The names at a segment and a word in it, of which `starts` are the readings that begin one.

    Without `small`, what follows in small letters is no part of a name.
    """
    segment, first = place
    lexicon, words = reader.lexicon, line.words
    waiting = [(item, first + 1, item == words[first].key) for item in starts]
    while waiting:
        joined, last, exact = waiting.pop()
        for name in lexicon.names.get(joined, ()):
            if _fits(name, line, (first, last), exact=exact) and not _inside(
                line, (first, last), reader.language
            ):
                yield Hit(segment, first, last, Tier.EXACT if exact else Tier.INFLECTED, name)
        if (
            last < len(words)
            and (last == first + 1 or joined in lexicon.beginnings)
            and (small or words[last].large)
        ):
            for item in reader.readings(words[last].key):
                longer = f"{joined} {item}"
                if longer in lexicon.beginnings or longer in lexicon.names:
                    waiting.append((longer, last + 1, exact and item == words[last].key))


def _fits(name: Name, line: Line, span: tuple[int, int], *, exact: bool) -> bool:
    first, last = span
    return _case_fits(name, line, first, exact=exact) and _gaps_fit(
        name, line, range(first + 1, last)
    )


def _inside(line: Line, span: tuple[int, int], language: str) -> bool:
    """Whether the name is but a part of a word, in scripts that have no spaces to tell."""
    first, last = span
    start, end = line.start(first), line.end(last - 1)
    return _within_katakana(line.text, start, end) or within_word(line.text, start, end, language)


def _case_fits(name: Name, line: Line, first: int, *, exact: bool) -> bool:
    """A name written with a capital is not found in small letters; an acronym only in capitals.

    Of a longer name as written the first capital is enough: *High seas treaty*.
    """
    for place, wanted in enumerate(name.cases):
        word = line.words[first + place]
        if wanted <= Case.SMALL or word.case is Case.NONE:
            continue
        if word.small and not (exact and place and wanted is Case.CAPITAL):
            return False
        acronym = wanted is Case.ALL_CAPITALS and word.case is Case.CAPITAL
        if acronym and not (exact and len(word.key) > SHORT_ACRONYM):
            return False
    return True


def _within_katakana(text: str, start: int, end: int) -> bool:
    """Whether a name in katakana is part of a longer run of it, which is one word."""
    if text[start] < "\u30a0" and text[end - 1] < "\u30a0":
        return False
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return any(len(pair) == 2 and KATAKANA.fullmatch(pair) for pair in (before, after))


def _gaps_fit(name: Name, line: Line, places: Iterable[int]) -> bool:
    """Between the words of a name stands nothing that the name has not, but dashes and quotation marks."""
    for place in places:
        gap = line.gap(place)
        if gap in (" ", "", "-"):
            continue
        if LOOSE_GAP.fullmatch(gap) is None and any(
            character not in name.text for character in gap
        ):
            return False
        if (
            "." in gap
            and "." not in name.text
            and len(line.words[place - 1].key) > LONGEST_ABBREVIATION
        ):
            return False
    return True
