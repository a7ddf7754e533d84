"""What is compared of an article: its shingles, its numbers and days with their surroundings, its title."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from generator.linking.days import calendar_pattern, day_number
from generator.linking.tokens import plain_words
from generator.model import Article
from generator.record import record
from generator.text import UNSPACED, WORD, base_language, body_text, fold, shingles

#: A word with a digit in it, and what dots, commas, colons, slashes and hyphens join to it.
FIGURE = r"\p{L}*\p{Nd}+(?:\p{L}+\p{Nd}+)*(?:[.,:/-]\p{L}*\p{Nd}+)*"

#: The blanks of 26 750, which are part of the number.
THOUSANDS = regex.compile(r"(?<=\b\d{1,3})[ \u00a0\u202f](?=\d{3}\b)")

OTHER_DIGIT = regex.compile(r"[\p{Nd}--[0-9]]", regex.V1)

POINTS = regex.compile(r"[.,:]")

UNSPACED_START = regex.compile(rf"[{UNSPACED}]")

#: Words on either side that make the surroundings of a number; characters where there are no spaces.
NEAR, NEAR_UNSPACED = 2, 5

#: The lead is the first paragraph, with those after it while it has fewer characters; and how many it has at most.
SHORT_LEAD, LEAD = 60, 300


@record
class Profile:
    """An article as the comparison sees it.

    `wording` is a digest of the words in their order, `bag` has a hash for each of them and `runs` for each
    shingle, sorted. `slots` map the surroundings of each number to the numbers that stand there; `lead` does so in
    the lead alone, for weekdays and months as well, and `days` are the surroundings of dates in it. `day` is the
    article's own date.
    """

    language: str
    script: str
    url: str
    wording: bytes
    bag: NDArray[np.uint64]
    runs: NDArray[np.uint32]
    figures: frozenset[str]
    slots: Mapping[int, frozenset[str]]
    lead: Mapping[int, frozenset[str]]
    days: frozenset[int]
    day: int | None
    title: tuple[str, ...]
    title_figures: frozenset[str]


def profile(article: Article) -> Profile:
    """Reduce an article to what is compared."""
    text = body_text(article)
    tokens = plain_words(text)
    slots = by_surroundings(figure_slots(text))
    lead = list(figure_slots(text[: lead_length(article)], article.language))
    return Profile(
        language=base_language(article.language),
        script=script(article.language),
        url=address(article),
        wording=blake2b(" ".join(tokens).encode(), digest_size=16).digest(),
        bag=np.unique(np.fromiter(counted(tokens), dtype=np.uint64)),
        runs=np.unique(np.fromiter(map(hashed, shingles(tokens)), dtype=np.uint32)),
        figures=frozenset().union(*slots.values()),
        slots=slots,
        lead=by_surroundings(lead),
        days=frozenset(slot.key for slot in lead if slot.dated),
        day=day_number(article.date.iso),
        title=tuple(plain_words(article.title)),
        title_figures=frozenset(
            slot.value for slot in figure_slots(article.title, article.language)
        ),
    )


def content_digest(article: Article) -> str:
    """A digest of all that a verdict depends on."""
    parts = (
        article.title,
        article.language,
        article.date.iso,
        address(article),
        body_text(article),
    )
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def lead_length(article: Article) -> int:
    """How much of the text is its lead."""
    end = 0
    for block in article.blocks:
        if end >= SHORT_LEAD:
            break
        end += len(block.text) + 2
    return min(end, LEAD)


def address(article: Article) -> str:
    """The address of the page, if it is known."""
    return article.canonical_url or article.url or ""


def hashed(text: str) -> int:
    """A hash that is the same everywhere."""
    return crc32(text.encode())


def counted(tokens: Iterable[str]) -> Iterator[int]:
    """A number for each word; the second of equal words has another than the first."""
    seen: dict[str, int] = {}
    for token in tokens:
        seen[token] = seen.get(token, 0) + 1
        yield hashed(token) + (seen[token] << 32)


def script(language: str) -> str:
    """The script subtag of a language code, if it has one."""
    return next((part.title() for part in language.split("-")[1:] if len(part) == 4), "")


@record
class Slot:
    """A number, a weekday or a month, with a hash of the words around it; `dated` if it is part of a date."""

    key: int
    value: str
    dated: bool


def figure_slots(text: str, language: str = "") -> Iterator[Slot]:
    """The numbers of a text, in order; with a `language`, its names of weekdays and months as well.

    Digits of all scripts are one, and so are `26,750`, `26 750` and `26.750`.
    """
    plain = OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), fold(text))
    matches = list(token(language).finditer(THOUSANDS.sub(".", plain)))
    named = [match["day"] is not None for match in matches]
    masked = [
        "#" if day or match["figure"] else match.group()
        for day, match in zip(named, matches, strict=True)
    ]
    for place, match in enumerate(matches):
        if masked[place] == "#":
            yield Slot(
                key=hashed(" ".join(surroundings(masked, place))),
                value=POINTS.sub(".", match.group()),
                dated=any(named[max(0, place - 1) : place + 2]),
            )


@cache
def token(language: str) -> "regex.Pattern[str]":
    """A number, the name of a weekday or a month, or a word."""
    days = calendar_pattern(base_language(language)) if language else "(?!)"
    return regex.compile(rf"(?P<figure>{FIGURE})|(?P<day>{days})|{WORD.pattern}", regex.V1)


def by_surroundings(slots: Iterable[Slot]) -> dict[int, frozenset[str]]:
    """The values by the hash of the words around them."""
    found: dict[int, set[str]] = {}
    for slot in slots:
        found.setdefault(slot.key, set()).add(slot.value)
    return {key: frozenset(values) for key, values in found.items()}


def surroundings(masked: list[str], place: int) -> Iterable[str]:
    """The words before and after a number, with numbers as `#`."""
    neighbour = masked[place - 1] if place else masked[min(1, len(masked) - 1)]
    near = NEAR_UNSPACED if UNSPACED_START.match(neighbour) else NEAR
    return (*masked[max(0, place - near) : place], "|", *masked[place + 1 : place + 1 + near])
