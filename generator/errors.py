"""Problems of an input, with their place, and the few exceptions of the project.

VariorumError
├── ProblemsFound     the input has faults: all of them, each with its place (exit status 1)
├── UsageError        the command was called in a way that cannot be meant (exit status 2)
└── SiteError         the site could not be built or checked (exit status 1)
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum

from generator.record import record

#: Longest stretch of a text that a message repeats, in characters.
SHOWN = 60
#: A byte of a file's name that is no UTF-8, as Python hands it over.
BYTE = re.compile("[\udc80-\udcff]")


class Severity(StrEnum):
    """An error stops the build; a warning is shown and the build goes on."""

    ERROR = "error"
    WARNING = "warning"


@record
class Problem:
    """One fault of one file. Problems sort by path, line and column.

    `path` is relative to the folder the command was given, `line` and `column` count from 1
    (0: the whole file). `message` says what was expected and what was found.
    """

    path: str
    line: int = 0
    column: int = 0
    field: str = ""
    message: str
    severity: Severity = Severity.ERROR

    def __lt__(self, other: "Problem") -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[object, ...]:
        return self.path, self.line, self.column, self.field, self.message, self.severity

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        field = f"{self.field}: " if self.field else ""
        warning = "warning: " if self.severity is Severity.WARNING else ""
        return printable(f"{place}: {warning}{field}{self.message}")


class VariorumError(Exception):
    """Base of all errors the project raises on purpose."""


class ProblemsFound(VariorumError):  # noqa: N818 - reads as what it is
    """An input has faults; `problems` holds every one of them, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(VariorumError):
    """The command or a function was called in a way that cannot be meant."""


class SiteError(VariorumError):
    """The site could not be built, checked or swapped into place."""


def did_you_mean(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """`; did you mean "…"?` for the known word that is nearest, empty where none is near (0 to 1)."""
    near = get_close_matches(word.lower()[:100], list(known), n=1, cutoff=cutoff)
    return f'; did you mean "{near[0]}"?' if near else ""


def readable(text: str) -> str:
    r"""Text that can be written anywhere: a byte of a file's name that is no UTF-8 stands as `\xff`."""
    return BYTE.sub(lambda byte: f"\\x{ord(byte[0]) - 0xDC00:02x}", text)


def printable(text: str) -> str:
    r"""Text on one line, with nothing that cannot be seen: such bytes as `\xff`, others as `\n` or `\u202e`."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in readable(text))


def shown(text: str) -> str:
    """What was found, in quotation marks, safe to print: short, and every odd character escaped."""
    text = readable(text)
    cut = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return '"' + "".join(c if c.isprintable() and c != "\ufffd" else _escape(c) for c in cut) + '"'


def _escape(character: str) -> str:
    names = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return names.get(character, f"U+{ord(character):04X}")
