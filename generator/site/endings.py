"""What is written onto words, for the languages that Pagefind cannot bring to their stems."""

from functools import cache
from typing import Any

from generator.resources import yaml_resource
from generator.text import base_language

NONE = "0"

#: Letters that must be left of a word.
LEFT = 3


@cache
def endings(language: str) -> tuple[str, ...]:
    """The endings that a word of a language may have, longest first; none where there is no table."""
    table = _table(f"suffixes/{base_language(language)}.yml")
    found = set(_clitics(language).get("suffixes", ()))
    while table:
        for base, forms in table.get("paradigms", {}).items():
            found |= {base, *forms.split()} - {NONE}
        table = _table(f"suffixes/{table['like']}.yml") if "like" in table else {}
    return tuple(sorted(found, key=lambda ending: (-len(ending), ending)))


def with_prefix_apart(form: str, language: str) -> str:
    """A word with an apostrophe after what is written onto its front; Pagefind indexes both and the rest alone."""
    for prefix in prefixes(language):
        if form.startswith(prefix) and len(form) - len(prefix) >= LEFT:
            return f"{prefix}'{form[len(prefix) :]}"
    return form


@cache
def prefixes(language: str) -> tuple[str, ...]:
    """What a language writes onto the front of a word, longest first."""
    found = _clitics(language).get("prefixes", ())
    return tuple(sorted(found, key=lambda prefix: (-len(prefix), prefix)))


def _clitics(language: str) -> dict[str, list[str]]:
    table: dict[str, dict[str, list[str]]] = yaml_resource("clitics.yml")
    return table.get(base_language(language), {})


def _table(name: str) -> dict[str, Any]:
    try:
        table: dict[str, Any] = yaml_resource(name)
    except FileNotFoundError:
        return {}
    return table
