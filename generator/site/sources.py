"""The files of `docs/` in columns: what they are, without a record for each of a million."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.model import record
from generator.site.link_check import place
from generator.site.page_table import numbers, places

#: Bytes of a digest.
DIGEST = 16


@record
class SourceTable:
    """Files below `docs/` in the order of their paths, with a value for each in every column.

    `sizes` (bytes) and `times` (nanoseconds) are numbers of eight bytes, `digests` blake2b of the contents, 16 bytes
    each, and `places` those that the built files offer. The last two are empty in a table of files that were only looked at.
    """

    paths: tuple[str, ...] = ()
    sizes: bytes = b""
    times: bytes = b""
    digests: bytes = b""
    places: bytes = b""

    def state(self) -> str:
        """One digest of all paths, sizes and times."""
        paths = "\0".join(self.paths).encode("utf-8", errors="surrogateescape")
        return digest_of(paths, self.sizes, self.times)


def look(docs: Path) -> SourceTable:
    """The files of `docs/` that MkDocs takes, without reading them: not dot files, not a folder `templates`."""
    found = sorted(
        (path, status.st_size, status.st_mtime_ns)
        for path, entry in walk(docs)
        if not path.startswith(("templates/", ".")) and "/." not in path
        for status in (entry.stat(),)
    )
    return SourceTable(
        paths=tuple(path for path, _, _ in found),
        sizes=np.array([size for _, size, _ in found], dtype=np.int64).tobytes(),
        times=np.array([time for _, _, time in found], dtype=np.int64).tobytes(),
    )


def walk(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below a folder with its path relative to it, in no order."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from walk(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry


def site_path(source: str) -> str:
    """The path in the site that MkDocs gives a file of `docs/` (with directory addresses)."""
    if not source.endswith(".md"):
        return source
    folder, _, name = source.rpartition("/")
    stem = name.removesuffix(".md")
    parts = [folder] if folder else []
    if stem not in {"index", "README"}:
        parts.append(stem)
    return "/".join([*parts, "index.html"])


def positions(table: SourceTable, other: SourceTable) -> NDArray[np.int64]:
    """Where each file of a table stands in another; -1: nowhere."""
    if table.paths == other.paths:
        return np.arange(len(table.paths))
    there = {path: number for number, path in enumerate(other.paths)}
    return np.array([there.get(path, -1) for path in table.paths], dtype=np.int64)


def read(
    docs: Path, seen: SourceTable, old: SourceTable, written: Mapping[str, str]
) -> SourceTable:
    """The table with digests and places: those of the last build for a file that was not touched since, the digest of its
    writing (`written`, in hex), or else one made now."""
    if not seen.paths:
        return seen
    at = positions(seen, old)
    same = at >= 0
    same[same] = (numbers(seen.sizes)[same] == numbers(old.sizes)[at[same]]) & (
        numbers(seen.times)[same] == numbers(old.times)[at[same]]
    )
    digests = np.zeros((len(at), 2), dtype=np.uint64)
    digests[same] = places(old.digests).reshape(-1, 2)[at[same]]
    for number in np.flatnonzero(~same):
        path = seen.paths[number]
        known = bytes.fromhex(written.get(path, ""))
        digest = known if len(known) == DIGEST else _digest((docs / path).read_bytes())
        digests[number] = places(digest)
    offered = np.zeros(len(at), dtype=np.uint64)
    offered[at >= 0] = places(old.places)[at[at >= 0]]
    for number in np.flatnonzero(at < 0):
        offered[number] = places(place(site_path(seen.paths[number])))[0]
    return SourceTable(
        paths=seen.paths,
        sizes=seen.sizes,
        times=seen.times,
        digests=digests.tobytes(),
        places=offered.tobytes(),
    )


def digest_of(*parts: bytes) -> str:
    """Hex blake2b of parts in a row."""
    return _digest(b"\0".join(parts)).hex()


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=DIGEST).digest()
