"""What finding names is compared with: names exactly as written, and names with stemmed words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache

import ahocorasick_rs
import regex
import Stemmer

from generator.model import Entity
from generator.text import base_language

Finder = Callable[[str, str], Sequence[tuple[int, int, str]]]
"""Text and language to places; the text is looked at as a whole."""

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")

ALGORITHMS = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish", "nl": "dutch",
    "en": "english", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi",
    "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nb": "norwegian",
    "no": "norwegian", "fa": "persian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def exact_finder(entities: Iterable[Entity]) -> Finder:
    """The longest listed name exactly as it is written, on word boundaries; the first entry owns it."""
    names = _owners(entities, str)
    automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.Standard)

    def find(text: str, language: str) -> list[tuple[int, int, str]]:
        return _find(automaton, list(names.items()), text)

    return find


def stem_finder(entities: Iterable[Entity]) -> Finder:
    """The longest listed name whose words have the stems of the text's, by the language's stemmer."""
    entities = tuple(entities)

    @cache
    def names_of(language: str) -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, str]]]:
        names = _owners(entities, lambda name: _stemmed(name, language)[0])
        return ahocorasick_rs.AhoCorasick(list(names)), list(names.items())

    def find(text: str, language: str) -> list[tuple[int, int, str]]:
        language = base_language(language)
        automaton, names = names_of(language)
        stemmed, places = _stemmed(text, language)
        starts = {start: place for (start, _), place in places.items()}
        ends = {end: place for (_, end), place in places.items()}
        found = _find(automaton, names, stemmed)
        return [(starts[start][0], ends[end][1], entity) for start, end, entity in found]

    return find


def _owners(entities: Iterable[Entity], form: Callable[[str], str]) -> dict[str, str]:
    owners: dict[str, str] = {}
    for entity in sorted(entities, key=lambda entity: entity.id):
        for _, names in sorted(entity.names.items()):
            for name in names:
                if form(name).strip():
                    owners.setdefault(form(name).strip(), str(entity.id))
    return owners


def _find(
    automaton: ahocorasick_rs.AhoCorasick, names: Sequence[tuple[str, str]], text: str
) -> list[tuple[int, int, str]]:
    hits = automaton.find_matches_as_indexes(text, overlapping=True)
    whole = [
        (start, end, names[number][1])
        for number, start, end in hits
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
    ]
    chosen = []
    free = 0
    longest: dict[int, tuple[int, int, str]] = defaultdict(lambda: (0, 0, ""))
    for hit in whole:
        longest[hit[0]] = max(longest[hit[0]], hit, key=lambda item: item[1])
    for start, end, entity in sorted(longest.values()):
        if start >= free:
            chosen.append((start, end, entity))
            free = end
    return chosen


def _stemmed(text: str, language: str) -> tuple[str, dict[tuple[int, int], tuple[int, int]]]:
    """Stems joined by spaces, and for the place of each stem the place of its word."""
    parts: list[str] = []
    places: dict[tuple[int, int], tuple[int, int]] = {}
    length = 0
    for match in WORD.finditer(text):
        stem = _stem(match.group().casefold(), ALGORITHMS.get(language, ""))
        places[length, length + len(stem)] = match.span()
        parts.append(stem)
        length += len(stem) + 1
    return " ".join(parts), places


@lru_cache(maxsize=200_000)
def _stem(word: str, algorithm: str) -> str:
    """The stem; without a stemmer for the language the word less a quarter of its letters."""
    if not algorithm:
        return word[: max(3, len(word) - len(word) // 4)]
    return str(_stemmer(algorithm).stemWord(word))


@cache
def _stemmer(algorithm: str) -> "Stemmer.Stemmer":
    return Stemmer.Stemmer(algorithm)
