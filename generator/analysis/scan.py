"""Finding where an article may name an entity: every name, inflected or not, before anything is decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from generator.analysis.lexicon import Case, Lexicon, Name, case_of
from generator.analysis.morphology import TOKEN, bases, key
from generator.text import LONGEST_PART, base_language

#: What may stand between two words of a name without being written in the name itself.
LOOSE_GAP = regex.compile(r"""[\s\-‐‑–—·•・/&'’ʼ`´.«»"„“”‘「」]{0,4}""")
#: What ends a sentence, or opens one, so that a capital letter after it says nothing.
SENTENCE_END = regex.compile(r"""[.!?…:;。！？•]["'»”’)\]]*\s|[\[("'«„“‘‚»—–]\s*$|\n""")
#: Katakana is written without spaces, but a run of it is a word.
KATAKANA = regex.compile(r"[\p{Katakana}ー--・]{2}", regex.V1)
#: Splits a text into gaps and words in turn.
SPLIT = regex.compile(f"({TOKEN.pattern})", regex.V1)
#: Words remembered for one language before they are forgotten; news has some 100,000 forms.
REMEMBERED = 200_000
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


class Token(NamedTuple):
    """A word of a segment: its key, its place, how it is written, whether it opens a sentence.

    A tuple, because there is one for every word of the archive and a record takes twice the time.
    """

    key: str
    start: int
    end: int
    case: Case
    opens: bool


class Hit(NamedTuple):
    """A name found: tokens `first` to `last` (not included) of a segment."""

    segment: int
    first: int
    last: int
    tier: Tier
    name: Name


class Reader:
    """Reads the words of one language against a lexicon, and remembers what it read."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        self.lexicon = lexicon
        self.language = base_language(language)
        self._readings: dict[str, tuple[str, ...]] = {}

    def readings(self, word: str) -> tuple[str, ...]:
        """The words of names that `word` (a key) may be a form of, itself first."""
        found = self._readings.get(word)
        if found is None:
            found = self._read(word)
            if len(self._readings) >= REMEMBERED:
                self._readings.clear()
            self._readings[word] = found
        return found

    def _read(self, word: str) -> tuple[str, ...]:
        known = self.lexicon.words
        return tuple(item for item in (word, *bases(word, self.language)) if item in known)


@dataclass(frozen=True, slots=True)
class Page:
    """The words of an article, by segment."""

    segments: tuple[str, ...]
    tokens: tuple[tuple[Token, ...], ...]


#: Makes a tuple of a class from its values, as the class itself does.
_make = tuple.__new__


class Written(NamedTuple):
    """What stands between two blanks: words as far as they can be told alone, and what is around them.

    `words` has key, start, end, case and whether the word opens a sentence, of which the first has to be asked of
    `head` and what stands before. `rest` is what follows the last word, with a blank, and `ends` whether the next word
    opens a sentence unless something else stands before it.
    """

    head: str
    words: tuple[Token, ...]
    rest: str
    ends: bool


Words = dict[str, Written]
"""What was read between two blanks, so that each is worked out once."""


def read_page(segments: tuple[str, ...], words: Words) -> Page:
    """Cut segments into words; `words` remembers what it has seen."""
    if len(words) >= REMEMBERED:
        words.clear()
    return Page(segments, tuple(tuple(_tokens(text, words)) for text in segments))


def _tokens(text: str, words: Words) -> list[Token]:
    """The words of a text; no word goes over a blank, and what stands between two is mostly known."""
    found: list[Token] = []
    place, gap, opens = 0, "", True
    for part in text.split(" "):
        known = words.get(part)
        if known is None:
            known = _written(part)
            if len(part) <= LONGEST_PART:
                words[part] = known
        head, row, rest, ends = known
        if row:
            if head and found:
                opens = _opens(gap + head)
            for key, start, end, case, inside in row:
                opens = opens or inside
                found.append(_make(Token, (key, place + start, place + end, case, opens)))
                opens = False
            gap, opens = rest, ends
        else:
            gap += rest
            opens = not found or _opens(gap)
        place += len(part) + 1
    return found


def _written(part: str) -> Written:
    *pairs, rest = SPLIT.split(part)
    rest += " "
    found: list[Token] = []
    end = 0
    for gap, word in zip(pairs[::2], pairs[1::2], strict=True):
        start = end + len(gap)
        end = start + len(word)
        word_key, case = _key_and_case(word)
        found.append(Token(word_key, start, end, case, bool(found) and _opens(gap)))
    return Written(pairs[0] if pairs else "", tuple(found), rest, _opens(rest))


@lru_cache(maxsize=REMEMBERED // 4)  # many words stand in front of several marks
def _key_and_case(word: str) -> tuple[str, Case]:
    return key(word), case_of(word)


@lru_cache(maxsize=1000)
def _opens(gap: str) -> bool:
    return len(gap) > 1 and SENTENCE_END.search(gap) is not None


def find_names(page: Page, reader: Reader, *, small: bool = True) -> Iterator[Hit]:
    """Every name that fits the words, their case and what stands between them.

    Without `small`, words in small letters are not looked at.
    """
    starts = reader.lexicon.starts
    for segment, tokens in enumerate(page.tokens):
        readings = [
            reader.readings(token.key) if small or token.case is not Case.SMALL else ()
            for token in tokens
        ]
        for first, items in enumerate(readings):
            for item in items:
                if item in starts:
                    yield from _names_at(page, segment, first, readings, reader.lexicon)
                    break


def _names_at(
    page: Page,
    segment: int,
    first: int,
    readings: list[tuple[str, ...]],
    lexicon: Lexicon,
) -> Iterator[Hit]:
    tokens, text = page.tokens[segment], page.segments[segment]
    waiting = [
        (item, first + 1, item == tokens[first].key)
        for item in readings[first]
        if item in lexicon.starts
    ]
    while waiting:
        joined, last, exact = waiting.pop()
        for name in lexicon.names.get(joined, ()):
            if _fits(name, text, tokens[first:last], exact=exact):
                tier = Tier.EXACT if exact else Tier.INFLECTED
                yield Hit(segment=segment, first=first, last=last, tier=tier, name=name)
        if last < len(tokens) and (last == first + 1 or joined in lexicon.beginnings):
            for item in readings[last]:
                longer = f"{joined} {item}"
                if longer in lexicon.beginnings or longer in lexicon.names:
                    waiting.append((longer, last + 1, exact and item == tokens[last].key))


def _fits(name: Name, text: str, tokens: tuple[Token, ...], *, exact: bool) -> bool:
    return (
        _case_fits(name, tokens, exact=exact)
        and _gaps_fit(name, text, tokens)
        and not _within_katakana(text, tokens[0].start, tokens[-1].end)
    )


def _case_fits(name: Name, tokens: tuple[Token, ...], *, exact: bool) -> bool:
    """A name written with a capital is not found in small letters; an acronym only in capitals.

    Of a longer name as written the first capital is enough: *High seas treaty*.
    """
    for place, (wanted, token) in enumerate(zip(name.cases, tokens, strict=True)):
        if wanted <= Case.SMALL or token.case is Case.NONE:
            continue
        if token.case is Case.SMALL and not (exact and place and wanted is Case.CAPITAL):
            return False
        acronym = wanted is Case.ALL_CAPITALS and token.case is Case.CAPITAL
        if acronym and not (exact and len(token.key) > SHORT_ACRONYM):
            return False
    return True


def _within_katakana(text: str, start: int, end: int) -> bool:
    """Whether a name in katakana is part of a longer run of it, which is one word."""
    if text[start] < "\u30a0" and text[end - 1] < "\u30a0":
        return False
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return any(len(pair) == 2 and KATAKANA.fullmatch(pair) for pair in (before, after))


def _gaps_fit(name: Name, text: str, tokens: tuple[Token, ...]) -> bool:
    """Between the words of a name stands nothing that the name has not, but dashes and quotation marks."""
    for before, after in pairwise(tokens):
        gap = text[before.end : after.start]
        if gap in (" ", "", "-"):
            continue
        if LOOSE_GAP.fullmatch(gap) is None and any(
            character not in name.text for character in gap
        ):
            return False
        if "." in gap and "." not in name.text and len(before.key) > LONGEST_ABBREVIATION:
            return False
    return True
