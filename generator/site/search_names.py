"""The table of names that the search page looks queries up in: spelling → entity, in files by first letters."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import regex

from generator.model import Entity, EntityId, EntityKind, OutputFile
from generator.site.segment import plain_letters
from generator.text import LOOSE_MARKS

#: Where the table lies, below `docs/`.
FOLDER = "search/names"

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
    files: dict[str, Any] = defaultdict(lambda: {"entities": {}, "spellings": defaultdict(dict)})
    for entity in sorted(entities, key=lambda item: item.id):
        shown = _shown(entity, address(entity.id))
        for written, kind in sorted(_spellings(entity, variants).items()):
            file = files[file_name(written)]
            file["entities"][entity.id] = shown
            file["spellings"][written][entity.id] = kind
    return tuple(
        OutputFile(path=f"{FOLDER}/{name}.json", content=_json(content))
        for name, content in sorted(files.items())
    )


def spelling(name: str) -> str:
    """The form in which names are compared: small letters without loose marks, words parted by a space."""
    folded = unicodedata.normalize("NFD", plain_letters(name))
    folded = unicodedata.normalize("NFC", LOOSE_MARKS.sub("", folded))
    return str(_OUTSIDE.sub(" ", folded)).strip()


def file_name(written: str) -> str:
    """The file of a spelling: its first two letters, or the first and its neighbours, in hexadecimal."""
    first = ord(written[0])
    if first >= WIDE:
        return f"w{first >> 6:x}"
    return "-".join(f"{ord(letter):x}" for letter in written[:2])


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
