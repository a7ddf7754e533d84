"""The folders below one and the files in them: one that has not changed since it was last listed is not listed again."""

import os
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, compress
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.errors import SiteError
from generator.record import record
from generator.site.page_table import numbers, places

#: File systems tell times with some grain: what changed in the last two seconds may change again and have the same time.
GRAIN = 2_000_000_000

#: Bytes of a checksum.
SUM = 4

State: TypeAlias = tuple[int, int]
"""The number of a folder, and when it last changed (nanoseconds): one of them is another when a name came or went in it."""

#: Of a folder that is not there, and of one that must be listed again.
GONE: State = (0, -1)
UNSETTLED: State = (0, 0)


@record
class Folders:
    """Folders, whose paths end with a slash but for the top one's, and the files in each, one folder's after the other's.

    `nodes` and `times` are the states of the folders, `counts` how many files they have: eight bytes each.
    """

    folders: tuple[str, ...] = ("",)
    nodes: bytes = bytes(8)
    times: bytes = bytes(8)
    counts: bytes = bytes(8)
    paths: tuple[str, ...] = ()


@record
class FolderMemory:
    """Where folders are remembered (`file`), and how it is known that one has not changed.

    `proof` is a file in the top folder that is now and then replaced by a newer one. It gives the time by the clock of
    the file system itself: what changed well before it was written is not changing now. And it shows that the file
    system keeps the times of folders: the top folder changed with it. Where it does not, nothing is remembered.
    """

    file: Path
    proof: Path

    def settled(self) -> int:
        """Before this time (nanoseconds) a folder must have changed for its time to tell; 0: none tells anything."""
        try:
            written = self.proof.stat().st_mtime_ns
            told = self.proof.parent.stat().st_ctime_ns >= written
        except OSError:
            return 0
        return written - GRAIN if told else 0

    def recall(self) -> Folders:
        """The folders as they were; only the top one, in no state, if that is not known."""
        try:
            told = self.file.read_bytes()
            data = told[SUM:]
            whole = told[:SUM] == _sum(data)
            return msgspec.msgpack.decode(data, type=Folders) if whole else Folders()
        except (OSError, ValueError):
            return Folders()

    def keep(self, folders: Folders) -> None:
        """Remember folders, where that can be done."""
        try:
            data = msgspec.msgpack.encode(folders)
            self.file.parent.mkdir(parents=True, exist_ok=True)
            part = self.file.with_suffix(".part")
            part.write_bytes(_sum(data) + data)
            part.replace(self.file)
        except (OSError, UnicodeEncodeError):
            return


def _sum(data: bytes) -> bytes:
    return crc32(data).to_bytes(SUM, "little")


def files_below(top: Path, memory: FolderMemory | None = None) -> list[str]:
    """The paths of all files below a folder that MkDocs takes, in order."""
    settled = memory.settled() if memory else 0
    if memory is None or not settled:
        return sorted(walk(top))
    before = memory.recall()
    now = _seen(prefix_of(top), before, settled)
    if now != before:
        memory.keep(now)
    return sorted(now.paths)


def _seen(top: str, before: Folders, settled: int) -> Folders:
    """What is there now. A folder in the state that it was in before has the files that it had."""
    states = [_state(top + folder) for folder in before.folders]
    nodes, times = _columns(states)
    same = (nodes > 0) & (nodes == places(before.nodes)) & (times == numbers(before.times))
    counts = numbers(before.counts)
    others = {
        before.folders[number]: states[number]
        for number in np.flatnonzero(~same)
        if states[number] != GONE
    }
    listed = _listed(top, others, before.folders)
    order = sorted(listed)
    told = [others[folder] if others[folder][1] < settled else UNSETTLED for folder in order]
    new_nodes, new_times = _columns(told)
    new_counts = np.array([len(listed[folder]) for folder in order], dtype=np.int64)
    kept = compress(before.paths, np.repeat(same, counts).tolist())
    return Folders(
        folders=(*compress(before.folders, same.tolist()), *order),
        nodes=np.append(nodes[same], new_nodes).tobytes(),
        times=np.append(times[same], new_times).tobytes(),
        counts=np.append(counts[same], new_counts).tobytes(),
        paths=(*kept, *chain.from_iterable(map(listed.__getitem__, order))),
    )


def _listed(top: str, others: dict[str, State], known: Collection[str]) -> dict[str, list[str]]:
    """The files in each of some folders, and of those in them that are not known, whose states are added."""
    found = {}
    todo, known = list(others), set(known)
    while todo:
        folder = todo.pop()
        paths = list_folder(top, folder)
        found[folder] = [path for path in paths if path[-1] != "/"]
        for inner in paths:
            if inner[-1] == "/" and inner not in known:
                others[inner] = _state(top + inner)
                todo.append(inner)
    return found


def _state(folder: str) -> State:
    try:
        status = os.lstat(folder)
    except (FileNotFoundError, NotADirectoryError):
        return GONE
    return status.st_ino, status.st_ctime_ns


def _columns(states: Sequence[State]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    nodes = np.array([node for node, _ in states], dtype=np.uint64)
    return nodes, np.array([time for _, time in states], dtype=np.int64)


def walk(top: Path, folder: str = "", without: Collection[str] = ()) -> Iterator[str]:
    """The path of every file that MkDocs takes below a folder, or one in it, in no order, but for some folders in it."""
    start, todo = prefix_of(top), [folder]
    while todo:
        for path in list_folder(start, todo.pop()):
            if path[-1] != "/":
                yield path
            elif path not in without:
                todo.append(path)


def list_folder(top: str, folder: str) -> list[str]:
    """The paths of what is in a folder below another and MkDocs takes; those of folders end with a slash.
    A link could lead to what is not to be published."""
    paths = []
    with os.scandir(top + folder) as entries:
        for entry in entries:
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                path += "/"
            if not is_taken(path):
                continue
            if entry.is_symlink():
                kind = "folder" if entry.is_dir() else "file"
                raise SiteError(
                    f"{entry.path}: expected a {kind}, got a link to one; put the {kind} itself there"
                )
            paths.append(path)
    return paths


def is_taken(path: str) -> bool:
    """Whether MkDocs takes a file or folder: it passes over what begins with a dot, and over a folder `templates`."""
    return not path.startswith(("templates/", ".")) and "/." not in path


def prefix_of(top: Path) -> str:
    """What makes a path of one in a folder. (Joining a million as objects takes seconds.)"""
    return os.path.join(top, "")  # noqa: PTH118
