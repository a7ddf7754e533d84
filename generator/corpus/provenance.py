"""`provenance.json`: what cleaning did to a capture, as a file."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args, get_type_hints

import msgspec

from generator.corpus.characters import decode, faults
from generator.corpus.fields import place_in
from generator.corpus.nodes import compose
from generator.corpus.report import WHOLE_FILE, Place, Report, shown
from generator.errors import Problem, did_you_mean
from generator.model import Provenance
from generator.record import fields, is_record

#: A step on the way to a value: a place in a list, or a key.
STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
#: What msgspec says otherwise than our other messages do.
SENTENCES = (
    (r"^Object missing required field `(.*)`", r"expected the key \1, got none"),
    (r"^Invalid enum value (.*)", r"expected a known value, got \1"),
    (r"^Expected", "expected"),
)


def read_provenance(data: bytes, report: Report) -> Provenance | None:
    """The record in a file, None where it has faults: unknown keys, wrong types, controls in texts."""
    text = decode(data, report)
    if text is None:
        return None
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        report.add(Place(error.lineno, error.colno), "", f"expected JSON, got a fault: {error.msg}")
        return None
    except (RecursionError, ValueError):  # endless nesting, endless numbers
        report.add(WHOLE_FILE, "", "expected JSON as the schema has it, got what cannot be read")
        return None
    found = Report(report.path)
    provenance = _converted(value, found)
    if found.problems:
        _place(found.problems, text, report)
    return None if report.failed else provenance


def _converted(value: Any, report: Report) -> Provenance | None:
    """The record; its faults are told by the way to them."""
    _report_unknown_keys(value, Provenance, "", report)
    try:
        provenance = msgspec.convert(value, Provenance)
    except (msgspec.ValidationError, RecursionError) as error:
        message, _, path = str(error).partition(" - at `$")
        for pattern, sentence in SENTENCES:
            message = re.sub(pattern, sentence, message)
        report.add(WHOLE_FILE, path.strip("`."), message)
        return None
    for path, string in _strings(value, ""):
        for fault in faults(string):
            report.add(WHOLE_FILE, path, fault.message)
    return provenance


def _place(problems: Iterable[Problem], text: str, report: Report) -> None:
    """Report problems that name the way to their place, with line and column: JSON is YAML, whose reader knows them."""
    node = compose(text, Report(""))
    for problem in problems:
        steps = [int(index) if index else key for index, key in STEP.findall(problem.field)]
        place = WHOLE_FILE if node is None else place_in(node, *steps)
        report.add(place, problem.field, problem.message)


def write_provenance(provenance: Provenance) -> bytes:
    """The file: JSON, indented, keys in the order of the record, a line feed at the end."""
    plain = msgspec.to_builtins(provenance)
    return (json.dumps(_without_nulls(plain), ensure_ascii=False, indent=2) + "\n").encode()


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_without_nulls(inner) for inner in value]
    return value


def _report_unknown_keys(value: Any, kind: Any, path: str, report: Report) -> None:
    """Report keys that the record does not have; msgspec passes over them."""
    if isinstance(value, list):
        for position, item in enumerate(value):
            _report_unknown_keys(item, _record_in(kind), f"{path}[{position}]", report)
    if not isinstance(value, dict) or not is_record(kind):
        return
    known = {field.name for field in fields(kind)}
    hints = get_type_hints(kind)
    for key, inner in value.items():
        name = f"{path}.{key}".lstrip(".")
        if key not in known:
            report.add(
                WHOLE_FILE,
                name,
                f"expected a known key, got {shown(key)}{did_you_mean(key, known)}",
            )
        else:
            _report_unknown_keys(inner, hints[key], name, report)


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _strings(item, f"{path}[{position}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, f"{path}.{key}".lstrip("."))


def _record_in(kind: Any) -> Any:
    """The record type of a tuple's items or of an optional field, None where there is none."""
    return next((part for part in get_args(kind) if is_record(part)), None)
