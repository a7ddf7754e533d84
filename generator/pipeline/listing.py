"""The list of generated files in `docs/`: what belongs to us there, and what it was made from."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np

from generator.pipeline.unchanged import LISTING
from generator.site.page_table import numbers
from generator.site.sources import SourceTable


class Entry(NamedTuple):
    """A generated file: the digest of its bytes (`-`: begun, perhaps not finished), the key of all that
    it was made from, and that of its group (`-`: it is in none)."""

    digest: str
    key: str
    group: str = "-"


def read_list(docs: Path) -> dict[str, Entry]:
    """The generated files by path; one that was begun again keeps its group."""
    try:
        text = (docs / LISTING).read_text(encoding="utf-8", errors="surrogateescape")
        lines = text.split("\n")
    except FileNotFoundError:
        return {}
    found: dict[str, Entry] = {}
    for line in lines:
        row = line.split(" ", 3)
        if len(row) < 2 or not _is_inside(row[-1]):
            continue
        digest, key, group = (*row[:-1], "-", "-")[:3]
        if digest == "-" and row[-1] in found:
            found[row[-1]] = found[row[-1]]._replace(digest="-")
        else:
            found[row[-1]] = Entry(digest, key, group)
    return found


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
        if entry is not None and digest_of_content((docs / path).read_bytes()) != entry.digest:
            listed[path] = entry._replace(digest="-")
    return listed


def digest_of_content(content: bytes) -> str:
    """What the list says of the bytes of a file."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _is_inside(path: str) -> bool:
    return bool(path) and path[0] != "/" and (".." not in path or ".." not in path.split("/"))
