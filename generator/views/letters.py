"""Lists of names are cut by script and first letters, so that no page grows with the archive."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

import regex

from generator.record import record
from generator.text import fold, slug
from generator.views.interface import Interface

T = TypeVar("T")

#: Scripts of names in news, by the code that CLDR names them with; others are `Zzzz`.
SCRIPTS = [
    "Latn",
    "Cyrl",
    "Grek",
    "Arab",
    "Hebr",
    "Hani",
    "Hira",
    "Kana",
    "Hang",
    "Deva",
    "Beng",
    "Guru",
    "Gujr",
    "Orya",
    "Taml",
    "Telu",
    "Knda",
    "Mlym",
    "Sinh",
    "Thai",
    "Laoo",
    "Khmr",
    "Mymr",
    "Tibt",
    "Geor",
    "Armn",
    "Ethi",
    "Mong",
    "Thaa",
    "Syrc",
]
PATTERNS = {code: regex.compile(rf"\p{{Script={code}}}") for code in SCRIPTS}
LETTER = regex.compile(r"\p{L}")
ANY_SCRIPT = "Zzzz"

#: The folder of names that end where others go on.
NO_LETTER = "-"


@record
class Leaf(Generic[T]):
    """One page of a cut list: `path` below the list's address, the letters of each step, and either
    the entries or its parts (path, letters, number of entries)."""

    path: str
    steps: tuple[str, ...]
    entries: tuple[T, ...]
    parts: tuple[tuple[str, str, int], ...]
    count: int


def script_of(name: str) -> str:
    """The script of the first letter of a name; kana and Han count as one where the name mixes them."""
    first = LETTER.search(name)
    if first is None:
        return ANY_SCRIPT
    for code, pattern in PATTERNS.items():
        if pattern.match(first.group()):
            return "Kana" if code == "Hira" else code
    return ANY_SCRIPT


def script_name(script: str, ui: Interface) -> str:
    """A script in the words of the interface."""
    if script == ANY_SCRIPT:
        return ui.say("Other signs")
    return ui.heading(str(ui.locale.scripts.get(script, script)))


@lru_cache(maxsize=200_000)
def sort_letters(name: str) -> str:
    """What a name is sorted by: Han by its reading in Latin letters, Hangul by its letters, the rest folded."""
    folded = fold(name).lstrip()
    script = script_of(name)
    if script == "Hani":
        return slug(name).replace("-", "")
    if script == "Hang":
        return unicodedata.normalize("NFD", folded)
    return "".join(character for character in folded if character.isalnum())


def cut_by_letters(
    entries: Sequence[tuple[str, T]], limit: int, path: str = "", steps: tuple[str, ...] = ()
) -> Iterator[Leaf[T]]:
    """The pages of a list of names with what each stands for. What is longer than `limit` is cut by the
    first letter that tells its names apart; names with all letters alike stay together."""
    keyed = [(sort_letters(name), (name, entry)) for name, entry in entries]
    same = _common([key for key, _ in keyed])
    groups: dict[str, list[tuple[str, T]]] = {}
    for key, item in keyed:
        groups.setdefault(key[: same + 1], []).append(item)
    if len(entries) <= limit or len(groups) < 2:
        shown = tuple(entry for _, entry in entries)
        yield Leaf(path=path, steps=steps, entries=shown, parts=(), count=len(entries))
        return
    known = len(steps[-1]) if steps else 0
    parts = tuple(
        (f"{path}{_folder(letters[known:])}/", letters, len(items))
        for letters, items in sorted(groups.items())
    )
    yield Leaf(path=path, steps=steps, entries=(), parts=parts, count=len(entries))
    for below, letters, _ in parts:
        yield from cut_by_letters(groups[letters], limit, below, (*steps, letters))


def _common(keys: Sequence[str]) -> int:
    """How many letters all keys begin with."""
    if not keys:
        return 0
    first, last = min(keys), max(keys)
    pairs = zip(first, last, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), len(first))


def _folder(letters: str) -> str:
    """Letters as a folder: themselves if ASCII, else their numbers; for none what no letter gives."""
    return (
        "".join(
            letter if letter.isascii() and letter.isalnum() else f"u{ord(letter):04x}"
            for letter in letters
        )
        or NO_LETTER
    )


def shown_letters(letters: str) -> str:
    """Letters as a heading shows them."""
    return unicodedata.normalize("NFC", letters).capitalize() or "·"
