"""Which articles a change of the authority file can touch, so that the others keep their mentions."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from generator.analysis.lexicon import entity_names
from generator.analysis.morphology import TOKEN, endings, key
from generator.analysis.names import sound_key
from generator.analysis.sounds import SOUNDED
from generator.model import Article, Entity
from generator.text import base_language, segments

#: A form shares at least this many letters with its base, whatever the table of its language says.
LEAST = 1


@dataclass(frozen=True, slots=True)
class Needles:
    """The beginnings of words that a text must hold for one of several names to stand in it."""

    automaton: ahocorasick_rs.AhoCorasick
    names: tuple[frozenset[int], ...]

    def found_in(self, text: str) -> bool:
        """Whether all beginnings of some name are in `text`."""
        if not self.names:
            return False
        found = {
            number
            for number, _, _ in self.automaton.find_matches_as_indexes(text, overlapping=True)
        }
        return any(name <= found for name in self.names)


class Change:
    """A changed part of the authority file: entries as they were and as they are now.

    `touches` errs on the side of yes. Short forms need no look: they stand beside the full name.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = tuple(entities)
        self._names = tuple(
            tuple(key(word) for word in TOKEN.findall(text))
            for entity in self._entities
            for _, text, _, _ in entity_names(entity)
        )
        self._spelled = cache(self._spelled_needles)
        self._sounded = cache(self._sounded_needles)

    def touches(self, article: Article) -> bool:
        """Whether the mentions of an article may come out otherwise."""
        language = base_language(article.language)
        text = key("\n".join(segments(article)))
        if self._spelled(language).found_in(text):
            return True
        needles = self._sounded(language)
        return bool(needles.names) and needles.found_in(sound_key(text))

    def _spelled_needles(self, language: str) -> Needles:
        return _needles([_stem(word, language) for word in name] for name in self._names if name)

    def _sounded_needles(self, language: str) -> Needles:
        names = [
            [sound_key(_stem(key(word), language)) for word in TOKEN.findall(text)]
            for entity in self._entities
            if language not in map(base_language, entity.names)
            for _, text, order, _ in entity_names(entity)
            if order == 0 and all(map(SOUNDED.fullmatch, TOKEN.findall(text)))
        ]
        # The last letter of a cut word may sound otherwise together with the next one.
        return _needles([sound[:-1] or sound for sound in name] for name in names if all(name))


def _needles(names: Iterable[Iterable[str]]) -> Needles:
    numbers: dict[str, int] = {}
    wanted = tuple(
        frozenset(numbers.setdefault(stem, len(numbers)) for stem in name) for name in names
    )
    return Needles(ahocorasick_rs.AhoCorasick(list(numbers)), wanted)


def _stem(word: str, language: str) -> str:
    """The letters that all forms of a word have in this language; an Arabic article may be left off."""
    table = endings(language)
    if table.prefixes and word.startswith("ال") and len(word) > 4:
        word = word[2:]
    longest = max((len(e) for e in _base_endings(language) if word.endswith(e)), default=0)
    return word[: max(LEAST, len(word) - longest)]


@cache
def _base_endings(language: str) -> frozenset[str]:
    return frozenset(base for found in endings(language).bases.values() for base in found)
