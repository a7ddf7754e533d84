"""The files of `docs/` in columns: what they are, without a record for each of a million."""

import hashlib
import os
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.record import record
from generator.site.folders import FolderMemory, files_below, is_taken, prefix_of, walk
from generator.site.link_check import place
from generator.site.page_table import numbers, places
from generator.site.splice import Splice

#: Files that are compared at a time.
RUN = 1024
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


def look(docs: Path, memory: FolderMemory | None = None) -> SourceTable:
    """The files of `docs/` that MkDocs takes, without reading them: not dot files, not a folder `templates`.
    Folders that have not changed since they were last listed need not be listed again if they are remembered."""
    return _table(docs, files_below(docs, memory))


def look_again(
    seen: SourceTable,
    docs: Path,
    touched: Collection[str],
    folder: str,
    same: Collection[str] = (),
) -> SourceTable:
    """The same after some files were written or removed, and some more in one folder, of which some folders (`same`) were not touched."""
    kept = np.ones(len(seen.paths), dtype=bool)
    kept[_rows_below(folder, seen)] = False
    for part in same:
        kept[_rows_below(part, seen)] = True
    for path in touched:
        at = bisect_left(seen.paths, path)
        if seen.paths[at : at + 1] == (path,):
            kept[at] = False
    inside = walk(docs, folder, same) if (docs / folder).is_dir() else ()
    new = _table(docs, sorted(chain(filter(is_taken, touched), inside)))
    splice = Splice(kept, [bisect_left(seen.paths, path) for path in new.paths])
    return SourceTable(
        paths=splice.items(seen.paths, new.paths),
        sizes=splice.rows(numbers(seen.sizes), numbers(new.sizes)).tobytes(),
        times=splice.rows(numbers(seen.times), numbers(new.times)).tobytes(),
    )


def sizes_below(seen: SourceTable, folder: str) -> dict[str, int]:
    """The bytes of the files below a folder, whose name ends with a slash, by their paths in it."""
    rows = _rows_below(folder, seen)
    names = [path[len(folder) :] for path in seen.paths[rows]]
    return dict(zip(names, numbers(seen.sizes)[rows].tolist(), strict=True))


def _rows_below(folder: str, table: SourceTable) -> slice:
    """Where the files below a folder are; its name ends with a slash."""
    after = folder[:-1] + chr(ord(folder[-1]) + 1)
    return slice(bisect_left(table.paths, folder), bisect_left(table.paths, after))


def _table(docs: Path, paths: Iterable[str]) -> SourceTable:
    """Those of some files, given in order, that are there."""
    top = prefix_of(docs)
    found, sizes, times = [], [], []
    for path in paths:
        try:
            status = os.stat(top + path)  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            continue
        found.append(path)
        sizes.append(status.st_size)
        times.append(status.st_mtime_ns)
    return SourceTable(
        paths=tuple(found),
        sizes=np.array(sizes, dtype=np.int64).tobytes(),
        times=np.array(times, dtype=np.int64).tobytes(),
    )


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


class Targets(Collection[str]):
    """The paths that the files of a table have in the site, in the order of the files. One is looked up without a set of them all."""

    def __init__(self, table: SourceTable) -> None:
        self._paths = table.paths

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and any(map(self._has, _sources(path)))

    def __iter__(self) -> Iterator[str]:
        return map(site_path, self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def _has(self, source: str) -> bool:
        at = bisect_left(self._paths, source)
        return self._paths[at : at + 1] == (source,)


def _sources(path: str) -> Iterator[str]:
    """The files that have a path in the site if they are there."""
    folder = path[: path.rfind("/") + 1]
    names = (path, f"{folder}index.md", f"{folder}README.md", f"{folder[:-1]}.md")
    return (source for source in names if site_path(source) == path)


def positions(table: SourceTable, other: SourceTable) -> NDArray[np.int64]:
    """Where each file of a table stands in another; -1: nowhere. Long runs that both have are passed over at once."""
    found = np.full(len(table.paths), -1, dtype=np.int64)
    here = there = 0
    while here < len(table.paths) and there < len(other.paths):
        run = table.paths[here : here + RUN]
        if run == other.paths[there : there + RUN]:
            found[here : here + len(run)] = np.arange(there, there + len(run))
            here, there = here + len(run), there + len(run)
            continue
        end = bisect_right(other.paths, run[-1], there)
        places = dict(zip(other.paths[there:end], range(there, end), strict=True))
        found[here : here + len(run)] = [places.get(path, -1) for path in run]
        here, there = here + len(run), end
    return found


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
