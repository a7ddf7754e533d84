"""Words by which page furniture gives itself away, in many languages, from `data/ingest/phrases`."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import regex
from ahocorasick_rs import AhoCorasick

from generator.record import record
from generator.resources import yaml_resource
from generator.text import fold, words

#: One file per language; `mul` holds what is written alike everywhere.
LANGUAGES = (
    "ar",
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "fa",
    "fi",
    "fr",
    "he",
    "hi",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "mul",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sr",
    "sv",
    "th",
    "tr",
    "uk",
    "vi",
    "zh",
)

#: Longest block, in words, that a phrase at its start or inside can speak for.
LONGEST = {"start": 30, "inside": 45}
#: A block with more characters has more words than that, and is no label.
MOST_CHARACTERS = 2_000

#: What stands around a label and does not count: marks of lists, arrows, punctuation.
TRIM = "".join(" \t*•·|-–—>»«‹›:：.,#+_[]()【】!▶►→≫…")


@record
class PhraseMatch:
    """A phrase found in a block: its category, where it stands and the words themselves."""

    category: str
    place: str
    phrase: str


def match_phrases(text: str) -> tuple[PhraseMatch, ...]:
    """The phrases of furniture in a block, at most one for each category, strongest place first."""
    if len(text) > MOST_CHARACTERS:
        return ()
    label = fold(text).strip(TRIM)
    length = len(words(text))
    found: dict[str, PhraseMatch] = {}
    for category in _table()["whole"].get(label, ()):
        found[category] = PhraseMatch(category=category, place="whole", phrase=label)
    if length > max(LONGEST.values()):
        return ()
    hits = [
        (start, end)
        for _, start, end in _automaton().find_matches_as_indexes(label, overlapping=True)
        if _bounded(label, start, end)
    ]
    for place in ("start", "inside"):
        for start, end in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if length <= LONGEST[place] and (start == 0 or place == "inside"):
                phrase = label[start:end]
                for category in _table()[place].get(phrase, ()):
                    found.setdefault(
                        category, PhraseMatch(category=category, place=place, phrase=phrase)
                    )
    return tuple(found.values())


@cache
def categories() -> tuple[str, ...]:
    """All categories of the data, sorted."""
    table = _table()
    return tuple(
        sorted({item for place in table.values() for found in place.values() for item in found})
    )


@cache
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Place → phrase → categories, folded."""
    table: dict[str, dict[str, set[str]]] = {"whole": {}, "start": {}, "inside": {}}
    for language in LANGUAGES:
        for category, places in yaml_resource(f"ingest/phrases/{language}.yml").items():
            for place, phrases in places.items():
                for phrase in phrases:
                    key = fold(phrase)
                    key = key.strip(TRIM) or key if place == "whole" else key
                    table[place].setdefault(key, set()).add(category)
    return MappingProxyType(
        {
            place: {phrase: tuple(sorted(found)) for phrase, found in entries.items()}
            for place, entries in table.items()
        }
    )


@cache
def _automaton() -> AhoCorasick:
    """All phrases for starts and insides in one machine."""
    table = _table()
    return AhoCorasick(sorted({*table["start"], *table["inside"]}))


#: Scripts in which a word's end cannot be seen.
UNBOUNDED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Hangul}]")


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether a stretch neither begins nor ends within a word."""
    phrase = text[start:end]
    if UNBOUNDED.search(phrase):
        return True
    opens = start == 0 or not (text[start - 1].isalnum() and phrase[0].isalnum())
    closes = end == len(text) or not (text[end].isalnum() and phrase[-1].isalnum())
    return opens and closes
