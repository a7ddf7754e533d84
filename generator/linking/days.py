"""Days: a date as a number, and the names of weekdays and months in every language."""

from datetime import date
from functools import cache, lru_cache

import regex
from babel import UnknownLocaleError

from generator.resources import calendar_names
from generator.text import UNSPACED_START, fold


@lru_cache(maxsize=65_536)
def day_number(iso: str) -> int | None:
    """The day of a date as a number; None unless the day is known."""
    try:
        return date.fromisoformat(iso[:10]).toordinal() if len(iso) >= 10 else None
    except ValueError:
        return None


@cache
def calendar_pattern(language: str) -> str:
    """A pattern for the names of the weekdays and the months, as `fold` writes them; it matches nothing where none are known."""
    try:
        tables = calendar_names(language)
    except (UnknownLocaleError, ValueError):
        return "(?!)"
    names = {
        fold(str(name))
        for table in tables.values()
        for context in table.values()
        for name in context["wide"].values()
    }
    plain = [name for name in names if name and not any(sign.isdigit() for sign in name)]
    parts = (
        regex.escape(name) + ("" if UNSPACED_START.match(name) else r"(?![\p{L}\p{M}\p{N}])")
        for name in sorted(plain, key=lambda name: (-len(name), name))
    )
    return "|".join(parts) or "(?!)"
