"""Writing the generated files of `docs/`: only what changed, and removing only what was generated."""

import errno
import os
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from concurrent.futures import Executor, Future
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np
from numpy.typing import NDArray

from generator.errors import Problem, ProblemsFound
from generator.model import OutputFile
from generator.pipeline.listing import (
    KEY,
    NEW,
    NO_KEY,
    Digests,
    Entry,
    Listing,
    digest_in,
    digest_of_content,
    entry_of,
    is_inside,
    journal,
    key_in,
    list_of,
    read_list,
    unharmed,
)
from generator.pipeline.parcels import Inputs, Keys, unpack
from generator.pipeline.unchanged import LISTING
from generator.record import record
from generator.site.sources import SourceTable, look, positions
from generator.site.tree import remove_empty
from generator.views.tasks import Group, Item, Series, Task

#: Pages that one process makes at a time, and batches under way at once for each process.
BATCH = 48
AHEAD = 4

#: What the system says of a path at which there is no file that could be removed.
NO_FILE = frozenset({errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR})

#: Stands for the digest of a file that is in no list of ours.
SOMEBODYS = "?"

#: From so many pages on, or what is as much work, processes are worth their start.
FEW = 500


@record
class Written:
    """What writing did: paths below `docs/` by what happened to them. `made` counts the files that
    were made to see whether they changed."""

    changed: tuple[str, ...]
    same: int
    removed: tuple[str, ...]
    made: int = 0


@record
class Makers:
    """Who makes the files: `version` stands for the code that does, `executor` for the processes
    (None: this one). `full` makes and writes every file again, also those that did not change."""

    version: str = ""
    executor: Executor | None = None
    jobs: int = 1
    full: bool = False
    advance: Callable[[int], None] = lambda _done: None


def write_docs(
    tasks: Iterable[Item],
    docs: Path,
    makers: Makers,
    present: SourceTable | None = None,
    series: MutableMapping[str, bytes] | None = None,
) -> tuple[Written, Mapping[str, str]]:
    """Bring the generated part of `docs/` up to date, and nothing else; gives the hex digest of each file of it, too.
    `present` are the files that are there (None: they are still to be looked at). `series` keeps the keys of the groups of
    a series from one build to the next.

    The list of generated files is kept in `docs/.generated`. It names a file before the file is written, so that
    a build that was cut short leaves nothing behind that the next one would not know. A file whose key is that of
    the last build is not made again, unless somebody changed it since. A file that is there and not in the list is
    taken for ours if it has the bytes that it should have; else it stays as it is, and is a problem.
    """
    docs.mkdir(parents=True, exist_ok=True)
    seen = present or look(docs)
    before = unharmed(read_list(docs), seen, docs)
    known = Known(before, seen, full=makers.full)
    fresh: dict[str, Entry] = {}
    changed: list[str] = []
    taken: list[Problem] = []
    made = 0
    with journal(docs) as announced:
        keys = Keys(makers.version)
        groups = _named(tasks, known, keys, {} if series is None else series)
        todo = _stale(groups, known, fresh, keys)
        for some in _made(_batches(todo, Announced(known, announced)), docs, makers):
            made += len(some)
            changed += [path for path, _, _, wrote in some if wrote]
            taken += [_taken(path) for path, _, digest, _ in some if digest == SOMEBODYS]
            fresh.update((path, entry_of(digest, *keys)) for path, keys, digest, _ in some)
            makers.advance(known.kept + len(fresh))
    if taken:
        raise ProblemsFound(taken)
    keep = known.keep()
    after = before.updated(fresh, keep)
    lost = (before.paths[row] for row in np.flatnonzero(~keep))
    removed = [path for path in lost if path not in fresh and is_inside(path)]
    for path in removed:
        remove(docs, path)
    if removed or made or after != before:
        _replace(docs / LISTING, list_of(after))
    same = len(after) - len(changed)
    written = Written(changed=tuple(changed), same=same, removed=tuple(removed), made=made)
    return written, Digests(after)


class Known:
    """What the last build left: which files there are as it wrote them, and which groups of them are whole."""

    def __init__(self, listing: Listing, seen: SourceTable, *, full: bool) -> None:
        self._listing, self._seen, self._full = listing, seen.paths, full
        self._there = positions(SourceTable(paths=listing.paths), seen) >= 0
        self._groups = listing.groups()
        self._sizes = {} if full else Counter(self._groups)
        # Of a group that was being written when a build was cut short, nothing is taken for granted.
        for row in np.flatnonzero(~self._there | listing.begun()):
            self._sizes.pop(self._groups[row], None)
        self._sizes.pop(NO_KEY, None)
        self._same: set[str] = set()
        self.kept = 0

    def has_group(self, group: str) -> bool:
        """Whether all files of a group are there; they are then kept."""
        size = self._sizes.get(group, 0)
        if size and group not in self._same:
            self._same.add(group)
            self.kept += size
        return size > 0

    def digest_of_same(self, path: str, key: str) -> str:
        """The digest of a file that is there and was made from the same; empty if there is none."""
        row = -1 if self._full or key == NO_KEY else self._listing.row(path)
        if row < 0 or not self._there[row]:
            return ""
        entry = self._listing.entry(row)
        return digest_in(entry) if key_in(entry) == key else ""

    def digest(self, path: str) -> str:
        """The digest of a file that will be written: empty if there is none, `SOMEBODYS` if it is not known to be ours."""
        row = self._listing.row(path)
        if row < 0:
            at = bisect_left(self._seen, path)
            return SOMEBODYS if self._seen[at : at + 1] == (path,) else ""
        return "" if self._full else digest_in(self._listing.entry(row))

    def keep(self) -> NDArray[np.bool_]:
        """Which files are kept with their groups."""
        same = map(self._same.__contains__, self._groups)
        return np.fromiter(same, dtype=bool, count=len(self._groups))


class Announced:
    """Names files in the list before they are written, and tells the digest of what is there."""

    def __init__(self, known: Known, announced: TextIO) -> None:
        self._known, self._announced = known, announced

    def digest(self, path: str) -> str:
        """The digest of a file that will be written, as it is known."""
        digest = self._known.digest(path)
        if digest != SOMEBODYS:
            self._announced.write(f"{NEW} {path}\n")
        return digest

    def flush(self) -> None:
        """From now on the files may be written."""
        self._announced.flush()


Made = tuple[str, str]
"""The keys of what a file is made from, and of its group."""

Job = tuple[str, Made, str, Callable[..., bytes], Inputs]
"""Path, keys, digest of the present bytes (empty: none; `SOMEBODYS`: we do not know them), and what makes the new ones."""


class Batch(NamedTuple):
    """Files that one process makes, and how many ordinary pages they are worth."""

    jobs: Sequence[Job]
    weight: int


Result = tuple[str, Made, str, bool]
"""Path, keys, digest, and whether the file was written."""


def _named(
    items: Iterable[Item], known: Known, keys: Keys, told: MutableMapping[str, bytes]
) -> Iterator[tuple[str, Task | Group]]:
    """The tasks and groups with the keys of the groups; of a series whose groups are all there, none."""
    for item in items:
        if isinstance(item, Series):
            key = keys.of_group(item)
            same = told.get(key, b"").hex()
            members = [same[start : start + KEY] for start in range(0, len(same), KEY)]
            if members and all(map(known.has_group, members)):
                continue
            groups = [(keys.of_group(group), group) for group in item.groups()]
            if key != NO_KEY and all(member != NO_KEY for member, _ in groups):
                told[key] = bytes.fromhex("".join(member for member, _ in groups))
            yield from groups
        else:
            yield keys.of_group(item) if isinstance(item, Group) else NO_KEY, item


def _stale(
    items: Iterable[tuple[str, Task | Group]], known: Known, fresh: dict[str, Entry], keys: Keys
) -> Iterator[tuple[Made, Task, Inputs]]:
    """The tasks whose file is not there or was made from something else, with their keys and packed inputs."""
    for group, item in items:
        if known.has_group(group):
            continue
        for task in item.tasks() if isinstance(item, Group) else (item,):
            key = keys.of(task)
            same = known.digest_of_same(task.path, key)
            if same:
                fresh[task.path] = entry_of(same, key, group)
            else:
                yield (key, group), task, keys.inputs(task)


def _batches(
    todo: Iterable[tuple[Made, Task, Inputs]],
    files: Announced,
) -> Iterator[Batch]:
    jobs: list[Job] = []
    weight = 0
    for key, task, inputs in todo:
        jobs.append((task.path, key, files.digest(task.path), task.make, inputs))
        weight += task.weight
        if weight >= BATCH:
            files.flush()
            yield Batch(jobs, weight)
            jobs, weight = [], 0
    files.flush()
    if jobs:
        yield Batch(jobs, weight)


def _made(batches: Iterator[Batch], docs: Path, makers: Makers) -> Iterator[list[Result]]:
    """Make batches of files, a few of them under way at once; few files are made sooner than processes start."""
    first: list[Batch] = []
    while sum(batch.weight for batch in first) < FEW and (more := next(batches, None)):
        first.append(more)
    if makers.executor is None or sum(batch.weight for batch in first) < FEW:
        for batch in chain(first, batches):
            yield make_files(batch.jobs, str(docs))
        return
    waiting: deque[Future[list[Result]]] = deque()
    for batch in chain(first, batches):
        waiting.append(makers.executor.submit(make_files, batch.jobs, str(docs)))
        if len(waiting) >= AHEAD * makers.jobs:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def make_files(batch: Sequence[Job], docs: str) -> list[Result]:
    """Make some files, and write those that changed; runs anywhere that sees the same folder."""
    results = []
    for path, keys, present, make, inputs in batch:
        content = make(*unpack(make, inputs))
        digest = digest_of_content(content)
        target = f"{docs}/{path}"
        wrote = digest != present or not Path(target).is_file()
        if present == SOMEBODYS:
            wrote = False
            digest = digest if Path(target).read_bytes() == content else SOMEBODYS
        if wrote:
            _write(target, content)
        results.append((path, keys, digest, wrote))
    return results


def as_task(file: OutputFile) -> Task:
    """A file that is made already, as a task."""
    return Task(path=file.path, make=_as_it_is, inputs=(file.content,))


def _as_it_is(content: bytes) -> bytes:
    return content


def remove(docs: Path, path: str) -> None:
    """Remove a generated file, and the folders that it leaves empty."""
    target = docs / path
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        if error.errno not in NO_FILE:
            raise
        return  # the line was cut short, or a build ended when it could not write the file
    remove_empty(target.parent, docs)


def _write(target: str, content: bytes) -> None:
    """Write a file. What is new is written where it will be: the list of files says that it is begun. What is there may be a
    part of the site as well, as a hard link, and is replaced."""
    try:
        number = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        _write(target, content)
        return
    except FileExistsError:
        _replace(Path(target), content)
        return
    with os.fdopen(number, "wb") as file:
        file.write(content)


def _replace(target: Path, content: bytes) -> None:
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(content)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
    part.replace(target)


def _taken(path: str) -> Problem:
    return Problem(
        path=f"docs/{path}",
        message="expected no file here: it has the place of a generated page; move or delete it",
    )
