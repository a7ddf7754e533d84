"""What a person says of captures: options for all of them, and a file with values for each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.corpus.characters import decode
from generator.corpus.fields import Field, Form, read_fields
from generator.corpus.formats import FRONT_MATTER
from generator.corpus.kinds import TEXT, got
from generator.corpus.nodes import Broken, Node, Scalar, Table, compose
from generator.corpus.report import Report, shown
from generator.errors import Problem, ProblemsFound
from generator.model import ArticleDate

KEYS = (
    "title", "subtitle", "date", "updated", "source", "language", "agency", "place", "url", "canonical_url",
    "section", "captured", "rights", "licence", "notes", "authors",
)  # fmt: skip
#: What may be said of an input: what the front matter says, and of an outlet its name as well as its id.
FORM: Form = {
    **{key: FRONT_MATTER[key]._replace(required=False) for key in KEYS},
    "source": Field("source", TEXT, "The outlet: an id of `sources.yml`, or a name."),
}

Values = Mapping[str, Any]


def read_meta(path: Path) -> dict[str, Values]:
    """File name → values, from plain YAML; every fault of the file with its place, in one exception."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = "a folder" if path.is_dir() else "none" if not path.exists() else error.strerror
        message = f"--meta: expected a YAML file with values for each input, got {reason}"
        raise ProblemsFound([Problem(path=str(path), message=message)]) from error
    report = Report(str(path))
    text = decode(data, report)
    # Bytes that are no text are reported; a file without anything is as an empty value.
    node = Broken(1, 1) if text is None else compose(text, report) or Scalar("", False, 1, 1)  # noqa: FBT003
    content: dict[str, Values] = {}
    for key, values in _pairs(node, report, "file names, each with its values below it"):
        if not isinstance(key, Scalar):
            report.add(key, "", f"expected a file name, got {got(key)}")
        elif key.text in content:
            told = f"expected each file name once, got {shown(key.text)} again"
            report.add(key, "", f"{told}; delete one of the two")
        else:
            content[key.text] = _values(key.text, values, report)
    if report.problems:
        raise ProblemsFound(report.problems)
    return content


def _values(name: str, node: Node, report: Report) -> Values:
    """The values of one input."""
    pairs = _pairs(node, report, "values below the file name, such as `source: herald`")
    table = Table(pairs, node.line, node.column)
    own = Report(report.path)
    values = read_fields(table, FORM, own)
    for problem in own.problems:
        report.add(problem, f"{name}.{problem.field}".rstrip("."), problem.message)
    return {key: _written(value) for key, value in values.items()}


def _written(value: Any) -> Any:
    return value.iso if isinstance(value, ArticleDate) else value


def _pairs(node: Node, report: Report, expected: str) -> list[tuple[Node, Node]]:
    """The keys of a table with their values; none of anything else, which is reported."""
    if isinstance(node, Table):
        return node.pairs
    if not isinstance(node, Broken):
        report.add(node, "", f"expected {expected}, got {got(node)}")
    return []


def value_fault(key: str, text: str) -> str:
    """What is wrong with a value that stands outside of any file; empty if nothing is."""
    report = Report("")
    FORM[key].kind.read(Scalar(text, plain=False, line=0, column=0), key, report)
    return report.problems[0].message if report.problems else ""


def values_for(name: str, meta: Mapping[str, Values], overrides: Values) -> dict[str, Any]:
    """The values of one input: those of the file win over those for all."""
    own = meta.get(name) or meta.get(name.replace("\\", "/").rpartition("/")[2]) or {}
    return {**{key: value for key, value in overrides.items() if value}, **own}
