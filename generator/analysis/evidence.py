"""What an article says for or against a reading of a name: kind words, calendar, common words, hints."""

from collections import defaultdict
from collections.abc import Container, Mapping
from functools import cache, cached_property

from babel import Locale, UnknownLocaleError

from generator.analysis.lexicon import Case
from generator.analysis.morphology import TOKEN, bases, key
from generator.analysis.scan import Hit, Page, Reader, Token
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
        self._titles = [
            _title_case(tokens) and not text.rstrip("”’»\"')").endswith((".", "!", "?", "…"))
            for text, tokens in zip(page.segments, page.tokens, strict=True)
        ]

    @cached_property
    def words(self) -> frozenset[str]:
        """The keys of all words of the article."""
        return frozenset(token.key for tokens in self.page.tokens for token in tokens)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The keys of the words that stand in small letters somewhere."""
        return frozenset(
            token.key for tokens in self.page.tokens for token in tokens if token.case is Case.SMALL
        )

    def kinds_beside(self, segment: int, first: int, last: int) -> frozenset[EntityKind]:
        """The kinds that the words right before and after a name speak for."""
        tokens = self.page.tokens[segment]
        known = kind_words(self.language)
        beside = (*tokens[max(0, first - 1) : first], *tokens[last : last + 1])
        return frozenset(kind for token in beside for kind in known.get(token.key, ()))

    def locative(self, segment: int, first: int) -> bool:
        """Whether a word stands before a name that leads to places (*in*)."""
        tokens = self.page.tokens[segment]
        return first > 0 and tokens[first - 1].key in locatives(self.language)

    def means_language(self, hit: Hit) -> bool:
        """Whether a name of a language means it: in most languages it is the adjective of a country too.

        The word for *language* must stand beside it, unless the name ends in it.
        """
        if self.language in LANGUAGE_IN_NAME:
            return True
        tokens = self.page.tokens[hit.segment]
        beside = (*tokens[max(0, hit.first - 1) : hit.first], *tokens[hit.last : hit.last + 1])
        words = _words("languages", self.language)
        return any(
            word in words
            for token in beside
            for word in (token.key, *bases(token.key, self.language))
        )

    def calendar(self, segment: int, first: int) -> bool:
        """Whether a word is the name of a month or a day here: *in May*, *5 May*, *May 2019*."""
        tokens = self.page.tokens[segment]
        if tokens[first].key not in calendar_words(self.language):
            return False
        beside = (*tokens[max(0, first - 1) : first], *tokens[first + 1 : first + 2])
        if any(token.key[0].isdigit() for token in beside):
            return True
        if first == 0 or tokens[first].opens:
            return False
        return tokens[first - 1].case is Case.SMALL and tokens[first - 1].key in before_months(
            self.language
        )

    def common(self, hit: Hit) -> bool:
        """Whether a name of one word is a common word that needs its capital here anyway."""
        if hit.last - hit.first != 1:
            return False
        token = self.page.tokens[hit.segment][hit.first]
        written, wanted = token.case, hit.name.cases[0]
        if written <= Case.SMALL or wanted <= Case.SMALL or wanted is Case.ALL_CAPITALS:
            return False
        capital_says_nothing = (
            token.opens or written is Case.ALL_CAPITALS or self._titles[hit.segment]
        )
        return capital_says_nothing and (
            token.key in self.small_words or is_common(token.key, self.language)
        )

    def stands_small(self, hit: Hit) -> bool:
        """Whether the word of a name stands in small letters elsewhere in the article."""
        return self.page.tokens[hit.segment][hit.first].key in self.small_words

    def part_of_longer(self, hit: Hit, covered: Container[tuple[int, int]]) -> bool:
        """Whether a name of one word seems to be part of a longer one that is not in the lexicon.

        Another word with a capital stands before it (or after it, for a person), which is no
        title, opens no sentence and belongs to no name in `covered`.
        """
        if hit.last - hit.first != 1 or self.language in NOUNS_WITH_CAPITALS:
            return False
        if self._titles[hit.segment]:
            return False
        tokens, text = self.page.tokens[hit.segment], self.page.segments[hit.segment]
        place = hit.first
        if place > 0 and not tokens[place - 1].opens:
            gap = text[tokens[place - 1].end : tokens[place].start]
            if gap in NAME_GAPS and self._stranger(hit.segment, place - 1, covered):
                return True
        if self.reader.lexicon.entities[hit.name.entity].kind is not EntityKind.PERSON:
            return False
        if place + 1 >= len(tokens):
            return False
        gap = text[tokens[place].end : tokens[place + 1].start]
        return gap in NAME_GAPS and self._stranger(hit.segment, place + 1, covered)

    def _stranger(self, segment: int, place: int, covered: Container[tuple[int, int]]) -> bool:
        token = self.page.tokens[segment][place]
        if (segment, place) in covered or token.case not in (Case.CAPITAL, Case.MIXED):
            return False
        readings = (token.key, *self.reader.readings(token.key), *bases(token.key, self.language))
        kinds = kind_words(self.language)
        return len(token.key) > 1 and not any(
            EntityKind.PERSON in kinds.get(word, ()) for word in readings
        )

    def hinted(self, entity: Entity) -> bool:
        """Whether a hint of an entry stands in the article; every word of it must."""
        return any(
            words and all(word in self.words for word in words)
            for words in ([key(word) for word in TOKEN.findall(hint)] for hint in entity.hints)
        )


def _title_case(tokens: tuple[Token, ...]) -> bool:
    cased = [token for token in tokens if token.case is not Case.NONE and len(token.key) > 3]
    capitals = sum(token.case is not Case.SMALL for token in cased)
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
