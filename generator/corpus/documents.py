"""The tables of keys in the documents, made from the same tables that the reader uses."""

import re
from pathlib import Path

from generator.corpus.fields import Form
from generator.corpus.formats import (
    CAPTURE,
    DECISION,
    ENTITY,
    FRONT_MATTER,
    QUOTATION,
    REDIRECT,
    SOURCE,
)

TABLES = {
    "article": FRONT_MATTER,
    "capture": CAPTURE,
    "sources": SOURCE,
    "entities": ENTITY,
    "decisions": DECISION,
    "quotations": QUOTATION,
    "redirects": REDIRECT,
}
DOCUMENTS = (Path("docs/contributing-articles.md"), Path("docs/contributing-entities.md"))
MARKED = re.compile(r"(<!-- keys: (?P<name>[a-z]+) -->\n).*?(<!-- end of keys -->)", re.DOTALL)


def field_table(fields: Form) -> str:
    """A Markdown table of a format's keys."""
    rows = (
        f"| `{field.name}` | {'yes' if field.required else ''} | {field.kind.name} | {field.about} |\n"
        for field in fields.values()
    )
    return "| key | required | value | meaning |\n|---|---|---|---|\n" + "".join(rows)


def with_tables(text: str) -> str:
    """A document with its tables made anew; they stand between `<!-- keys: … -->` and `<!-- end of keys -->`."""
    return MARKED.sub(
        lambda match: f"{match[1]}\n{field_table(TABLES[match['name']])}\n{match[3]}", text
    )
