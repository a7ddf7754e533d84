"""Figures: numbers with what they count, read alike in every language and script."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import regex
from babel import Locale, UnknownLocaleError

from generator.analysis.units import CURRENCY, counted
from generator.model import Article, Figure, Span
from generator.text import base_language, segments

NUMBER = regex.compile(
    r"(?<![\p{L}\p{Nd}.,:/-])"
    rf"(?P<before>(?:\p{{Lu}}{{2}}|A|US|C)?{CURRENCY}\s?)?"
    r"(?P<digits>\p{Nd}{1,3}(?:[ \u00a0\u202f]\p{Nd}{3})+(?!\p{Nd})|\p{Nd}+(?:[.,'’٫٬]\p{Nd}+)*)"
    r"(?![\p{Nd}:/])"
)
#: What a number must have; looked for with the quicker of two modules.
DIGIT = re.compile(r"\d")
SEPARATOR = regex.compile(r"[ \u00a0\u202f.,'’٫٬]")
#: Digits in a row that are a year, unless a word that can be counted follows.
YEAR = regex.compile(r"(?:1[5-9]|20)\d\d")
#: A name in the middle of a sentence, right before a number.
NAME_BEFORE = regex.compile(r"\p{Ll}\s\p{Lu}\p{Ll}+\s$")
LONGEST_NAME = 30


def figures(article: Article) -> tuple[Figure, ...]:
    """The figures of the title and the text, in order; dates, times and bare years are none."""
    language = base_language(article.language)
    return tuple(
        figure
        for number, text in enumerate(segments(article))
        if DIGIT.search(text)
        for figure in _figures(text, number, language)
    )


def _figures(text: str, number: int, language: str) -> Iterator[Figure]:
    for match in NUMBER.finditer(text):
        value = number_value(match["digits"], language)
        found = counted(text, match.end(), language)
        unit = match["before"].strip() if match["before"] else found.unit
        bare = not found.power and not match["before"]
        if bare and (
            unit is None
            or unit.casefold() in _months(language)
            or YEAR.fullmatch(str(value))
            or (language == "en" and not unit.endswith("s") and _of_a_name(text, match.start()))
        ):
            continue
        value = value.scaleb(found.power)
        plain = format(value.normalize(), "f") if value else "0"
        span = Span(segment=number, start=match.start(), end=found.end)
        yield Figure(span=span, value=plain, unit=unit)


def _of_a_name(text: str, start: int) -> bool:
    """Whether a number ends a name, as in *the Ariane 5 rocket*."""
    return NAME_BEFORE.search(text, max(0, start - LONGEST_NAME), start) is not None


def number_value(digits: str, language: str) -> Decimal:
    """The number that digits and separators write, by the habits of a language."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in digits)
    marks = SEPARATOR.findall(plain)
    if not marks:
        return Decimal(plain)
    last = marks[-1]
    head, _, tail = plain.rpartition(last)
    alone = marks.count(last) == 1 and last in ".,٫"
    grouping = (
        len(tail) == 3
        and last != "٫"
        and (len(marks) > 1 or last != _decimal(language) or last == ",")
    )
    if not alone or (grouping and len(set(marks)) == 1):
        return Decimal(SEPARATOR.sub("", plain))
    return Decimal(f"{SEPARATOR.sub('', head) or '0'}.{tail}")


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@cache
def _decimal(language: str) -> str:
    """The sign before the fraction."""
    symbols = _locale(language).number_symbols
    return str(symbols.get("latn", symbols).get("decimal", "."))


@cache
def _months(language: str) -> frozenset[str]:
    """The names of the months, and what may stand between a day and its month."""
    found = {"de", "of", "di", "月", "日", "年", "월", "일", "년"}
    months = _locale(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            found |= {str(name).casefold().rstrip(".") for name in months[context][width].values()}
    return frozenset(found)
