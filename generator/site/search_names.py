"""The table of names that the search page looks queries up in: spelling → entity, spread over files by first letters."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import regex

from generator.model import Entity, EntityId, EntityKind, OutputFile
from generator.site.pagefind import packed
from generator.site.search_stems import spread
from generator.site.segment import plain_letters
from generator.text import LOOSE_MARKS

#: Where the table lies, below `docs/`, and what tells the page which first letters it has.
FOLDER = "search/names"
LETTERS = f"{FOLDER}/letters.json"

#: Bytes of a file, about, before packing.
SIZE = 24_000

#: From here on a script has so many letters that one of them, and its neighbours, tell enough.
WIDE = 0x2E80

Variants = Callable[[str, str], Iterable[str]]

_PARTING = regex.compile(r"[\s·・]+")
_OUTSIDE = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def name_table(
    entities: Iterable[Entity], *, address: Callable[[EntityId], str], variants: Variants
) -> tuple[OutputFile, ...]:
    """The files of the table: every name, the family name of a person, and their variants.

    `address` gives an entity's page, relative to the site's root; `variants` the other spellings that a name of
    a language may have.
    """
    found = [
        (
            entity.id,
            _shown(entity, address(entity.id)),
            sorted(_spellings(entity, variants).items()),
        )
        for entity in sorted(entities, key=lambda item: item.id)
    ]
    weight = sum(len(_json(shown)) * len(written) for _, shown, written in found)
    files: list[dict[str, Any]] = [
        {"entities": {}, "spellings": defaultdict(dict)} for _ in range(weight // SIZE + 1)
    ]
    keys = set()
    for entity, shown, spellings in found:
        for written, kind in spellings:
            keys.add(key_of(written))
            file = files[spread(key_of(written), len(files))]
            file["entities"][entity] = shown
            file["spellings"][written][entity] = kind
    letters = {"files": len(files), "letters": _letters(keys)}
    return (
        OutputFile(path=LETTERS, content=_json(letters)),
        *(
            OutputFile(path=f"{FOLDER}/{number}.json.gz", content=packed(_json(content)))
            for number, content in enumerate(files)
        ),
    )


def _letters(keys: Iterable[str]) -> dict[str, str]:
    """The keys by their first letter: the second letters in a row, a full stop where there is none."""
    found: dict[str, str] = defaultdict(str)
    for key in sorted(keys):
        found[key[0]] += key[1:] or "."
    return found


def spelling(name: str) -> str:
    """The form in which names are compared: small letters without loose marks, words parted by a space."""
    folded = unicodedata.normalize("NFD", plain_letters(name))
    folded = unicodedata.normalize("NFC", LOOSE_MARKS.sub("", folded))
    return str(_OUTSIDE.sub(" ", folded)).strip()


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
