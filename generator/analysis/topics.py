"""What an article is about, as keys with weights: its telling words, and names and numbers in a form that all scripts share."""

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
import regex
import Stemmer
from text_unidecode import unidecode

from generator.analysis.rarity import frequencies, zipf
from generator.model import Article
from generator.text import UNSPACED, base_language, fold, segments

#: Words that are read of a text: what happened stands at the beginning.
LIMIT = 500

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\u200c\u200d][\p{L}\p{M}]+)*")
NUMBER = regex.compile(r"(?<!\p{Nd})\p{Nd}{2,}(?:[.,٬ \u00a0]\p{Nd}{3})*(?!\p{Nd})")
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
SENTENCE_START = regex.compile(r"(?:^|[.!?:\"“«„\n])\s*$")

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
    for text, weight in _parts(article):
        for word in _words(text):
            counts[word] += weight
    weights: dict[str, float] = {}
    for word, count in counts.items():
        telling = max(0.0, 6.0 - zipf(word, language))
        if telling:
            key = stem(word, language)
            weights[key] = weights.get(key, 0.0) + telling**1.5 * _damped(count)
    return weights


def names(article: Article) -> Mapping[str, float]:
    """Names by the sound of their consonants, and numbers by their digits; comparable across all languages."""
    language = base_language(article.language)
    counts: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for text, _ in _parts(article):
        for word in _names(text, language):
            for sounds in _skeletons(word, language):
                counts[sounds] += 1
        for match in NUMBER.finditer(text):
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
        number = int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "little")
        hashed[number] = max(weight, hashed.get(number, 0.0))
    keys = np.array(sorted(hashed), dtype="<u4")
    values = np.array([hashed[int(key)] for key in keys], dtype="<f4")
    length = float(np.sqrt(np.sum(values.astype(np.float64) ** 2)))
    return keys.tobytes() + (values / length if length else values).astype("<f4").tobytes()


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of a word as they sound in any script: `Lavrov`, `Лавров` and `لافروف` are alike."""
    plain = unidecode(word).lower()
    sounds = NOT_A_SOUND.sub("", SOUND.sub(lambda match: SOUNDS[match.group()], plain))
    return REPEATED.sub(r"\1", sounds).replace("NB", "MB")


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word where no stemmer knows the language."""
    stemmer = _stemmer(language)
    return word if stemmer is None else str(stemmer.stemWord(word))


@cache
def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    name = STEMMERS.get(language)
    return None if name is None else Stemmer.Stemmer(name)


def _parts(article: Article) -> Iterator[tuple[str, float]]:
    """The title and the text, with what a word of each weighs."""
    title, *blocks = segments(article)
    yield title, TITLE
    yield "\n".join(blocks), 1.0


def _words(text: str) -> Iterator[str]:
    """The folded words of a text; pairs of characters where words are not set apart."""
    for count, match in enumerate(WORD.finditer(text)):
        if count >= LIMIT:
            return
        word = fold(match.group())
        if RUN.search(word):
            yield from _pairs(word)
        elif (len(word) > 1 or not word.isdigit()) and word:
            yield word


def _pairs(word: str) -> Iterable[str]:
    return (word[start : start + 2] for start in range(len(word) - 1))


def _names(text: str, language: str) -> Iterator[str]:
    """The words of a text that are likely to be names."""
    table = frequencies(language)
    for count, match in enumerate(WORD.finditer(text)):
        if count >= LIMIT:
            return
        word = match.group()
        if RUN.search(word):
            yield from STANDING_OUT.findall(word)
        elif word.isdigit():
            continue
        elif CASED.match(word):
            if word[0].isupper() and _rare_enough(word, text, match.start(), language):
                yield word
        elif not table or zipf(fold(word), language) <= 4.2:
            yield word


def _rare_enough(word: str, text: str, start: int, language: str) -> bool:
    """Whether a capital means a name: a common word is none, least of all where a sentence begins."""
    value = zipf(fold(word), language)
    begins = SENTENCE_START.search(text[max(0, start - 3) : start]) is not None
    return value <= (3.9 if begins and frequencies(language) else 5.2)


def _damped(count: float) -> float:
    return 1 + math.log(count) if count > 1 else count
