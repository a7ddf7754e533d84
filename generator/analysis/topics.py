"""What an article is about, as keys with weights: its telling words, and names and numbers in a form that all scripts share."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from itertools import accumulate, chain, compress

import numpy as np
import regex
import Stemmer

from generator.analysis.rarity import UNLISTED, UNTABLED, frequencies
from generator.analysis.wording import REMEMBERED, Part, Wording, names_of, opening, terms_of

#: Words that are read of a text: what happened stands at the beginning.
LIMIT = 500

NUMBER = regex.compile(r"(?<!\p{Nd})\p{Nd}{2,}(?:[.,٬ \u00a0]\p{Nd}{3})*(?!\p{Nd})")
#: What a number must have; looked for with the quicker of two modules.
DIGITS = re.compile(r"\d\d")
SENTENCE_START = regex.compile(r"(?:^|[.!?:\"“«„\n])\s*$")

#: A word of the title weighs like this many in the text.
TITLE = 2.0

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "it": "italian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


def terms(item: Wording) -> Mapping[str, float]:
    """The words of an article by how telling they are; only articles in one language can be compared by them."""
    title, text = (
        Counter(chain.from_iterable(map(terms_of, chain.from_iterable(parts))))
        for parts in ([parts for _, parts in texts] for texts in _halves(item))
    )
    counts: dict[str, float] = {word: TITLE * count for word, count in title.items()}
    for word, count in text.items():
        counts[word] = counts.get(word, 0.0) + count
    telling = map(_telling(item.language).__getitem__, counts)
    weights: dict[str, float] = {}
    for known, times in zip(telling, counts.values(), strict=True):
        if known is not None:
            key, value = known
            more = value * _damped(times) if times > 1 else value
            weights[key] = weights.get(key, 0.0) + more
    return weights


def names(item: Wording) -> Mapping[str, float]:
    """Names by the sound of their consonants, and numbers by their digits; comparable across all languages."""
    weights: dict[str, float] = {}
    for text in item.texts:
        for match in NUMBER.finditer(text) if DIGITS.search(text) else ():
            digits = "".join(str(unicodedata.digit(c)) for c in match.group() if c.isdigit())
            weights[digits] = 0.3 + 0.6 * len(digits.strip("0"))
    counts = Counter(
        key for texts in _halves(item) for text, parts in texts for key in _name_keys(text, parts)
    )
    for sounds, count in counts.items():
        weights[sounds] = min(4, len(sounds.rstrip("-")) - 1) * _damped(count)
    return weights


def pack(weights: Mapping[str, float]) -> bytes:
    """Keys and weights as the analysis keeps them: of unit length, by the hash of the key."""
    keys = np.fromiter(map(_numbers.__getitem__, weights), "<u4", len(weights))
    order = keys.argsort()
    keys, values = keys[order], np.fromiter(weights.values(), "<f4", len(weights))[order]
    if (keys[1:] == keys[:-1]).any():
        return pack(_told_apart(weights))
    length = math.sqrt(np.square(values, dtype=np.float64).sum())
    return keys.tobytes() + (values / np.float32(length) if length else values).tobytes()


def _told_apart(weights: Mapping[str, float]) -> Mapping[str, float]:
    """The weights without keys that another one of the same hash outweighs."""
    heaviest = {_numbers[key]: key for key in sorted(weights, key=weights.__getitem__)}
    return {key: weights[key] for key in heaviest.values()}


class _Numbers(dict[str, int]):
    """The hashes of keys."""

    def __missing__(self, key: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        number = int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "little")
        self[key] = number
        return number


_numbers = _Numbers()


class _Telling(dict[str, tuple[str, float] | None]):
    """The words of a language with their stems and how telling they are; None for those that say nothing."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.frequencies = frequencies(language)
        self.unlisted = UNLISTED if self.frequencies else UNTABLED
        self.stem = stemming(language)

    def __missing__(self, word: str) -> tuple[str, float] | None:
        rare = 6.0 - self.frequencies.get(word, self.unlisted)
        known = (self.stem(word), rare**1.5) if rare > 0 else None
        self[word] = known
        return known


_known: dict[str, _Telling] = {}


def _telling(language: str) -> _Telling:
    if sum(map(len, _known.values())) >= REMEMBERED:
        _known.clear()
    return _known.setdefault(language, _Telling(language))


@cache
def stemming(language: str) -> Callable[[str], str]:
    """What gives the stem of a folded word; the word itself where no stemmer knows the language."""
    name = STEMMERS.get(language)
    stem: Callable[[str], str] = (
        Stemmer.Stemmer(name, 0).stemWord if name else str
    )  # the stemmer's own memory takes as long as stemming
    return stem


def _halves(item: Wording) -> Iterator[Iterator[tuple[str, list[Part]]]]:
    """The title, and the text, as far as they are read."""
    yield opening(item, 0, 1, LIMIT)
    yield opening(item, 1, None, LIMIT)


def _name_keys(text: str, parts: list[Part]) -> Iterable[str]:
    """The keys of the words that are likely to be names."""
    rows = list(map(names_of, parts))
    found: list[str] = []
    places: list[int] = []
    for number in compress(range(len(rows)), rows):
        for name in rows[number]:
            if name.anywhere:
                found += name.keys
                continue
            places = places or _places(text)
            if not _begins(text, places[number] + name.start):
                found += name.keys
    return found


def _places(text: str) -> list[int]:
    """Where what stands between two blanks begins."""
    return list(accumulate((len(part) + 1 for part in text.split(" ")), initial=0))


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins at a place."""
    return SENTENCE_START.search(text[max(0, start - 3) : start]) is not None


def _damped(count: float) -> float:
    return 1 + math.log(count) if count > 1 else count
