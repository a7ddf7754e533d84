"""JSON Schemas of the corpus files, made from the same tables that the reader uses.

`python -m generator.corpus.schema` writes them to `corpus/schema/`, and the tables of keys into the documents.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from generator.corpus.documents import DOCUMENTS, with_tables
from generator.corpus.formats import FORMATS
from generator.model import Provenance

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = Path("corpus/schema")


def schemas() -> Mapping[str, str]:
    """The text of each schema by file name."""
    made = {
        f"{name}.json": {"$schema": DIALECT, "title": one.title, **one.schema()}
        for name, one in FORMATS.items()
    }
    made["provenance.json"] = {"$schema": DIALECT, **_closed(msgspec.json.schema(Provenance))}
    return {
        name: json.dumps(made[name], ensure_ascii=False, indent=2) + "\n" for name in sorted(made)
    }


def write_schemas(folder: Path) -> None:
    """Write the schemas, each to its own file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _closed(schema: Any) -> Any:
    """The schema with no key allowed beyond those it names."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    return closed | {"additionalProperties": False} if schema.get("type") == "object" else closed


def main() -> None:
    """Bring everything that is made from the tables of fields up to date."""
    write_schemas(FOLDER)
    for document in DOCUMENTS:
        document.write_text(with_tables(document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
