"""Figures: numbers with what they count, read alike in every language and script."""

import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

import regex
from babel import Locale, UnknownLocaleError

from generator.model import Article, Figure, Span
from generator.resources import yaml_resource
from generator.text import base_language, segments

CURRENCY = r"\p{Sc}"
NUMBER = regex.compile(
    r"(?<![\p{L}\p{Nd}.,:/-])"
    rf"(?P<before>(?:\p{{Lu}}{{2}}|A|US|C)?{CURRENCY}\s?)?"
    r"(?P<digits>\p{Nd}{1,3}(?:[ \u00a0\u202f]\p{Nd}{3})+(?!\p{Nd})|\p{Nd}+(?:[.,'’٫٬]\p{Nd}+)*)"
    r"(?![\p{Nd}:/])"
)
#: What stands behind a number: a word joined to it or the next one, or a sign.
AFTER = regex.compile(
    rf"(?P<sign>\s?[%٪％]|\s?{CURRENCY})|(?P<word>[\s\u00a0-]?\p{{L}}[\p{{L}}\p{{M}}\u200c]*)"
)
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]")
SEPARATOR = regex.compile(r"[ \u00a0\u202f.,'’٫٬]")
#: Digits in a row that are a year, unless a word that can be counted follows.
YEAR = regex.compile(r"(?:1[5-9]|20)\d\d")


def figures(article: Article) -> tuple[Figure, ...]:
    """The figures of the title and the text, in order; dates, times and bare years are none."""
    language = base_language(article.language)
    return tuple(
        figure
        for number, text in enumerate(segments(article))
        for figure in _figures(text, number, language)
    )


def _figures(text: str, number: int, language: str) -> Iterator[Figure]:
    for match in NUMBER.finditer(text):
        value = number_value(match["digits"], language)
        end, power, unit = _unit(text, match.end(), language)
        if match["before"]:
            unit = match["before"].strip()
        bare = not power and not match["before"]
        if bare and (
            unit is None or unit.casefold() in _months(language) or YEAR.fullmatch(str(value))
        ):
            continue
        value = value.scaleb(power)
        plain = format(value.normalize(), "f") if value else "0"
        yield Figure(
            span=Span(segment=number, start=match.start(), end=end), value=plain, unit=unit
        )


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


def _unit(text: str, start: int, language: str) -> tuple[int, int, str | None]:
    """Where the figure ends, the power of ten that multiplies it, what it counts."""
    power, end = 0, start
    table = _multipliers(language)
    while match := AFTER.match(text, end):
        if match["sign"]:
            return match.end(), power, match["sign"].strip()
        word = match["word"].strip(" \u00a0-")
        joined = next((item for item in table["joined"] if word.startswith(item)), None)
        if joined and match["word"][0] == word[0]:
            power, end = power + table["joined"][joined], end + len(joined)
            continue
        if word.casefold() in table["words"] and not power:
            power, end = table["words"][word.casefold()], match.end()
            if text[end : end + 1] == ".":
                end += 1
            continue
        if UNSPACED.match(word):
            return match.end() - len(word) + 1, power, word[0]
        return match.end(), power, word
    return end, power, None


@cache
def _multipliers(language: str) -> Mapping[str, Mapping[str, int]]:
    table = yaml_resource("figures/multipliers.yml")
    joined = dict(sorted(table["joined"].items(), key=lambda item: -len(item[0])))
    return {"joined": joined, "words": table["words"].get(language, {})}


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
