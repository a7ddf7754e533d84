"""The list of generated files in `docs/`: what belongs to us there, and what it was made from."""

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from operator import lt
from pathlib import Path
from typing import TextIO, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.pipeline.unchanged import LISTING
from generator.site.page_table import numbers
from generator.site.sources import SourceTable
from generator.site.splice import Splice

#: Hex digits of the digest of a file, and of the key of all that it was made from and of that of its group.
DIGEST, KEY = 32, 24

#: The digest of a file that is begun, perhaps not finished; the key of what cannot be compared, or is in no group.
BEGUN, NO_KEY = "-" * DIGEST, "-" * KEY

Entry: TypeAlias = str
"""What the list says of a file: its digest, its key and that of its group, with spaces between. There may be a million."""


def entry_of(digest: str, key: str, group: str) -> Entry:
    """An entry from its parts."""
    return f"{digest} {key} {group}"


def digest_in(entry: Entry) -> str:
    """The digest of the file's bytes."""
    return entry[:DIGEST]


def key_in(entry: Entry) -> str:
    """The key of what the file was made from."""
    return entry[DIGEST + 1 : -KEY - 1]


def group_in(entry: Entry) -> str:
    """The key of the file's group."""
    return entry[-KEY:]


def begun(entry: Entry) -> Entry:
    """The entry of a file that has not the bytes that it should have: it keeps its group."""
    return entry_of(BEGUN, NO_KEY, group_in(entry))


#: What the list says of a file before it is written for the first time.
NEW = entry_of(BEGUN, NO_KEY, NO_KEY)
LENGTH = len(NEW)

#: Where the spaces of an entry are.
SPACES = (DIGEST, DIGEST + 1 + KEY)

#: Bytes as characters: what is damaged keeps its place.
PLAIN = "latin-1"


class Listing(Mapping[str, Entry]):
    """The entries of files by path, in the order of the paths, as a row of bytes for each."""

    def __init__(self, paths: tuple[str, ...] = (), rows: NDArray[np.uint8] | None = None) -> None:
        self.paths = paths
        self.rows = np.zeros((0, LENGTH + 1), dtype=np.uint8) if rows is None else rows

    def row(self, path: str) -> int:
        """Which row is that of a file; -1: none."""
        row = bisect_left(self.paths, path)
        return row if self.paths[row : row + 1] == (path,) else -1

    def entry(self, row: int) -> Entry:
        """The entry in a row."""
        return self.rows[row, :LENGTH].tobytes().decode(PLAIN)

    def groups(self) -> list[str]:
        """The key of the group of each file."""
        keys = self.rows[:, LENGTH - KEY : LENGTH].tobytes().decode(PLAIN)
        return [keys[start : start + KEY] for start in range(0, len(keys), KEY)]

    def begun(self) -> NDArray[np.bool_]:
        """Which files are begun, perhaps not finished."""
        found: NDArray[np.bool_] = self.rows[:, 0] == ord(BEGUN[0])
        return found

    def updated(self, new: Mapping[str, Entry], keep: NDArray[np.bool_] | None = None) -> "Listing":
        """The list with new entries, and of the others those to be kept (None: all)."""
        kept = np.ones(len(self), dtype=bool) if keep is None else keep.copy()
        kept[[row for row in map(self.row, new) if row >= 0]] = False
        if not new and kept.all():
            return self
        order = sorted(new)
        told = "".join([f"{new[path]}\n" for path in order]).encode(PLAIN)
        rows = np.frombuffer(told, dtype=np.uint8).reshape(-1, LENGTH + 1)
        splice = Splice(kept, [bisect_left(self.paths, path) for path in order])
        return Listing(splice.items(self.paths, order), splice.rows(self.rows, rows))

    def __getitem__(self, path: str) -> Entry:
        row = self.row(path)
        if row < 0:
            raise KeyError(path)
        return self.entry(row)

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Listing):
            return NotImplemented
        return self.paths == other.paths and np.array_equal(self.rows, other.rows)

    __hash__ = None  # type: ignore[assignment]


class Digests(Mapping[str, str]):
    """The digests of listed files by path."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing

    def __getitem__(self, path: str) -> str:
        return digest_in(self._listing[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._listing)

    def __len__(self) -> int:
        return len(self._listing)


def list_of(listing: Listing) -> bytes:
    """The list as it is kept: all entries, then all paths, each behind a space."""
    if not listing:
        return b""
    paths = "\n ".join(listing.paths).encode(errors="surrogateescape")
    return b"".join((listing.rows.data, b" ", paths, b"\n"))


def read_list(docs: Path) -> Listing:
    """The generated files by path; one that was begun again keeps its group."""
    try:
        data = (docs / LISTING).read_bytes()
    except FileNotFoundError:
        return Listing()
    listing, rest = _table(data)
    found: dict[str, Entry] = {}
    for entry, path in map(_line, rest.split("\n")):
        if entry == NEW:
            entry = begun(found.get(path) or listing.get(path, NEW))
        if is_inside(path):
            found[path] = entry
    return listing.updated(found)


def _line(line: str) -> tuple[Entry, str]:
    """What a line says of a path, which is empty if it tells of none."""
    entry, path = line[:LENGTH], line[LENGTH + 1 :]
    if _is_entry(entry) and line[LENGTH : LENGTH + 1] in {" ", ""}:
        return entry, path
    # It was cut short, or an earlier version wrote it: of the file we only know that it is ours.
    return NEW, line.split(" ", 3)[-1] if " " in line else ""


def _is_entry(text: str) -> bool:
    if len(text) < LENGTH or not text.isascii():
        return False
    return all(text[space] == " " for space in SPACES)


def _table(data: bytes) -> tuple[Listing, str]:
    """The list as the last complete build left it, and the lines that were written after it; what was damaged is all lines."""
    width = LENGTH + 1
    rows = np.frombuffer(data, dtype=np.uint8, count=len(data) // width * width).reshape(-1, width)
    whole = (rows[:, 0] != ord(" ")) & (rows[:, LENGTH] == ord("\n"))
    for space in SPACES:
        whole &= rows[:, space] == ord(" ")
    count = int(np.append(~whole, True).argmax())
    text = data[count * width :].decode(errors="surrogateescape")
    told = text.split("\n ")
    told[0] = told[0].removeprefix(" ")
    told[-1], _, rest = told[-1].partition("\n")
    if len(told) != count or not all(map(lt, told, islice(told, 1, None))):
        return Listing(), data.decode(errors="surrogateescape")
    return Listing(tuple(told), rows[:count]), rest


@contextmanager
def journal(docs: Path) -> Iterator[TextIO]:
    """The list, to be written on; a line that a full disk cut short is ended first."""
    path = docs / LISTING
    torn = path.is_file() and not _ends_whole(path)
    with path.open("a", encoding="utf-8") as file:
        if torn:
            file.write("\n")
        yield file


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 1))
        return file.read() == b"\n"


def unharmed(listed: Listing, seen: SourceTable, docs: Path) -> Listing:
    """The list, with files that have other bytes than were written as begun: those that were touched after it, or are empty."""
    if not listed:
        return listed
    written = (docs / LISTING).stat().st_mtime_ns
    touched = (numbers(seen.times) > written) | (numbers(seen.sizes) == 0)
    harmed: dict[str, Entry] = {}
    for number in np.flatnonzero(touched):
        path = seen.paths[number]
        entry = listed.get(path)
        if entry and digest_of_content((docs / path).read_bytes()) != digest_in(entry):
            harmed[path] = begun(entry)
    return listed.updated(harmed)


def digest_of_content(content: bytes) -> str:
    """What the list says of the bytes of a file."""
    return hashlib.blake2b(content, digest_size=DIGEST // 2).hexdigest()


def is_inside(path: str) -> bool:
    """Whether a path leads nowhere but below the folder."""
    if not path or path[0] == "/" or "\0" in path:
        return False
    return ".." not in path or ".." not in path.split("/")
