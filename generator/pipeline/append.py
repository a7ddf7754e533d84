"""A new entry at the end of a list of the corpus, in which all that stands stays byte for byte."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.corpus.lists import Listing
from generator.corpus.report import Report
from generator.corpus.writer import append_entry
from generator.errors import ProblemsFound, VariorumError

Reader = Callable[[bytes, str, Report], Listing[Any]]


class ListError(VariorumError):
    """Nothing can be appended to a list."""


def appended(path: Path, identifier: str, entry: str, read: Reader) -> bytes | None:
    """The file with an entry that it lacks; None if it has one of this id.

    To a file with faults nothing is added, nor to one whose form leaves no room at its end, such as `[{…}]`.
    """
    data = path.read_bytes() if path.exists() else b""
    report = Report(str(path))
    before = read(data, str(path), report)
    if identifier in before.ids:
        return None
    if report.failed:
        raise ProblemsFound(report.problems)
    joined = append_entry(data.decode("utf-8"), entry).encode()
    again = Report(str(path))
    after = read(joined, str(path), again)
    if again.failed or after.ids != before.ids | {identifier}:
        raise ListError(
            f"{path}: expected a list of which every item starts with - in the first column, got another form;"
            f" add {identifier} there by hand"
        )
    return joined
