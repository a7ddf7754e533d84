"""The files of a corpus on disk: which there are, and their bytes; links are never followed."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

from generator.corpus.report import WHOLE_FILE, Report
from generator.errors import did_you_mean, printable

FOLDERS = ("articles", "captures", "entities", "decisions", "schema")
SOURCES = "sources.yml"
REDIRECTS = "redirects.yml"
PROVENANCE = "provenance.json"

#: Folders within each other; captures of saved pages bring a few.
DEPTH = 10

SHAPES = {
    "articles": "articles/<year>/<id>.md",
    "captures": "captures/<id>/<file>",
    "entities": "entities/<name>.yml",
    "decisions": "decisions/<name>.yml",
}


FileState: TypeAlias = tuple[int, int, str]
"""The size of a file in bytes, when it was written (nanoseconds), and the digest of what it held then."""


class CorpusFiles(NamedTuple):
    """Paths relative to the corpus, sorted; each list holds what its folder is for."""

    articles: tuple[str, ...]
    captures: tuple[str, ...]
    entities: tuple[str, ...]
    decisions: tuple[str, ...]
    #: `sources.yml` and `redirects.yml`, where they are.
    single: tuple[str, ...]


#: Opening must not wait for a pipe's writer, nor follow a link put there since the listing.
OPENING = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


class Folder:
    """A corpus folder: names the problems of its files and reads their bytes."""

    def __init__(self, root: Path, limit: int) -> None:
        self.root = root
        self.limit = limit
        # Plain strings: joining paths as objects would be a tenth of all reading.
        self.shown = "" if root == Path() else f"{root.as_posix()}/"
        self.prefix = os.path.join(root, "")  # noqa: PTH118

    def report(self, path: str) -> Report:
        """An empty report on a file; its path is shown as the command was given the folder."""
        return Report(printable(self.shown + path))

    def read(self, path: str, report: Report) -> bytes | None:
        """The bytes of a regular file within the size limit; anything else is reported."""
        try:
            descriptor = os.open(self.prefix + path, OPENING)
        except OSError as error:
            message = f"expected a file, got none that can be read ({error.strerror})"
            report.add(WHOLE_FILE, "", message)
            return None
        try:
            status = os.fstat(descriptor)
            fault = self._fault(status)
            if fault is None:
                return _read_all(descriptor, status.st_size)
            report.add(WHOLE_FILE, "", fault)
            return None
        finally:
            os.close(descriptor)

    def state(self, path: str, known: FileState | None) -> FileState | None:
        """A file as it is, None for one that cannot be read; it is opened only if it was written since it was `known`."""
        try:
            status = os.lstat(self.prefix + path)
        except OSError:
            return None
        size, written = status.st_size, status.st_mtime_ns
        if not stat.S_ISREG(status.st_mode) or size > self.limit:
            return None
        if known is not None and known[0] == size and known[1] == written:
            return known
        data = self.read(path, Report(path))
        return None if data is None else (size, written, sha256(data))

    def _fault(self, status: os.stat_result) -> str | None:
        if not stat.S_ISREG(status.st_mode):
            return "expected a regular file, got something else"
        if status.st_size > self.limit:
            size = f"{status.st_size:,} bytes"
            return f"expected at most {self.limit:,} bytes (max_file_size), got {size}"
        return None


def _read_all(descriptor: int, size: int) -> bytes:
    """The file as long as it was when it was opened; one read is enough but for odd file systems."""
    data = os.read(descriptor, size)
    while len(data) < size and (more := os.read(descriptor, size - len(data))):
        data += more
    return data


def find_files(folder: Folder) -> tuple[CorpusFiles, list[Report]]:
    """Every file that is data, and reports on whatever is none and does not say so.

    Names that start with `_` or `.`, and `README.md`, are nobody's data anywhere.
    """
    found: dict[str, list[str]] = {name: [] for name in (*FOLDERS, "single")}
    reports = []
    for path, fault in _walk(folder.root, ""):
        kind, message = (None, fault) if fault else _classify(path)
        if kind is not None:
            found[kind].append(path)
        elif message is not None:
            report = folder.report(path)
            report.add(WHOLE_FILE, "", message)
            reports.append(report)
    lists = {name: tuple(sorted(paths)) for name, paths in found.items() if name != "schema"}
    return CorpusFiles(**lists), reports


def sha256(data: bytes) -> str:
    """The digest that the corpus knows files by."""
    return hashlib.sha256(data).hexdigest()


def _walk(root: Path, prefix: str) -> Iterator[tuple[str, str | None]]:
    """Each file with what is wrong with it as a file; folders are gone through by name."""
    with os.scandir(root / prefix) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        path = f"{prefix}/{entry.name}" if prefix else entry.name
        if entry.is_symlink():
            yield path, "expected a file or folder, got a symbolic link; put the file itself there"
        elif entry.name[0] in "._":
            continue
        elif path.count("/") > DEPTH:
            yield path, f"expected at most {DEPTH} folders within each other, got more"
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path)
        elif not entry.is_file(follow_symlinks=False):
            yield path, "expected a file, got a pipe, socket or device"
        else:
            yield path, None


def _classify(path: str) -> tuple[str | None, str | None]:
    """The list a file belongs to, or what is wrong with its place; neither for what is no data."""
    parts = path.split("/")
    folder, depth = parts[0], len(parts)
    if path in {SOURCES, REDIRECTS}:
        return "single", None
    if parts[-1] == "README.md" or (folder == "schema" and depth > 1):
        return None, None
    if depth == 1 or folder not in FOLDERS:
        known = [SOURCES, REDIRECTS, *FOLDERS]
        cure = (
            did_you_mean(folder, known) or f"; what is no data starts with _ ({', '.join(known)})"
        )
        return None, f"expected a file of the corpus, got {printable(folder)}{cure}"
    good = {
        "articles": depth == 3 and path.endswith(".md"),
        "captures": depth >= 3,
    }.get(folder, depth == 2 and path.endswith(".yml"))
    return (folder, None) if good else (None, f"expected {SHAPES[folder]}, got {printable(path)}")
