"""The list of generated files in `docs/`: what belongs to us there, and what it was made from."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, TypeAlias

import numpy as np

from generator.pipeline.unchanged import LISTING
from generator.site.page_table import numbers
from generator.site.sources import SourceTable

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


def read_list(docs: Path) -> dict[str, Entry]:
    """The generated files by path; one that was begun again keeps its group."""
    try:
        text = (docs / LISTING).read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return {}
    found: dict[str, Entry] = {}
    for line in text.split("\n"):
        entry, path = line[:LENGTH], line[LENGTH + 1 :]
        if line[LENGTH : LENGTH + 1] != " " or entry.count(" ") != 2:
            # It was cut short, or an earlier version wrote it: of the file we only know that it is ours.
            entry, path = NEW, line.split(" ", 3)[-1] if " " in line else ""
        if entry == NEW:
            entry = begun(found.get(path, NEW))
        if _is_inside(path):
            found[path] = entry
    return found


def list_of(entries: Mapping[str, Entry]) -> bytes:
    """The list in the order of its paths, as it is kept."""
    lines = [f"{entry} {path}\n" for path, entry in sorted(entries.items())]
    return "".join(lines).encode(errors="surrogateescape")


@contextmanager
def journal(docs: Path) -> Iterator[TextIO]:
    """The list, to be written on; a line that a full disk cut short is ended first."""
    path = docs / LISTING
    torn = path.is_file() and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        if torn:
            file.write("\n")
        yield file


def unharmed(listed: dict[str, Entry], seen: SourceTable, docs: Path) -> dict[str, Entry]:
    """The list, with files that have other bytes than were written as begun: those that were touched after it, or are empty."""
    if not listed:
        return listed
    written = (docs / LISTING).stat().st_mtime_ns
    touched = (numbers(seen.times) > written) | (numbers(seen.sizes) == 0)
    for number in np.flatnonzero(touched):
        path = seen.paths[number]
        entry = listed.get(path)
        if entry and digest_of_content((docs / path).read_bytes()) != digest_in(entry):
            listed[path] = begun(entry)
    return listed


def digest_of_content(content: bytes) -> str:
    """What the list says of the bytes of a file."""
    return hashlib.blake2b(content, digest_size=DIGEST // 2).hexdigest()


def _is_inside(path: str) -> bool:
    if not path or path[0] == "/" or "\0" in path:
        return False
    return ".." not in path or ".." not in path.split("/")
