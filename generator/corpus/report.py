"""The problems of one corpus file, collected while it is read."""

from typing import NamedTuple, Protocol

from generator.errors import Problem, Severity
from generator.errors import shown as shown


class Placed(Protocol):
    """Anything with a line and a column, both from 1."""

    @property
    def line(self) -> int:
        """From 1; 0 for the whole file."""

    @property
    def column(self) -> int:
        """From 1, in characters."""


class Place(NamedTuple):
    """A line and a column, both from 1 (0: the whole file)."""

    line: int = 0
    column: int = 0


WHOLE_FILE = Place()


class Report:
    """Collects the problems of one file; `path` is the path that they name."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(
        self, place: Placed, field: str, message: str, *, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a fault of a field (empty: of the file)."""
        self.problems.append(
            Problem(
                path=self.path,
                line=place.line,
                column=place.column,
                field=field,
                message=message,
                severity=severity,
            )
        )

    @property
    def failed(self) -> bool:
        """Whether an error, not only a warning, was noted."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)
