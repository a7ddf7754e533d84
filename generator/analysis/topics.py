"""What an article is about, as keys with weights: its telling words, and names and numbers in a form that all scripts share."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

import numpy as np
import regex
import Stemmer
from text_unidecode import unidecode

from generator.analysis.rarity import frequencies, zipf
from generator.model import Article
from generator.text import AROUND, LONGEST_PART, UNSPACED, base_language, fold, segments

#: Words that are read of a text: what happened stands at the beginning.
LIMIT = 500

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\u200c\u200d][\p{L}\p{M}]+)*")
NUMBER = regex.compile(r"(?<!\p{Nd})\p{Nd}{2,}(?:[.,٬ \u00a0]\p{Nd}{3})*(?!\p{Nd})")
#: What a number must have; looked for with the quicker of two modules.
DIGITS = re.compile(r"\d\d")
RUN = regex.compile(rf"[{UNSPACED}]+")
#: Names that stand out in scripts without spaces: Latin letters, and katakana, which writes foreign names.
STANDING_OUT = regex.compile(r"\p{Latin}{2,}|[\p{Katakana}ー]{3,}")
#: What is joined to a name and is none of it: *d’*, *l’* before, *’s* and endings after an apostrophe.
ELISION = regex.compile(r"^\p{L}{1,2}['’](?=\p{Lu})|['’]\p{Ll}+$")
#: Articles, prepositions and particles that are written together with the name.
JOINED_BEFORE = {
    "ar": regex.compile(r"^(?:وال|بال|كال|فال|لل|ال|و(?=\p{L}{4}))"),
    "he": regex.compile(r"^(?:וה|שה|מה|לה|בה|[והבלמשכ])(?=\p{L}{3})"),
}
JOINED_AFTER = {
    "ko": regex.compile(
        r"(?<=\p{L}{2})(?:에서는|에게서|으로는|에서|에게|으로|이라고|라고|까지|부터|처럼|보다|은|는|이|가|을|를|의|에|로|와|과|도|만)$"
    )
}
CASED = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}]")
#: A word in small letters, with what may stand around it.
SMALL = regex.compile(r"[\p{Latin}&&\p{Ll}]+[.,;:!?…”»]*", regex.V1)
SENTENCE_START = regex.compile(r"(?:^|[.!?:\"“«„\n])\s*$")

#: Values of words that are too common for names: with a capital, to begin a sentence, in a script without capitals.
COMMON, COMMON_TO_BEGIN, COMMON_WITHOUT_CASE = 5.2, 3.9, 4.2

#: Consonants that a name must have to be a key, and those that its beginning keeps.
SHORTEST = 3
STEM = 4

#: A word of the title weighs like this many in the text.
TITLE = 2.0

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "it": "italian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip

#: Consonants that scripts and spellings confuse, by one letter for all of them.
SOUNDS = {
    "sch": "S", "tch": "S", "dzh": "S", "dz": "S", "ch": "S", "sh": "S", "zh": "S", "ts": "S", "tz": "S", "ce": "S", "ci": "S",
    "cy": "S", "ph": "B", "th": "T", "kh": "K", "gh": "K", "ck": "K", "qu": "K", "x": "KS",
    "b": "B", "p": "B", "f": "B", "v": "B", "k": "K", "g": "K", "q": "K", "c": "K", "s": "S", "z": "S", "j": "S",
    "t": "T", "d": "T", "l": "L", "r": "R", "m": "M", "n": "N",
}  # fmt: skip
SOUND = regex.compile("|".join(sorted(SOUNDS, key=len, reverse=True)))
REPEATED = regex.compile(r"(.)\1+")
NOT_A_SOUND = regex.compile(r"[^A-Z]+")


def terms(article: Article) -> Mapping[str, float]:
    """The words of the article by how telling they are; only articles in one language can be compared by them."""
    language = base_language(article.language)
    counts: dict[str, float] = defaultdict(float)
    for texts, weight in _parts(article):
        for word, count in Counter(_words(texts)).items():
            counts[word] += weight * count
    weights: dict[str, float] = {}
    for word, times in counts.items():
        telling = 6.0 - zipf(word, language)
        if telling > 0:
            key = stem(word, language)
            weights[key] = weights.get(key, 0.0) + telling**1.5 * _damped(times)
    return weights


def names(article: Article) -> Mapping[str, float]:
    """Names by the sound of their consonants, and numbers by their digits; comparable across all languages."""
    language = base_language(article.language)
    counts: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for texts, _ in _parts(article):
        counts.update(_names(texts, language))
        for text in texts:
            for match in NUMBER.finditer(text) if DIGITS.search(text) else ():
                digits = "".join(str(unicodedata.digit(c)) for c in match.group() if c.isdigit())
                weights[digits] = 0.3 + 0.6 * len(digits.strip("0"))
    for sounds, count in counts.items():
        weights[sounds] = min(4, len(sounds.rstrip("-")) - 1) * _damped(count)
    return weights


def _skeletons(word: str, language: str) -> Iterator[str]:
    """The keys of a name: its consonants, and for a long one its beginning, which survives most endings."""
    word = ELISION.sub("", word)
    if language in JOINED_BEFORE:
        word = JOINED_BEFORE[language].sub("", word)
    if language in JOINED_AFTER:
        word = JOINED_AFTER[language].sub("", word)
    sounds = skeleton(word)
    if len(sounds) >= SHORTEST:
        yield sounds
    if len(sounds) > STEM:
        yield sounds[:STEM] + "-"
    elif len(sounds) == STEM:
        yield sounds + "-"


def pack(weights: Mapping[str, float]) -> bytes:
    """Keys and weights as the analysis keeps them: of unit length, by the hash of the key."""
    hashed: dict[int, float] = {}
    for key, weight in weights.items():
        number = _hashed(key)
        hashed[number] = max(weight, hashed.get(number, 0.0))
    order = sorted(hashed)
    values = np.array([hashed[number] for number in order], dtype="<f4")
    length = float(np.sqrt(np.sum(values.astype(np.float64) ** 2)))
    scaled = values / length if length else values
    return np.array(order, dtype="<u4").tobytes() + scaled.astype("<f4").tobytes()


@lru_cache(maxsize=50_000)
def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "little")


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of a word as they sound in any script: `Lavrov`, `Лавров` and `لافروف` are alike."""
    plain = unidecode(word).lower()
    sounds = NOT_A_SOUND.sub("", SOUND.sub(lambda match: SOUNDS[match.group()], plain))
    return REPEATED.sub(r"\1", sounds).replace("NB", "MB")


def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word where no stemmer knows the language."""
    stemmer = _stemmer(language)
    return word if stemmer is None else str(stemmer.stemWord(word))


@cache
def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    name = STEMMERS.get(language)
    return (
        None if name is None else Stemmer.Stemmer(name, 0)
    )  # looking up takes as long as stemming


def _parts(article: Article) -> Iterator[tuple[Sequence[str], float]]:
    """The title and the text, with what a word of each weighs."""
    title, *blocks = segments(article)
    yield [title], TITLE
    yield blocks, 1.0


def _words(texts: Sequence[str]) -> Iterator[str]:
    """The folded words of texts; pairs of characters where words are not set apart."""
    found: list[tuple[str, ...]] = []
    for text in texts:
        for part in text.split(" "):
            short = len(part) <= LONGEST_PART
            found += _read(part.strip(AROUND)) if short else _read.__wrapped__(part)
        if len(found) >= LIMIT:
            break
    return chain.from_iterable(found[:LIMIT])


@lru_cache(maxsize=100_000)
def _read(part: str) -> tuple[tuple[str, ...], ...]:
    """For each word in what stands between two blanks the words that it is read as."""
    return tuple(_read_as(fold(word)) for word in WORD.findall(part))


def _read_as(word: str) -> tuple[str, ...]:
    if RUN.search(word):
        return tuple(word[start : start + 2] for start in range(len(word) - 1))
    return (word,) if word and (len(word) > 1 or not word.isdigit()) else ()


class Named(NamedTuple):
    """A word that is likely to be a name: the how manyth, its place, whether also to begin a sentence, its keys."""

    number: int
    start: int
    anywhere: bool
    keys: tuple[str, ...]


def _names(texts: Sequence[str], language: str) -> Iterator[str]:
    """The keys of the words that are likely to be names."""
    words = 0
    for text in texts:
        place = 0
        for part in text.split(" "):
            short = len(part) <= LONGEST_PART
            count, found = (_named if short else _named.__wrapped__)(part, language)
            for number, start, anywhere, keys in found:
                if words + number < LIMIT and (anywhere or not _begins(text, place + start)):
                    yield from keys
            words += count
            place += len(part) + 1
        if words >= LIMIT:
            return


@lru_cache(maxsize=100_000)
def _named(part: str, language: str) -> tuple[int, tuple[Named, ...]]:
    """The number of words in what stands between two blanks, and those that may be names."""
    if SMALL.fullmatch(part):
        return 1, ()
    found, count = [], 0
    for count, match in enumerate(WORD.finditer(part), start=1):
        parts, anywhere = _name_like(match.group(), language)
        keys = tuple(key for item in parts for key in _skeletons(item, language))
        if keys:
            found.append(Named(count - 1, match.start(), anywhere, keys))
    return count, tuple(found)


def _name_like(word: str, language: str) -> tuple[Sequence[str], bool]:
    """What of a word is likely to be a name, and whether also where a sentence begins."""
    if RUN.search(word):
        return STANDING_OUT.findall(word), True
    if word.isdigit():
        return (), True
    table = frequencies(language)
    value = zipf(fold(word), language)
    if CASED.match(word):
        # A capital means a name unless the word is common, least of all where a sentence begins.
        fits = word[0].isupper() and value <= COMMON
        return (word,) if fits else (), not table or value <= COMMON_TO_BEGIN
    return (word,) if not table or value <= COMMON_WITHOUT_CASE else (), True


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins at a place."""
    return SENTENCE_START.search(text[max(0, start - 3) : start]) is not None


def _damped(count: float) -> float:
    return 1 + math.log(count) if count > 1 else count
