"""What a person says of captures: options for all of them, and a file with values for each."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.corpus.characters import decode
from generator.corpus.dates import parse_date
from generator.corpus.kinds import got, url_fault
from generator.corpus.languages import language_fault
from generator.corpus.nodes import Broken, Items, Node, Scalar, Table, compose
from generator.corpus.report import Report
from generator.errors import Problem, ProblemsFound, did_you_mean

TEXTS = (
    "title", "subtitle", "date", "updated", "source", "language", "agency", "place", "url", "canonical_url",
    "section", "captured", "rights", "licence", "notes",
)  # fmt: skip
FIELDS = (*TEXTS, "authors")
DATES = ("date", "updated", "captured")
ADDRESSES = ("url", "canonical_url")

Values = Mapping[str, Any]


def read_meta(path: Path) -> dict[str, Values]:
    """File name → values, from plain YAML; every fault of the file with its place, in one exception."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (
            "a folder" if path.is_dir() else "none there" if not path.exists() else error.strerror
        )
        message = f"--meta: expected a YAML file with values for each input, got {reason}"
        raise ProblemsFound([Problem(path=str(path), message=message)]) from error
    report = Report(str(path))
    text = decode(data, report)
    # Bytes that are no text are reported; a file without anything is as an empty value.
    node = Broken(1, 1) if text is None else compose(text, report) or Scalar("", False, 1, 1)  # noqa: FBT003
    content = {
        name: _values(name, values, report)
        for name, values in _pairs(node, report, "file names, each with its values below it")
    }
    if report.problems:
        raise ProblemsFound(report.problems)
    return content


def _values(name: str, node: Node, report: Report) -> Values:
    """The values of one input."""
    values = {}
    for key, value in _pairs(node, report, "values below the file name, such as `source: herald`"):
        plain = _plain(value)
        fault = "" if isinstance(value, Broken) else value_fault(key, plain)
        if fault:
            report.add(value, f"{name}.{key}", fault)
        values[key] = plain
    return values


def _pairs(node: Node, report: Report, expected: str) -> Iterator[tuple[str, Node]]:
    """The keys of a table, each once."""
    if not isinstance(node, Table):
        if not isinstance(node, Broken):
            report.add(node, "", f"expected {expected}, got {got(node)}")
        return
    seen = set()
    for key, value in node.pairs:
        if not isinstance(key, Scalar):
            report.add(key, "", f"expected a text before the colon, got {got(key)}")
        elif key.text in seen:
            report.add(key, key.text, "expected each once, got it again; delete one of the two")
        else:
            seen.add(key.text)
            yield key.text, value


def _plain(node: Node) -> Any:
    """A value as it is written, without its place."""
    if isinstance(node, Items):
        return [_plain(item) for item in node.nodes]
    if isinstance(node, Table):
        return {_plain(key): _plain(value) for key, value in node.pairs if isinstance(key, Scalar)}
    return node.text if isinstance(node, Scalar) else None


def value_fault(key: str, value: object) -> str:
    """What is wrong with a value; empty if nothing is."""
    if key not in FIELDS:
        return f"expected one of {', '.join(FIELDS)}, got {key}{did_you_mean(key, FIELDS)}"
    if key == "authors":
        good = isinstance(value, str) or (
            isinstance(value, list) and all(isinstance(item, str) for item in value)
        )
        return "" if good else "expected a list of names"
    if not isinstance(value, str):
        return f"expected a text, got {value!r}"
    if key in DATES and isinstance(fault := parse_date(value), str):
        return fault
    if key in ADDRESSES and (wrong := url_fault(value)):
        return f"{wrong}, got {value!r}"
    if key == "language":
        return language_fault(value) or ""
    if key == "rights" and value not in ("full", "opening", "metadata"):
        return f"expected full, opening or metadata, got {value}"
    return ""


def values_for(name: str, meta: Mapping[str, Values], overrides: Values) -> dict[str, Any]:
    """The values of one input: those of the file win over those for all."""
    own = meta.get(name) or meta.get(name.replace("\\", "/").rpartition("/")[2]) or {}
    merged = {**{key: value for key, value in overrides.items() if value}, **own}
    if isinstance(authors := merged.get("authors"), str):
        merged["authors"] = [authors]
    return merged
