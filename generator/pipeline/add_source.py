"""A new outlet at the end of `sources.yml`, in which all that stands stays byte for byte."""

from pathlib import Path

import yaml

from generator.corpus.lists import read_sources
from generator.corpus.report import Report
from generator.errors import ProblemsFound, VariorumError
from generator.model import Source

NAME = "sources.yml"


class ListError(VariorumError):
    """Nothing can be appended to the list of outlets."""


def with_source(root: Path, source: Source) -> bytes | None:
    """The file with an outlet that it lacks; None if it has the outlet.

    To a file with faults nothing is added, nor to one whose form leaves no room at its end, such as `[{…}]`.
    """
    path = root / NAME
    data = path.read_bytes() if path.exists() else b""
    report = Report(str(path))
    before = read_sources(data, str(path), report)
    if source.id in before.ids:
        return None
    if report.failed:
        raise ProblemsFound(report.problems)
    fields = {"id": str(source.id), "name": source.name, "homepage": source.homepage}
    known = {key: value for key, value in fields.items() if value}
    entry = yaml.safe_dump([known], allow_unicode=True, sort_keys=False)
    end = b"" if not data or data.endswith((b"\n", b"\r")) else b"\n"
    joined = data + end + entry.encode()
    again = Report(str(path))
    after = read_sources(joined, str(path), again)
    if again.failed or after.ids != before.ids | {source.id}:
        raise ListError(
            f"{path}: expected a list of which every item starts with - in the first column, got another form;"
            f" add the outlet {source.id} there by hand"
        )
    return joined
