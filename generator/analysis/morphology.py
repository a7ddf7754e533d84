"""Reading a word backwards: the base forms that an inflected word of a language may stand for."""

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import regex

from generator.errors import VariorumError
from generator.record import record
from generator.resources import resource, yaml_resource
from generator.text import UNSPACED, base_language, fold

#: A word as names are compared by: apostrophes and hyphens end it, so that *O'Brien* is two words,
#: *l'Italia* gives *Italia* and *Ankara'da* gives *Ankara*.
TOKEN = regex.compile(
    rf"[{UNSPACED}]\p{{M}}*|[[\p{{L}}\p{{N}}\p{{M}}\u200c\u200d]--[{UNSPACED}]]+", regex.V1
)

#: Letters that writers of Arabic and Persian keyboards use for one another.
LETTERS = str.maketrans({"ی": "ي", "ک": "ك", "\u200c": None, "\u200d": None})

ZERO = "0"
LONGEST_CHAIN = 5


@record
class Endings:
    """How a language's words end: for the ending of a form, the endings its base may have.

    `stem` is the least number of letters that form and base share. `longest` is the length of the
    longest ending, `last` are the letters that endings end in. `prefixes` are written onto a word before it, `suffixes` after it.
    """

    stem: int
    bases: Mapping[str, tuple[str, ...]]
    longest: int
    last: frozenset[str]
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


def key(word: str) -> str:
    """The form a word of a name is compared by: folded, with interchangeable letters made one."""
    return word.lower() if word.isascii() else fold(word).translate(LETTERS)


@cache
def endings(language: str) -> Endings:
    """The table of a language (first subtag); an empty one where none ships."""
    language = base_language(language)
    paradigms, stem = _paradigms(language)
    bases: dict[str, set[str]] = {}
    for base, forms in paradigms.items():
        for form in forms:
            if form != base:
                bases.setdefault(form, set()).add(base)
    clitics = yaml_resource("clitics.yml").get(language, {})
    return Endings(
        stem=stem,
        bases=MappingProxyType({form: tuple(sorted(found)) for form, found in bases.items()}),
        longest=max(map(len, bases), default=0),
        last=frozenset(form[-1:] for form in bases),
        prefixes=tuple(sorted({key(item) for item in clitics.get("prefixes", ())})),
        suffixes=tuple(sorted({key(item) for item in clitics.get("suffixes", ())})),
    )


@lru_cache(maxsize=2000)  # names are looked for by spelling, then by sound
def bases(word: str, language: str) -> tuple[str, ...]:
    """The base forms that `word` (a key) may stand for, itself left out; sorted.

    Most of them are no words at all: the caller keeps those that are in a list of names.
    """
    table = endings(language)
    found = set(_without_endings(word, table))
    for stripped in _without_clitics(word, table):
        found.add(stripped)
        found.update(_without_endings(stripped, table))
    found.discard(word)
    return tuple(sorted(found))


def known_bases(word: str, language: str, known: Container[str]) -> Sequence[str]:
    """Those `bases` that are in a list of names."""
    table = endings(language)
    if table.prefixes or table.suffixes:
        return [item for item in bases(word, language) if item in known]
    if word[-1:] not in table.last and "" not in table.bases:
        return ()
    found = [item for item in _without_endings(word, table) if item in known and item != word]
    return sorted(set(found)) if len(found) > 1 else found


def _without_endings(word: str, table: Endings) -> Iterator[str]:
    for length in range(min(table.longest, len(word) - 1) + 1):
        cut = len(word) - length
        for base in table.bases.get(word[cut:], ()):
            if cut >= table.stem or (length and _short_stem_fits(cut, length, base)):
                yield word[:cut] + base


def _short_stem_fits(cut: int, length: int, base: str) -> bool:
    """A stem shorter than usual needs more in common: two letters, or one and long endings (*dům*, *domu*)."""
    return (cut >= 2 and base != "") or (cut == 1 and length >= 3 and len(base) >= 2)


def _without_clitics(word: str, table: Endings) -> set[str]:
    found = set()
    for prefix in table.prefixes:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) >= 2:
            found.add(rest)
            if prefix.endswith("لل"):  # the article's alif is not written after li-
                found.add("ال" + rest)
    for suffix in table.suffixes:
        for item in (word, *found):
            if item.endswith(suffix) and len(item) - len(suffix) >= 3:
                found = found | {item[: -len(suffix)]}
    return found


def _paradigms(language: str) -> tuple[dict[str, set[str]], int]:
    """Base ending → form endings, folded, with the tables this one builds upon."""
    merged: dict[str, set[str]] = {}
    stem = 0
    for _ in range(LONGEST_CHAIN):
        table = _table(language)
        for base, forms in table.get("paradigms", {}).items():
            folded = {_ending(form) for form in forms.split()}
            merged.setdefault(_ending(base), set()).update(folded)
        stem = stem or table.get("stem", 0)
        if "like" not in table:
            break
        language = table["like"]
    return merged, stem or 3


def _table(language: str) -> Mapping[str, Any]:
    if not language.isalpha():
        return {}
    try:
        resource(f"suffixes/{language}.yml")
    except FileNotFoundError:
        return {}
    table = yaml_resource(f"suffixes/{language}.yml")
    if not isinstance(table, dict):
        raise VariorumError(f"suffixes/{language}.yml: expected a mapping, got {table!r}")
    return table


def _ending(text: str) -> str:
    return "" if text == ZERO else key(text)
