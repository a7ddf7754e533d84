"""What an article says for or against a reading of a name: kind words, calendar, common words, hints."""

from collections import defaultdict
from collections.abc import Container, Mapping
from functools import cache, cached_property
from itertools import chain, compress

from babel import Locale, UnknownLocaleError

from generator.analysis.lexicon import Case
from generator.analysis.morphology import TOKEN, bases, key
from generator.analysis.page import Line, Page, is_small
from generator.analysis.scan import Hit, Reader
from generator.model import Entity, EntityKind
from generator.resources import resource, yaml_resource

#: Languages that write every noun with a capital, so that one beside a name says nothing.
NOUNS_WITH_CAPITALS = frozenset({"de", "lb"})
#: Languages in which the name of a language ends in the word for language.
LANGUAGE_IN_NAME = frozenset({"zh", "ja", "ko", "vi", "yue"})
#: Above this share of words with capitals a line is a headline in title case.
TITLE_CASE = 0.7
#: What stands between the words of one name.
NAME_GAPS = frozenset({" ", "-", "\u00a0"})


class Evidence:
    """The words of one article, asked about."""

    def __init__(self, page: Page, reader: Reader) -> None:
        self.page = page
        self.reader = reader
        self.language = reader.language
        self._titles: dict[int, bool] = {}

    @cached_property
    def words(self) -> frozenset[str]:
        """The keys of all words of the article."""
        return frozenset(chain.from_iterable(line.keys() for line in self.page.tokens))

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The keys of the words that stand in small letters somewhere."""
        return frozenset(
            chain.from_iterable(
                compress(line.keys(), map(is_small, line.words)) for line in self.page.tokens
            )
        )

    def kinds_beside(self, segment: int, first: int, last: int) -> frozenset[EntityKind]:
        """The kinds that the words right before and after a name speak for."""
        known = kind_words(self.language)
        beside = self.page.tokens[segment].beside(first, last)
        return frozenset(kind for word in beside for kind in known.get(word, ()))

    def locative(self, segment: int, first: int) -> bool:
        """Whether a word stands before a name that leads to places (*in*)."""
        return first > 0 and self.page.tokens[segment].words[first - 1].key in locatives(
            self.language
        )

    def means_language(self, hit: Hit) -> bool:
        """Whether a name of a language means it: in most languages it is the adjective of a country too.

        The word for *language* must stand beside it, unless the name ends in it.
        """
        if self.language in LANGUAGE_IN_NAME:
            return True
        words = _words("languages", self.language)
        return any(
            word in words
            for key in self.page.tokens[hit.segment].beside(hit.first, hit.last)
            for word in (key, *bases(key, self.language))
        )

    def calendar(self, segment: int, first: int) -> bool:
        """Whether a word is the name of a month or a day here: *in May*, *5 May*, *May 2019*."""
        line = self.page.tokens[segment]
        if line.words[first].key not in calendar_words(self.language):
            return False
        if any(word[0].isdigit() for word in line.beside(first, first + 1)):
            return True
        if first == 0 or line.opens(first):
            return False
        before = line.words[first - 1]
        return before.small and before.key in before_months(self.language)

    def common(self, hit: Hit) -> bool:
        """Whether a name of one word is a common word that needs its capital here anyway."""
        if hit.last - hit.first != 1:
            return False
        line = self.page.tokens[hit.segment]
        word, wanted = line.words[hit.first], hit.name.cases[0]
        if word.case <= Case.SMALL or wanted <= Case.SMALL or wanted is Case.ALL_CAPITALS:
            return False
        capital_says_nothing = (
            line.opens(hit.first) or word.case is Case.ALL_CAPITALS or self._is_title(hit.segment)
        )
        return capital_says_nothing and (
            word.key in self.small_words or is_common(word.key, self.language)
        )

    def _is_title(self, segment: int) -> bool:
        """Whether a segment is a headline in title case."""
        if segment not in self._titles:
            whole = self.page.segments[segment].rstrip("”’»\"')")
            plain = not whole.endswith((".", "!", "?", "…"))
            self._titles[segment] = plain and _title_case(self.page.tokens[segment])
        return self._titles[segment]

    def stands_small(self, hit: Hit) -> bool:
        """Whether the word of a name stands in small letters elsewhere in the article."""
        return self.page.tokens[hit.segment].words[hit.first].key in self.small_words

    def part_of_longer(self, hit: Hit, covered: Container[tuple[int, int]]) -> bool:
        """Whether a name of one word seems to be part of a longer one that is not in the lexicon.

        Another word with a capital stands before it (or after it, for a person), which is no
        title, opens no sentence and belongs to no name in `covered`.
        """
        if hit.last - hit.first != 1 or self.language in NOUNS_WITH_CAPITALS:
            return False
        if self._is_title(hit.segment):
            return False
        line, place = self.page.tokens[hit.segment], hit.first
        if (
            place > 0
            and line.gap(place) in NAME_GAPS
            and not line.opens(place - 1)
            and self._stranger(hit.segment, place - 1, covered)
        ):
            return True
        if self.reader.lexicon.entities[hit.name.entity].kind is not EntityKind.PERSON:
            return False
        if place + 1 >= len(line):
            return False
        return line.gap(place + 1) in NAME_GAPS and self._stranger(hit.segment, place + 1, covered)

    def _stranger(self, segment: int, place: int, covered: Container[tuple[int, int]]) -> bool:
        word = self.page.tokens[segment].words[place]
        if (segment, place) in covered or word.case not in (Case.CAPITAL, Case.MIXED):
            return False
        readings = (word.key, *self.reader.readings(word.key), *bases(word.key, self.language))
        kinds = kind_words(self.language)
        return len(word.key) > 1 and not any(
            EntityKind.PERSON in kinds.get(reading, ()) for reading in readings
        )

    def hinted(self, entity: Entity) -> bool:
        """Whether a hint of an entry stands in the article; every word of it must."""
        return any(
            words and all(word in self.words for word in words)
            for words in ([key(word) for word in TOKEN.findall(hint)] for hint in entity.hints)
        )


def _title_case(line: Line) -> bool:
    cased = [word for word in line.words if word.case is not Case.NONE and len(word.key) > 3]
    capitals = sum(word.large for word in cased)
    return len(cased) >= 3 and capitals >= TITLE_CASE * len(cased)


@cache
def kind_words(language: str) -> Mapping[str, frozenset[EntityKind]]:
    """Words of a language that say what something is, with the kinds they speak for."""
    found: dict[str, set[EntityKind]] = defaultdict(set)
    for kind, words in yaml_resource("names/kinds.yml").get(language, {}).items():
        for word in words:
            found[key(str(word))].add(EntityKind(kind))
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def locatives(language: str) -> frozenset[str]:
    """Words of a language after which a place is likely."""
    return _words("locatives", language)


@cache
def before_months(language: str) -> frozenset[str]:
    """Words of a language after which a month or day is likely."""
    return _words("before_months", language)


def _words(table: str, language: str) -> frozenset[str]:
    words = yaml_resource("names/cues.yml")[table].get(language, ())
    return frozenset(key(str(word)) for word in words)


@cache
def calendar_words(language: str) -> frozenset[str]:
    """The months and days of the week of a language, short and long."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    tables = (
        *locale.months["format"].values(),
        *locale.months["stand-alone"].values(),
        *locale.days["format"].values(),
    )
    names = {key(name).strip(".") for table in tables for name in table.values()}
    return frozenset(name for name in names if len(name) > 2)


@cache
def is_common(word: str, language: str) -> bool:
    """Whether `word` (a key) is in everyday use; knows more of large languages than of small ones."""
    return word in _common() or word in _openers(language)


@cache
def _common() -> frozenset[str]:
    return frozenset(key(word) for word in resource("names/common.txt.gz").decode().split("\n"))


@cache
def _openers(language: str) -> frozenset[str]:
    words = yaml_resource("names/openers.yml").get(language, ())
    return frozenset(key(str(word)) for word in words)
