"""The interface in one language: its strings, plurals, dates, numbers and names of languages."""

import gettext
import io
import re
from collections.abc import Iterable
from datetime import date, time
from functools import cache, lru_cache
from typing import Literal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    get_datetime_format,
    get_timezone_gmt,
)
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from generator.model import ArticleDate, LanguageCode
from generator.resources import calendar_names, catalogue
from generator.text import base_language, direction
from generator.views.dates import earliest_day, moment, parts
from generator.views.markup import Html, escape

#: CLDR's plain `en` writes dates the American way.
LOCALES = {"en": "en_GB"}

#: The part of a pattern that stands for the half of the day, in CLDR's short form.
HALF_OF_DAY = re.compile(r"\ba\b")


class Interface:
    """What the pages say in one language. Messages are English; a missing translation stays English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.direction = direction(language)
        self.locale = Locale.parse(
            LOCALES.get(language, language), sep="-" if "-" in language else "_"
        )
        self._strings = _translations(language)

    def say(self, message: str, /, **values: object) -> str:
        """A message, with its `{names}` filled in."""
        text = self._strings.gettext(message)
        return text.format(**values) if values else text

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A message whose form depends on `{number}`, in the plural forms of the language."""
        text = self._strings.ngettext(one, many, number)
        return text.format(number=self.number(number), **values)

    def rich(self, message: str, /, **values: str) -> Html:
        """A message that holds markup: what is not `Html` is escaped, the message too."""
        escaped = {name: escape(value) for name, value in values.items()}
        return Html(escape(self._strings.gettext(message)).format(**escaped))

    def number(self, number: float) -> str:
        """A number with the grouping of the language."""
        return _number(self.language, number)

    def percent(self, share: float) -> str:
        """A share from 0 to 1, in whole per cent."""
        return str(format_percent(share, locale=self.locale))

    def together(self, items: list[str]) -> str:
        """`a, b and c`."""
        if self.language == "zh" and len(items) > 1 and items[-1][0].isdigit():
            # Our Chinese parts numbers from words, the list's word for *and* does not.
            items = [*items[:-1], f" {items[-1]}"]
        return str(format_list(items, locale=self.locale)) if items else ""

    def listed(self, items: Iterable[str]) -> str:
        """`a, b, c`, with the comma of the language."""
        return self.say(", ").join(items)

    def titled(self, name: str, text: str) -> str:
        """`name: text`, with the colon of the language."""
        return self.say("{name}: {text}", name=name, text=text)

    def full_date(self, when: ArticleDate | None) -> str:
        """A date written out, as precise as it is known, with the time and its zone."""
        return _written(self.language, when.iso if when else "") or self.say("undated")

    def clock(self, at: time) -> str:
        """`23:00`; where hours are counted to twelve, with the language's word for the half of the day."""
        # CLDR's short word is Latin in Korean, its wide one is what people write.
        pattern = HALF_OF_DAY.sub("aaaa", self.locale.time_formats["short"].pattern)
        # No line ends between a time and the word for its half of the day.
        return str(format_time(at, pattern, locale=self.locale)).replace(" ", "\N{NO-BREAK SPACE}")

    def with_clock(self, day: str, clock: str, *, width: Literal["full", "short"] = "full") -> str:
        """A date and a time of day, joined as the language joins them."""
        pattern = str(get_datetime_format(width, locale=self.locale))
        return pattern.replace("'", "").format(clock, day)

    def heading(self, text: str) -> str:
        """A text that begins with a capital letter, where the script has any."""
        return _capital(text)

    def short_date(self, when: ArticleDate | None) -> str:
        """Day and month; month or year where no more is known."""
        return _short(self.language, when.iso if when else "") or self.say("undated")

    def month(self, year: int, month: int) -> str:
        """`January 2022`."""
        return _skeleton("yMMMM", date(year, month, 1), self.language)

    def month_name(self, month: int, *, width: str = "wide") -> str:
        """A month by itself, `wide`, `abbreviated` or `narrow`."""
        return str(calendar_names(self.language)["months"]["stand-alone"][width][month])

    def day(self, year: int, month: int, day: int) -> str:
        """`Friday 28 January 2022`."""
        return str(format_date(date(year, month, day), "full", locale=self.locale))

    def country_name(self, code: str) -> str:
        """A country by its ISO 3166 code; the code where the language has no word."""
        return str(self.locale.territories.get(code.upper(), code))

    def language_name(self, code: LanguageCode | str) -> str:
        """A language as the interface calls it; its code where it has no word."""
        if code == "und":
            return self.say("language not known")
        return _capital(_display_name(str(code), str(self.locale)) or str(code))


@cache
def interface(language: str) -> Interface:
    """The interface in a language for which there is a catalogue."""
    return Interface(language)


def interface_language(code: LanguageCode | str, languages: tuple[str, ...], default: str) -> str:
    """The interface for an article in a language: the same where there is one, else the default."""
    for candidate in (str(code), base_language(code)):
        if candidate in languages:
            return candidate
    return default


@cache
def own_name(code: LanguageCode | str) -> str:
    """A language by its own name: `Русский`."""
    name = _display_name(str(code), str(code)) or _display_name(str(code), "en")
    return _capital(name or str(code))


def _capital(name: str) -> str:
    # By the case of titles: Georgian has capitals only for words that are written in them throughout.
    return name[:1].title() + name[1:]


@cache
def _display_name(code: str, locale: str) -> str | None:
    try:
        inside = Locale.parse(locale, sep="_" if "_" in locale else "-")
    except (UnknownLocaleError, ValueError):
        return None
    try:
        return Locale.parse(code, sep="-").get_display_name(inside)
    except (UnknownLocaleError, ValueError):
        return inside.languages.get(base_language(code))


@cache
def _translations(language: str) -> gettext.NullTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(catalogue(language)), locale=None))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=4096)
def _written(language: str, iso: str) -> str:
    when = ArticleDate(iso=iso)
    known, locale = parts(when), interface(language).locale
    day = earliest_day(when)
    if day is None:
        return ""
    if len(known) < 3:
        return _skeleton("yMMMM" if len(known) == 2 else "y", day, language)
    text = str(format_date(day, "full", locale=locale))
    exact = moment(when)
    if exact is None:
        return text
    ui = interface(language)
    clock = ui.clock(exact.timetz())
    if exact.tzinfo:
        zone = str(get_timezone_gmt(exact, "long", locale=locale)) if exact.utcoffset() else "UTC"
        zone = zone.replace("-", "\N{MINUS SIGN}")  # at which no line ends
        clock = ui.say("{text} ({items})", text=clock, items=zone)
    return ui.with_clock(text, clock)


@lru_cache(maxsize=4096)
def _short(language: str, iso: str) -> str:
    when = ArticleDate(iso=iso)
    known, day = parts(when), earliest_day(when)
    if day is None:
        return ""
    return _skeleton({1: "y", 2: "yMMM", 3: "yMMMd"}[len(known)], day, language)


@lru_cache(maxsize=4096)
def _skeleton(skeleton: str, day: date, language: str) -> str:
    return str(format_skeleton(skeleton, day, locale=interface(language).locale))


@lru_cache(maxsize=4096)
def _number(language: str, number: float) -> str:
    return str(format_decimal(number, locale=interface(language).locale))
