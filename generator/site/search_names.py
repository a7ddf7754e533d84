"""The table of names that the search page looks queries up in: spelling → entity, spread over files by first letters."""

import json
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import regex

from generator.model import Entity, EntityId, EntityKind, OutputFile
from generator.record import record
from generator.site.pagefind import packed
from generator.site.search_files import spread
from generator.site.segment import plain_letters, segmentation_rules
from generator.text import LOOSE_MARKS

#: Where the table lies, below `docs/`, and what tells the page which first letters it has.
FOLDER = "search/names"
LETTERS = f"{FOLDER}/letters.json"

#: Bytes of a file, about, before packing.
SIZE = 24_000

#: Letters of a word within a name from which on it is told, and the most entities that are told of one.
SHORTEST, MOST_OWNERS = 3, 24

#: From here on a script has so many letters that one of them, and its neighbours, tell enough.
WIDE = 0x2E80

Variants = Callable[[str, str], Iterable[str]]

_PARTING = regex.compile(r"[\s·・]+")
_OUTSIDE = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


@record
class _Named:
    """What the table tells of an entity: what is shown, its spellings with what they are, words within its names."""

    id: EntityId
    shown: dict[str, Any]
    spellings: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


def name_table(
    entities: Iterable[Entity], *, address: Callable[[EntityId], str], variants: Variants
) -> tuple[OutputFile, ...]:
    """The files of the table: every name, the family name of a person, and their variants; and, to offer what has them, words
    within names.

    `address` gives an entity's page, relative to the site's root; `variants` the other spellings that a name of
    a language may have.
    """
    found = [
        _named(entity, address(entity.id), variants)
        for entity in sorted(entities, key=lambda item: item.id)
    ]
    files: list[dict[str, Any]] = [
        {"entities": {}, "spellings": defaultdict(dict), "words": {}}
        for _ in range(sum(map(_weight, found)) // SIZE + 1)
    ]
    keys = set()
    for word, owners in sorted(_owners(found).items()):
        keys.add(key_of(word))
        file = files[spread(key_of(word), len(files))]
        file["words"][word] = [one.id for one in owners]
        file["entities"] |= {one.id: _brief(one.shown) for one in owners}
    for one in found:
        for written, kind in one.spellings:
            keys.add(key_of(written))
            file = files[spread(key_of(written), len(files))]
            file["entities"][one.id] = one.shown
            file["spellings"][written][one.id] = kind
    letters = {"files": len(files), "letters": _letters(keys)}
    return (
        OutputFile(path=LETTERS, content=_json(letters)),
        *(
            OutputFile(path=f"{FOLDER}/{number}.json.gz", content=packed(_json(content)))
            for number, content in enumerate(files)
        ),
    )


def _named(entity: Entity, address: str, variants: Variants) -> _Named:
    spellings = sorted(_spellings(entity, variants).items())
    return _Named(
        id=entity.id,
        shown=_shown(entity, address),
        spellings=tuple(spellings),
        words=tuple(_words([written for written, _ in spellings])),
    )


def _weight(one: _Named) -> int:
    """About how many bytes an entity has in the files."""
    return len(_json(one.shown)) * (len(one.spellings) + len(one.words) // 2)


def _words(spellings: Sequence[str]) -> Iterator[str]:
    """The words within sorted spellings; a word that one of them begins with is found there."""
    for word in sorted({word for written in spellings for word in written.split()[1:]}):
        place = bisect_left(spellings, word)
        begins = place < len(spellings) and spellings[place].startswith(word)
        if not begins and (len(word) >= SHORTEST or ord(word[0]) >= WIDE):
            yield word


def _owners(found: Iterable[_Named]) -> Mapping[str, list[_Named]]:
    """Whose names have a word; of very many those that have names in most languages."""
    owners: dict[str, list[_Named]] = defaultdict(list)
    for one in found:
        for word in one.words:
            owners[word].append(one)
    return {
        word: sorted(some, key=lambda one: (-len(one.shown["names"]), one.id))[:MOST_OWNERS]
        for word, some in owners.items()
    }


def _brief(shown: dict[str, Any]) -> dict[str, Any]:
    """What is shown of an entity that is only offered: its headings."""
    names = {language: found[:1] for language, found in shown["names"].items()}
    return {"url": shown["url"], "kind": shown["kind"], "names": names}


def _letters(keys: Iterable[str]) -> dict[str, str]:
    """The keys by their first letter: the second letters in a row, a full stop where there is none."""
    found: dict[str, str] = defaultdict(str)
    for key in sorted(keys):
        found[key[0]] += key[1:] or "."
    return found


def spelling(name: str) -> str:
    """The form in which names are compared: small letters without loose marks, those that names interchange made one, words
    parted by a space."""
    folded = unicodedata.normalize("NFD", plain_letters(name))
    folded = unicodedata.normalize("NFC", LOOSE_MARKS.sub("", folded))
    return str(_OUTSIDE.sub(" ", folded.translate(_alike()))).strip()


@cache
def _alike() -> dict[int, str]:
    """Letters that names are compared without telling apart."""
    return str.maketrans(segmentation_rules()["names"])


def key_of(written: str) -> str:
    """What decides in which file a spelling lies: its first two letters, or the first of the row of sixty-four that a
    letter is in where there are so many."""
    first = ord(written[0])
    return chr(first >> 6 << 6) if first >= WIDE else written[:2]


def _shown(entity: Entity, address: str) -> dict[str, Any]:
    names = {language: list(found) for language, found in sorted(entity.names.items())}
    shown: dict[str, Any] = {"url": address, "kind": entity.kind, "names": names}
    if entity.kind is EntityKind.PERSON:
        shown["parts"] = {language: _short_names(found) for language, found in names.items()}
    return shown


def _spellings(entity: Entity, variants: Variants) -> Mapping[str, str]:
    """Each spelling with what it is: the whole `name`, or the family name as `part`; a whole name wins."""
    found: dict[str, str] = {}
    for language, names in entity.names.items():
        for name in names:
            for variant in (name, *variants(name, language)):
                written = spelling(variant)
                if written:
                    found[written] = "name"
                for part in _family_names([variant]) if entity.kind is EntityKind.PERSON else ():
                    found.setdefault(spelling(part), "part")
    return found


def _short_names(names: list[str]) -> list[str]:
    """What a person is called by one word: family names, and names that are one word."""
    family = _family_names(names)
    single = [name for name in names if not _PARTING.search(name) and name not in family]
    return [*family, *single]


def _family_names(names: Iterable[str]) -> list[str]:
    """The last words of names of several words; a name without spaces cannot be parted."""
    found = []
    for name in names:
        *before, last = _PARTING.split(name.strip())
        if before and len(spelling(last)) > 1 and last not in found:
            found.append(last)
    return found


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
