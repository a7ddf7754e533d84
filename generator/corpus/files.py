"""The files of a corpus on disk: which there are, and their bytes; links are never followed."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from generator.corpus.report import WHOLE_FILE, Report
from generator.errors import did_you_mean, printable

FOLDERS = ("articles", "captures", "entities", "decisions", "schema")
SOURCES = "sources.yml"
REDIRECTS = "redirects.yml"
README = "README.md"
PROVENANCE = "provenance.json"

#: Folders within each other; captures of saved pages bring a few.
DEPTH = 10

#: The files of each list.
PLACES = re.compile(
    r"(?P<articles>articles/[^/]+/[^/]*\.md)|(?P<captures>captures/[^/]+/.+)"
    r"|(?P<entities>entities/[^/]*\.yml)|(?P<decisions>decisions/[^/]*\.yml)"
    rf"|(?P<single>{re.escape(SOURCES)}|{re.escape(REDIRECTS)})",
    re.DOTALL,
)
SHAPES = {
    "articles": "articles/<year>/<id>.md",
    "captures": "captures/<id>/<file>",
    "entities": "entities/<name>.yml",
    "decisions": "decisions/<name>.yml",
}


class Seen(NamedTuple):
    """What lies in a folder of a corpus, by paths relative to it: the sizes and times of files, what is wrong with others."""

    root: Path
    files: dict[str, tuple[int, int]]
    faults: dict[str, str]

    def state(self) -> str:
        """A digest of it all."""
        files = [f"{path}\0{size} {time}" for path, (size, time) in self.files.items()]
        told = "\n".join([str(self.root), *files, *chain.from_iterable(self.faults.items())])
        return sha256(told.encode(errors="surrogateescape"))


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


def find_files(folder: Folder, seen: Seen) -> tuple[CorpusFiles, list[Report]]:
    """Every file that is data, and reports on whatever is none and does not say so.

    Names that start with `_` or `.`, and `README.md`, are nobody's data anywhere.
    """
    found: dict[str, list[str]] = {name: [] for name in (*FOLDERS, "single")}
    faults = dict(seen.faults)
    for path in seen.files:
        kind, fault = _classify(path)
        if kind is not None:
            found[kind].append(path)
        elif fault is not None:
            faults[path] = fault
    reports = []
    for path, fault in faults.items():
        report = folder.report(path)
        report.add(WHOLE_FILE, "", fault)
        reports.append(report)
    lists = {name: tuple(sorted(paths)) for name, paths in found.items() if name != "schema"}
    return CorpusFiles(**lists), reports


def sha256(data: bytes) -> str:
    """The digest that the corpus knows files by."""
    return hashlib.sha256(data).hexdigest()


def see(root: Path) -> Seen:
    """Look at a folder of a corpus, which may be missing, without opening any file."""
    seen = Seen(root, {}, {})
    _see(seen, "")
    return seen


def _see(seen: Seen, folder: str) -> None:
    """Folders are gone through by name; the path of one ends with a slash but for the top one's."""
    deep = folder.count("/") > DEPTH
    try:
        with _opened(seen.root / folder) as opened, os.scandir(opened) as entries:
            for entry in sorted(entries, key=attrgetter("name")):
                path = folder + entry.name
                hidden = entry.name[0] in "._"
                if not (deep or hidden) and entry.is_file(follow_symlinks=False):
                    if status := _status(entry):
                        seen.files[path] = status.st_size, status.st_mtime_ns
                elif fault := _fault(entry, deep=deep):
                    seen.faults[path] = fault
                elif not hidden:
                    _see(seen, f"{path}/")
    except FileNotFoundError:
        return


@contextmanager
def _opened(folder: Path) -> Iterator[int | Path]:
    """A folder to be listed. Where it can be opened, the way to it is not gone again for every file in it."""
    if os.scandir not in os.supports_fd:
        yield folder
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _fault(entry: os.DirEntry[str], *, deep: bool) -> str | None:
    """What is wrong with something that is no file in its place; nothing is with folders, and with what is nobody's data."""
    if entry.is_symlink():
        return "expected a file or folder, got a symbolic link; put the file itself there"
    if entry.name[0] in "._":
        return None
    if deep:
        return f"expected at most {DEPTH} folders within each other, got more"
    folder = entry.is_dir(follow_symlinks=False)
    return None if folder else "expected a file, got a pipe, socket or device"


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    """None for a file that has gone since it was listed."""
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None


def _classify(path: str) -> tuple[str | None, str | None]:
    """The list a file belongs to, or what is wrong with its place; neither for what is no data."""
    if path.endswith(README) and path.rpartition("/")[2] == README:
        return None, None
    placed = PLACES.fullmatch(path)
    if placed is not None:
        return placed.lastgroup, None
    folder, below, _ = path.partition("/")
    if below and folder == "schema":
        return None, None
    if not below or folder not in FOLDERS:
        known = [SOURCES, REDIRECTS, *FOLDERS]
        cure = (
            did_you_mean(folder, known) or f"; what is no data starts with _ ({', '.join(known)})"
        )
        return None, f"expected a file of the corpus, got {printable(folder)}{cure}"
    return None, f"expected {SHAPES[folder]}, got {printable(path)}"
