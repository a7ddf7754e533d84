"""What is compared of an article: its shingles, its numbers with their surroundings, its title."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from generator.model import Article, record
from generator.text import UNSPACED, WORD, base_language, body_text, fold, shingles, words

#: A word with a digit in it, and what dots, commas, colons, slashes and hyphens join to it.
FIGURE = r"\p{L}*\p{Nd}+(?:\p{L}+\p{Nd}+)*(?:[.,:/-]\p{L}*\p{Nd}+)*"

TOKEN = regex.compile(rf"(?P<figure>{FIGURE})|{WORD.pattern}", regex.V1)

#: The blanks of 26 750, which are part of the number.
THOUSANDS = regex.compile(r"(?<=\b\d{1,3})[ \u00a0\u202f](?=\d{3}\b)")

OTHER_DIGIT = regex.compile(r"[\p{Nd}--[0-9]]", regex.V1)

POINTS = regex.compile(r"[.,:]")

UNSPACED_START = regex.compile(rf"[{UNSPACED}]")

#: Words on either side that make the surroundings of a number; characters where there are no spaces.
NEAR, NEAR_UNSPACED = 2, 5


@record
class Profile:
    """An article as the comparison sees it.

    `wording` is a digest of the words in their order, `bag` has a hash for each of them and `runs` for each
    shingle, sorted. `slots` map the surroundings of each number to the numbers that stand there.
    """

    language: str
    script: str
    url: str
    wording: bytes
    bag: NDArray[np.uint64]
    runs: NDArray[np.uint32]
    figures: frozenset[str]
    slots: Mapping[int, frozenset[str]]
    title: tuple[str, ...]
    title_figures: frozenset[str]


def profile(article: Article) -> Profile:
    """Reduce an article to what is compared."""
    text = body_text(article)
    tokens = words(text)
    slots = figure_slots(text)
    return Profile(
        language=base_language(article.language),
        script=script(article.language),
        url=address(article),
        wording=blake2b(" ".join(tokens).encode(), digest_size=16).digest(),
        bag=np.unique(np.fromiter(counted(tokens), dtype=np.uint64)),
        runs=np.unique(np.fromiter(map(hashed, shingles(tokens)), dtype=np.uint32)),
        figures=frozenset().union(*slots.values()),
        slots=slots,
        title=tuple(words(article.title)),
        title_figures=frozenset().union(*figure_slots(article.title).values()),
    )


def content_digest(article: Article) -> str:
    """A digest of all that a verdict depends on."""
    parts = (article.title, article.language, address(article), body_text(article))
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


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


def figure_slots(text: str) -> dict[int, frozenset[str]]:
    """The numbers of a text by the hash of the words around them.

    Digits of all scripts are one, and so are `26,750`, `26 750` and `26.750`.
    """
    plain = OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), fold(text))
    matches = list(TOKEN.finditer(THOUSANDS.sub(".", plain)))
    masked = ["#" if match["figure"] else match.group() for match in matches]
    slots: dict[int, set[str]] = {}
    for place, match in enumerate(matches):
        if match["figure"]:
            key = hashed(" ".join(surroundings(masked, place)))
            slots.setdefault(key, set()).add(POINTS.sub(".", match.group()))
    return {key: frozenset(values) for key, values in slots.items()}


def surroundings(masked: list[str], place: int) -> Iterable[str]:
    """The words before and after a number, with numbers as `#`."""
    neighbour = masked[place - 1] if place else masked[min(1, len(masked) - 1)]
    near = NEAR_UNSPACED if UNSPACED_START.match(neighbour) else NEAR
    return (*masked[max(0, place - near) : place], "|", *masked[place + 1 : place + 1 + near])
