"""Bring the catalogues up to date with the code: `python -m tests.catalogues`.

New messages are added without a translation (a test then names them), those no longer in the code are dropped, and
the strings of the theme are written anew.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from generator.settings import Settings
from generator.views.interface import interface
from generator.views.skeleton import strings_template

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "generator" / "locales"

#: Words of the interface in the code: `say` and `rich` have one message, `count` two.
KEYWORDS = {"say": None, "rich": None, "count": (1, 2)}

#: A fixed date, so that a catalogue changes only when its words do.
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def messages() -> set[str | tuple[str, str]]:
    """Every message of the code; one with plural forms is a pair."""
    found = extract_from_dir(
        str(ROOT / "generator" / "views"), [("**.py", "python")], keywords=KEYWORDS
    )
    return {
        (message[0], message[1]) if isinstance(message, tuple) else message
        for _, _, message, _, _ in found
    }


def path(language: str) -> Path:
    """The catalogue of a language."""
    return LOCALES / language / "LC_MESSAGES" / "variorum.po"


def read(language: str) -> Catalog:
    """The catalogue as it is."""
    return read_po(io.BytesIO(path(language).read_bytes()), locale=language)


def renewed(language: str) -> bytes:
    """The catalogue with exactly the messages of the code."""
    old = read(language)
    new = Catalog(
        locale=language,
        project="Variorum",
        version="1",
        fuzzy=False,
        header_comment="# Variorum: the interface in this language.",
        revision_date=STAMP,
        creation_date=STAMP,
        last_translator="Variorum",
        language_team=language,
        msgid_bugs_address="-",
    )
    for message in sorted(messages(), key=str):
        first = message if isinstance(message, str) else message[0]
        known = old.get(first)
        given = known.string if known is not None else None
        new.add(message, given if given else message if language == "en" else "")
    out = io.BytesIO()
    write_po(out, new, width=100, sort_output=True)
    return out.getvalue()


def main() -> None:
    """Write what is not up to date."""
    for language in Settings().languages:
        path(language).write_bytes(renewed(language))
    interface.cache_clear()
    strings = strings_template(Settings().languages)
    (ROOT / "generator" / "theme" / "strings.html").write_text(strings, encoding="utf-8")


if __name__ == "__main__":
    main()
