"""The words that are likely to be names, as keys that all scripts share: the consonants as they sound."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex
from text_unidecode import unidecode

from generator.analysis.rarity import frequencies, zipf
from generator.text import UNSPACED, fold

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\u200c\u200d][\p{L}\p{M}]+)*")
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

#: Values of words that are too common for names: with a capital, to begin a sentence, in a script without capitals.
COMMON, COMMON_TO_BEGIN, COMMON_WITHOUT_CASE = 5.2, 3.9, 4.2

#: Consonants that a name must have to be a key, and those that its beginning keeps.
SHORTEST = 3
STEM = 4

#: Consonants that scripts and spellings confuse, by one letter for all of them.
SOUNDS = {
    "sch": "S", "tch": "S", "dzh": "S", "dz": "S", "ch": "S", "sh": "S", "zh": "S", "ts": "S", "tz": "S", "ce": "S", "ci": "S",
    "cy": "S", "ph": "B", "th": "T", "kh": "K", "gh": "K", "ck": "K", "qu": "K", "x": "KS",
    "b": "B", "p": "B", "f": "B", "v": "B", "k": "K", "g": "K", "q": "K", "c": "K", "s": "S", "z": "S", "j": "S",
    "t": "T", "d": "T", "l": "L", "r": "R", "m": "M", "n": "N",
}  # fmt: skip
SOUND = re.compile("|".join(sorted(SOUNDS, key=len, reverse=True)))
REPEATED = re.compile(r"(.)\1+")


class Named(NamedTuple):
    """A word that is likely to be a name: the how manyth, its place, whether also to begin a sentence, its keys."""

    number: int
    start: int
    anywhere: bool
    keys: tuple[str, ...]


def named(text: str, language: str) -> tuple[Named, ...]:
    """The words of a text that may be names."""
    found = []
    for number, match in enumerate(WORD.finditer(text)):
        parts, anywhere = _name_like(match.group(), language)
        keys = tuple(key for item in parts for key in _skeletons(item, language))
        if keys:
            found.append(Named(number, match.start(), anywhere, keys))
    return tuple(found)


def written_small(word: str) -> bool:
    """Whether a word begins with a small letter where names have a capital."""
    return not word[:1].isupper() and _cased(word[:1])


@lru_cache(maxsize=5_000)
def _cased(letter: str) -> bool:
    return CASED.match(letter) is not None


def _name_like(word: str, language: str) -> tuple[Sequence[str], bool]:
    """What of a word is likely to be a name, and whether also where a sentence begins."""
    if RUN.search(word):
        return STANDING_OUT.findall(word), True
    if word.isdigit() or written_small(word):
        return (), True
    table = frequencies(language)
    value = zipf(fold(word), language)
    if _cased(word[0]):
        # A capital means a name unless the word is common, least of all where a sentence begins.
        return (word,) if value <= COMMON else (), not table or value <= COMMON_TO_BEGIN
    return (word,) if not table or value <= COMMON_WITHOUT_CASE else (), True


def _skeletons(word: str, language: str) -> Iterator[str]:
    """The keys of a name: its consonants, and for a long one its beginning, which survives most endings."""
    if not word.isalpha():
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


@lru_cache(maxsize=20_000)  # a name stands before many marks, and in many languages
def skeleton(word: str) -> str:
    """The consonants of a word as they sound in any script: `Lavrov`, `Лавров` and `لافروف` are alike."""
    plain = word.lower() if word.isascii() else unidecode(word).lower()
    sounds = "".join([SOUNDS[sound] for sound in SOUND.findall(plain)])
    return REPEATED.sub(r"\1", sounds).replace("NB", "MB")
