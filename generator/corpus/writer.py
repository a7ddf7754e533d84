"""Records become corpus files that are read as the same records."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import yaml

from generator.corpus.body import format_body
from generator.corpus.fields import Form
from generator.corpus.formats import CAPTURE, ENTITY, FRONT_MATTER
from generator.corpus.nodes import Scalar, plain_type
from generator.model import Article, ArticleDate, Capture, Entity, EntityKind, Rights, Status

#: The files of the authority, by what they hold.
ENTITY_FILES: Mapping[EntityKind, str] = {
    EntityKind.PERSON: "entities/people.yml",
    EntityKind.ORGANISATION: "entities/organisations.yml",
    EntityKind.PLACE: "entities/places.yml",
    EntityKind.EVENT: "entities/events.yml",
    EntityKind.WORK: "entities/works.yml",
}
#: What goes without saying in a file.
DEFAULTS = {"rights": Rights.FULL, "status": Status.PUBLISHED}


def write_article(article: Article) -> str:
    """The file of an article: front matter and text.

    Texts must be on one line and free of what the reader refuses (`characters.clean_characters`).
    """
    body = format_body(article.blocks)
    front = _dump(dict(_plain_fields(article, FRONT_MATTER)))
    return f"---\n{front}---\n" + (f"\n{body}\n" if body else "")


def write_entity(entity: Entity) -> str:
    """The entry of an entity, as an item of a list file."""
    return _dump([dict(_plain_fields(entity, ENTITY))])


def append_entity(text: str, entity: Entity) -> str:
    """A file of the authority with one entry more."""
    return append_entry(text, write_entity(entity))


def append_entry(text: str, entry: str) -> str:
    """A list with one entry more, in its line ends; all that stands there stays byte for byte."""
    if "\r\n" in text:
        entry = entry.replace("\n", "\r\n")
    if not text or text.endswith("\n"):
        return text + entry
    return text + ("\r\n" if "\r\n" in text else "\n") + entry


class _Date(str):
    """A date, which stands without quotes."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Lists of plain values stand on one line, dates without quotes."""


def _represent_date(_: yaml.SafeDumper, date: _Date) -> yaml.Node:
    # With the tag that YAML itself would see in it, the value needs no quotes.
    kind = plain_type(Scalar(text=str(date), plain=True, line=0, column=0)) or "str"
    return yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", str(date))


def _represent_list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    flat = not any(isinstance(item, dict | list) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flat)


_Dumper.add_representer(_Date, _represent_date)
_Dumper.add_representer(list, _represent_list)


def _dump(value: Any) -> str:
    # The width keeps every value on one line: a long title is one line in a diff.
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1 << 30))


def _plain_fields(record: Any, fields: Form) -> Iterator[tuple[str, Any]]:
    for field in fields.values():
        value = getattr(record, field.attribute or field.name)
        if value in (None, (), {}) or value == DEFAULTS.get(field.name, ...):
            continue
        yield field.name, _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, ArticleDate):
        return _Date(value.iso)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Capture):
        return dict(_plain_fields(value, CAPTURE))
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value
