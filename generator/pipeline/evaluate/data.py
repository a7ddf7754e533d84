"""Reading labelled sets: NDJSON files, plain or packed with gzip; what is broken is told with its line."""

import gzip
import json
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from generator.errors import Problem, ProblemsFound, UsageError
from generator.settings import told

#: Keys whose values are texts, in whatever set.
TEXTS = frozenset(
    {"cluster", "document", "entity", "file", "group", "id", "language", "raw", "text"}
)
LISTS = frozenset({"members", "mentions", "with", "without"})


class Row(dict[str, Any]):
    """An object of a file; a key that it lacks, or a value of another kind, is a problem with its line."""

    def __init__(self, pairs: list[tuple[str, Any]], path: str, line: int) -> None:
        # A text that is null is as none.
        super().__init__(pair for pair in pairs if pair[1] is not None or pair[0] not in TEXTS)
        self._path, self._line = path, line
        for key, value in self.items():
            for names, kind, wanted in ((TEXTS, str, "a text"), (LISTS, list, "a list")):
                if key in names and not isinstance(value, kind):
                    raise self._problem(key, f"expected {wanted}, got {told(value)}")

    def __missing__(self, key: str) -> Any:
        raise self._problem(key, "expected this key, got none")

    def _problem(self, key: str, message: str) -> ProblemsFound:
        return ProblemsFound(
            [Problem(path=self._path, line=self._line, column=1, field=key, message=message)]
        )


def read_lines(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The objects of `<folder>/<name>.ndjson` or `.ndjson.gz`, in their order."""
    plain, packed = folder / f"{name}.ndjson", folder / f"{name}.ndjson.gz"
    if not plain.exists() and not packed.exists():
        raise UsageError(f"{folder}: expected a file {plain.name} or {packed.name}, got neither")
    path = plain if plain.exists() else packed
    data = read_plain(plain) if path is plain else read_packed(packed)
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            yield _row(line, str(path), number)


def read_plain(path: Path) -> bytes:
    """The bytes of a file of a set."""
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"expected a file of the set, got none that can be read ({error.strerror})"
        raise UsageError(f"{path}: {message}") from error


def read_packed(path: Path) -> bytes:
    """The bytes that are packed in a file of a set."""
    try:
        return gzip.decompress(read_plain(path))
    except (OSError, EOFError, zlib.error) as error:
        message = f"expected a file packed with gzip, got a broken one ({error})"
        raise UsageError(f"{path}: {message}") from error


def _row(line: bytes, path: str, number: int) -> Row:
    try:
        found = json.loads(line, object_pairs_hook=partial(Row, path=path, line=number))
    except (ValueError, RecursionError) as error:
        column = getattr(error, "colno", 1)
        message = f"expected a JSON object, got a fault: {error}".partition(": line ")[0]
        raise ProblemsFound(
            [Problem(path=path, line=number, column=column, message=message)]
        ) from error
    if not isinstance(found, Row):
        message = f"expected a JSON object, got {told(found)}"
        raise ProblemsFound([Problem(path=path, line=number, column=1, message=message)])
    return found
