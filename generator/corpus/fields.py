"""Tables of fields, and the reading of a YAML table by them."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from generator.corpus.kinds import OR_DELETE, Kind, got
from generator.corpus.nodes import Broken, Node, Scalar, Table
from generator.corpus.report import Placed, Report, shown
from generator.errors import did_you_mean
from generator.record import replace


class Field(NamedTuple):
    """A key of a file: `about` is its line in the documents, `attribute` its name in the record."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    attribute: str = ""


Form = Mapping[str, Field]
"""The fields of one format by name, in the order in which they are written."""


def form(*fields: Field) -> Form:
    """A format of these fields."""
    return {field.name: field for field in fields}


def needed(name: str, kind: Kind, about: str, attribute: str = "") -> Field:
    """A field that no item may lack."""
    return Field(name, kind, about, required=True, attribute=attribute)


def read_fields(node: Node, fields: Form, report: Report) -> dict[str, Any]:
    """The good values of a table by attribute; all else is reported."""
    if type(node) is not Table:
        if type(node) is not Broken:
            report.add(node, "", f"expected a table (key: value), got {got(node)}")
        return {}
    values: dict[str, Any] = {}
    seen: set[str] = set()
    for key, value in node.pairs:
        field = _field(key, seen, fields, report)
        if field is None:
            continue
        seen.add(field.name)
        read = _read(field, value, report)
        if read is not None:
            values[field.attribute or field.name] = read
    for field in fields.values():
        if field.required and field.name not in seen:
            report.add(node, field.name, f"expected this key, got none; write {field.name}: …")
    return values


def _read(field: Field, value: Node, report: Report) -> Any:
    """The value of a field; nobody is told to delete a line that must be there."""
    before = len(report.problems)
    read = field.kind.read(value, field.name, report)
    if field.required:
        report.problems[before:] = [
            replace(problem, message=problem.message.removesuffix(OR_DELETE))
            for problem in report.problems[before:]
        ]
    return read


def table_of(fields: Form, make: Callable[..., Any], name: str) -> Kind:
    """A table inside a table, made into a record."""

    def read(node: Node, field: str, report: Report) -> Any:
        inner = Report(report.path)
        values = read_fields(node, fields, inner)
        for problem in inner.problems:
            within = f"{field}.{problem.field}" if problem.field else field
            report.add(problem, within, problem.message, severity=problem.severity)
        return None if inner.failed or type(node) is Broken else make(**values)

    return Kind(name, read, schema_of(fields))


def schema_of(fields: Form) -> dict[str, Any]:
    """The JSON Schema of a table of fields."""
    return {
        "type": "object",
        "properties": {
            field.name: {"description": field.about, **field.kind.schema}
            for field in fields.values()
        },
        "required": [field.name for field in fields.values() if field.required],
        "additionalProperties": False,
    }


def place_in(node: Node, *path: str | int) -> Placed:
    """The place of a value, by keys and positions; as near as the path leads."""
    for step in path:
        inner = _child(node, step)
        if inner is None:
            return node
        node = inner
    return node


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(step, str) and isinstance(node, Table):
        found = (value for key, value in node.pairs if isinstance(key, Scalar) and key.text == step)
        return next(found, None)
    if isinstance(step, int) and not isinstance(node, Table | Scalar | Broken):
        return node.nodes[step] if step < len(node.nodes) else None
    return None


def _field(key: Node, seen: set[str], fields: Form, report: Report) -> Field | None:
    if type(key) is not Scalar:
        if type(key) is not Broken:
            report.add(key, "", f"expected a key, got {got(key)}")
        return None
    field = fields.get(key.text)
    if field is None:
        cure = did_you_mean(key.text, fields) or f"; the keys are {', '.join(fields)}"
        report.add(key, "", f"expected a known key, got {shown(key.text)}{cure}")
    elif key.text in seen:
        report.add(key, key.text, "expected each key once, got it again; delete one of the two")
        return None
    return field
