"""The list files of the corpus (outlets, entities, decisions, redirects) become records."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from generator.corpus.characters import decode
from generator.corpus.fields import Form, place_in, read_fields
from generator.corpus.formats import (
    DECISION,
    DECISION_CHOICES,
    DECISION_KEYS,
    ENTITY,
    REDIRECT,
    SOURCE,
)
from generator.corpus.kinds import got
from generator.corpus.nodes import Broken, Items, Node, compose
from generator.corpus.report import Report
from generator.model import Decision, DecisionKind, Entity, Redirect, Source

T = TypeVar("T")


class Entry(NamedTuple, Generic[T]):
    """A record with the file it stands in and its position there, from 0."""

    record: T
    path: str
    position: int


class Listing(NamedTuple, Generic[T]):
    """The good entries of a file, and the ids of all, so that a fault at home breaks no reference."""

    entries: list[Entry[T]]
    ids: frozenset[str] = frozenset()


Make = Callable[[dict[str, Any], Node, Report], T | None]


def read_sources(data: bytes, path: str, report: Report) -> Listing[Source]:
    """The good entries of `sources.yml`."""
    return _read_list(data, path, report, (SOURCE, lambda values, _, __: Source(**values)))


def read_entities(data: bytes, path: str, report: Report) -> Listing[Entity]:
    """The good entries of a file of the authority."""
    return _read_list(data, path, report, (ENTITY, lambda values, _, __: Entity(**values)))


def read_redirects(data: bytes, path: str, report: Report) -> Listing[Redirect]:
    """The good entries of `redirects.yml`."""
    return _read_list(data, path, report, (REDIRECT, lambda values, _, __: Redirect(**values)))


def read_decisions(data: bytes, path: str, report: Report) -> Listing[Decision]:
    """The good entries of a file of decisions."""

    def make(values: dict[str, Any], node: Node, own: Report) -> Decision | None:
        _check_decision(values, node, own)
        if own.failed:
            return None
        if "article" in values:
            values["articles"] = (values.pop("article"),)
        return Decision(path=path, line=node.line, **values)

    return _read_list(data, path, report, (DECISION, make))


def _read_list(data: bytes, path: str, report: Report, how: tuple[Form, Make[T]]) -> Listing[T]:
    fields, make = how
    entries, ids = [], set()
    for position, item in enumerate(_items(data, report)):
        own = Report(report.path)
        values = read_fields(item, fields, own)
        ids.add(values.get("id", ""))
        broken = own.failed or isinstance(item, Broken)
        record = None if broken else make(values, item, own)
        report.problems += own.problems
        if record is not None:
            entries.append(Entry(record, path, position))
    return Listing(entries, frozenset(ids - {""}))


def _items(data: bytes, report: Report) -> list[Node]:
    text = decode(data, report)
    node = None if text is None else compose(text, report)
    if isinstance(node, Items):
        return node.nodes
    if node is not None and not isinstance(node, Broken):
        report.add(node, "", f"expected a list (each item starts with - ), got {got(node)}")
    return []


def _check_decision(values: Mapping[str, Any], node: Node, report: Report) -> None:
    """Each kind of decision has its own keys, all of them needed."""
    kind = values.get("kind")
    if not isinstance(kind, DecisionKind):
        return
    needed = DECISION_KEYS[kind]
    for key in DECISION_CHOICES:
        if key in needed and key not in values:
            report.add(node, key, f"expected this key for {kind}, got none; write {key}: …")
        elif key in values and key not in needed:
            keys = ", ".join(needed)
            report.add(
                place_in(node, key), key, f"expected only {keys} for {kind}, got {key}; delete it"
            )
    for key in ("articles", "quotations"):
        if key in needed and key in values:
            _check_number(kind, key, values[key], place_in(node, key), report)


def _check_number(
    kind: DecisionKind, key: str, items: tuple[Any, ...], place: Any, report: Report
) -> None:
    if kind is DecisionKind.MAIN_VERSION and len(items) != 1:
        report.add(place, key, f"expected the one main version, got {len(items)} articles")
    elif kind is not DecisionKind.MAIN_VERSION and len(set(items)) < 2:
        report.add(place, key, f"expected two or more {key} for {kind}, got {len(set(items))}")
