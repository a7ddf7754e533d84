"""Under which stems Pagefind files words: plain words by its rules, all others by asking its program."""

import re
import unicodedata
from collections.abc import Collection
from functools import cache

import Stemmer

from generator.site.pagefind import STEMMED, ask
from generator.site.postings import Entries, Entry, Key
from generator.site.segment import MARK

#: What a word weighs, and what its parts weigh together.
WEIGHT = 24

#: Words of a language, about, that are remembered with what they are found under.
REMEMBERED = 1 << 16

#: Languages whose stemmer in Pagefind is another one than ours, or has another name here.
_OTHER, _NAMES = frozenset({"da", "fi"}), {"nb": "no", "nn": "no"}

#: Letters that no edition of Unicode takes for anything else; `segment` gives only small ones.
_LETTERS = "a-zß-öø-ƿǆ-ʯͱͳͷά-ώϊ-ώа-џѡ-ҁҋ-ԯա-ևא-תؠ-غف-يٮٯٱ-ۓە"
_PLAIN = re.compile(rf"[{_LETTERS}0-9]+|[{_LETTERS}]+(?:'[{_LETTERS}]+)+")
_PIECE = re.compile(rf"{MARK}\d+")


def file_words(words: Collection[str], language: str) -> list[Entries]:
    """For each word what it is found under; `language` is a base language, words are as `segment` gives them."""
    known = _known(language)
    if len(known) > REMEMBERED:
        known.clear()
    pieces = {word: (Entry(Key(word, None), WEIGHT),) for word in words if _PIECE.fullmatch(word)}
    others = []
    for word in words:
        if word in known or word in pieces:
            continue
        if _PLAIN.fullmatch(word) and language not in _OTHER:
            known[word] = _entries(word, language)
        else:
            others.append(word)
    if others:
        known |= ask(others, language).entries
    return [pieces.get(word) or known[word] for word in words]


@cache
def _known(language: str) -> dict[str, Entries]:
    """What is remembered from one call to the next."""
    return {}


def _entries(word: str, language: str) -> Entries:
    """The word without apostrophes, and what stands between them if that has more than one byte."""
    if "'" not in word:
        return (Entry(_key(word, language), WEIGHT),)
    parts = [part for part in word.split("'") if len(part.encode()) > 1]
    share = max(WEIGHT // len(parts), 1) if parts else 0
    return (
        Entry(_key(word.replace("'", ""), language), WEIGHT),
        *(Entry(_key(part, language), share) for part in parts),
    )


def _key(word: str, language: str) -> Key:
    plain = word if word.isascii() else _without_marks(word)
    stemmer = _stemmer(language)
    stem = plain if stemmer is None else stemmer.stemWord(plain)
    return Key(stem, None if plain == word else word)


def _without_marks(word: str) -> str:
    return unicodedata.normalize("NFD", word).translate(_bare)


class _Bare(dict[int, int | None]):
    """Each letter as itself, and a mark as nothing."""

    def __missing__(self, letter: int) -> int | None:
        is_mark = unicodedata.category(chr(letter)).startswith("M")
        self[letter] = found = None if is_mark else letter
        return found


_bare = _Bare()


@cache
def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    name = _NAMES.get(language, language)
    return Stemmer.Stemmer(name, 0) if language in STEMMED else None
