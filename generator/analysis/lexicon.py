"""All names of all entries in one table, ready to be looked up word by word."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cache

from generator.analysis.morphology import TOKEN, key
from generator.model import Entity, EntityKind, LanguageCode
from generator.record import record
from generator.resources import yaml_resource
from generator.text import base_language

#: Names of more words than this are cut out: nobody writes them, and they cost every reader time.
MOST_WORDS = 20


class Case(IntEnum):
    """How a word is written."""

    NONE = 0  # a script without case, or a number
    SMALL = 1
    CAPITAL = 2
    MIXED = 3  # capitals inside: *MIDa*, *iPhone*
    ALL_CAPITALS = 4


@record
class Name:
    """One name of one entity; `entity` and `order` are numbers of the lexicon.

    `order` is 0 for the heading of its language. A `derived` name is made of one in the entry by
    leaving out the legal form. `cases` has one item a word.
    """

    entity: int
    language: LanguageCode
    text: str
    order: int
    adjective: bool
    derived: bool
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names of all entities, by the keys of their words joined by spaces.

    `starts` has every first word with the number of words of the longest name it starts, `words` every
    word, and `beginnings` every proper beginning of two or more words. `languages` are those each entity has
    names in, by their first subtags; so is a name's language.
    """

    entities: tuple[Entity, ...]
    languages: tuple[frozenset[str], ...]
    names: Mapping[str, tuple[Name, ...]]
    starts: Mapping[str, int]
    words: frozenset[str]
    beginnings: frozenset[str]


def make_lexicon(entities: Iterable[Entity]) -> Lexicon:
    """Index entities; they are sorted by id first, so that their order does not matter."""
    ordered = tuple(sorted(entities, key=lambda entity: entity.id))
    names: dict[str, tuple[Name, ...]] = {}
    starts: dict[str, int] = {}
    words: set[str] = set()
    beginnings: set[str] = set()
    known: dict[tuple[Case, ...], tuple[Case, ...]] = {}
    for number, entity in enumerate(ordered):
        for language, text, order, sort in entity_names(entity):
            found = TOKEN.findall(text)
            keys = [key(word) for word in found]
            if not keys or len(keys) > MOST_WORDS or not all(keys):
                continue
            cases = tuple(map(case_of, found))
            name = Name(
                entity=number,
                language=LanguageCode(base_language(language)),
                text=text,
                order=order,
                adjective=sort is Sort.ADJECTIVE,
                derived=sort is Sort.DERIVED,
                cases=known.setdefault(cases, cases),
            )
            joined = " ".join(keys)
            names[joined] = (*names.get(joined, ()), name)
            starts[keys[0]] = max(starts.get(keys[0], 0), len(keys))
            words.update(keys)
            beginnings.update(" ".join(keys[:n]) for n in range(2, len(keys)))
    return Lexicon(
        ordered, _languages(ordered), names, starts, frozenset(words), frozenset(beginnings)
    )


def _languages(entities: Iterable[Entity]) -> tuple[frozenset[str], ...]:
    """The languages of each entity; equal sets are one object, since an archive has few different ones."""
    known: dict[frozenset[str], frozenset[str]] = {}
    sets = (frozenset(map(base_language, entity.names)) for entity in entities)
    return tuple(known.setdefault(item, item) for item in sets)


class Sort(Enum):
    """Where a name of an entity comes from."""

    GIVEN = "given"
    DERIVED = "derived"
    ADJECTIVE = "adjective"


def entity_names(entity: Entity) -> Iterator[tuple[LanguageCode, str, int, Sort]]:
    """Language, name, order and sort of every name of an entity."""
    for language, texts in sorted(entity.names.items()):
        for order, text in enumerate(texts):
            yield language, text, order, Sort.GIVEN
            core = _without_legal_form(text)
            if entity.kind is EntityKind.ORGANISATION and core and core not in texts:
                yield language, core, order, Sort.DERIVED
    for language, texts in sorted(entity.adjectives.items()):
        for order, text in enumerate(texts):
            yield language, text, order, Sort.ADJECTIVE


def _without_legal_form(text: str) -> str:
    """*Apple* of *Apple Inc.*; empty where nothing is to be left out."""
    words = text.split()
    kept = list(words)
    while len(kept) > 1 and _plain(kept[-1]) in legal_forms():
        kept.pop()
    while len(kept) > 1 and _plain(kept[0]) in legal_forms():
        kept.pop(0)
    return "" if len(kept) == len(words) else " ".join(kept).strip(" ,\"'«»„“”")


def _plain(word: str) -> str:
    return word.strip(",.()")


@cache
def legal_forms() -> frozenset[str]:
    """Words such as *Inc* and *GmbH*, as written."""
    return frozenset(map(str, yaml_resource("names/cues.yml")["legal_forms"]))


def case_of(word: str) -> Case:
    """How a word is written; a single capital letter is a capital."""
    if "\u10a0" <= word[:1] <= "\u10ff":  # Georgian, whose letters Unicode calls small
        return Case.NONE
    if word.islower():
        return Case.SMALL
    if word.isupper():
        return Case.ALL_CAPITALS if len(word) > 1 and word[1].isalpha() else Case.CAPITAL
    if word == word.lower():
        return Case.NONE
    return Case.CAPITAL if word[1:] == word[1:].lower() else Case.MIXED
