"""Tasks: files of `docs/` with the functions that make them, alone or in groups made from the same things, and series of groups."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, TypeAlias
from zlib import crc32

from generator.model import OutputFile
from generator.record import pack, record


@record
class Task:
    """`make(*inputs)` gives the bytes of `path`, and depends on nothing else.

    `make` is a function of a module and `inputs` are plain records, so that a task can be compared
    with an earlier one and run anywhere. `seen` stands for the inputs in that comparison, where
    marks of them are at hand. `weight` says how many ordinary pages the file is worth.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[Any, ...]
    seen: tuple[Any, ...] = ()
    weight: int = 1


@record
class Group:
    """Tasks that need not be listed if `seen`, all that they could depend on, is as it was.

    `name` tells the group from every other.
    """

    name: str
    seen: tuple[Any, ...]
    tasks: Callable[[], Iterator[Task]]


@record
class Series:
    """Groups that need not even be named one by one if `seen` is as it was: all that tells which they are, and what is seen of each.

    `name` tells the series from every other.
    """

    name: str
    seen: tuple[Any, ...]
    groups: Callable[[], Iterator[Group]]


Item: TypeAlias = Task | Group | Series
"""What a plan is made of."""

#: Bytes of a mark.
LENGTH = 12
#: Groups in a series, about.
TOGETHER = 64


def mark(item: object) -> bytes:
    """A few bytes that change when a record does, in whatever part of it."""
    return blake2b(pack(item), digest_size=LENGTH).digest()


def in_series(items: Iterable[Item]) -> Iterator[Item]:
    """The same with groups that follow one another in series, so that of most of them nothing is looked up. Which groups
    are together depends on their names alone: one that comes or goes changes no other series."""
    together: list[Group] = []
    for item in items:
        group = item if isinstance(item, Group) else None
        if together and (group is None or crc32(group.name.encode()) % TOGETHER == 0):
            yield _series(together)
            together = []
        if group is None:
            yield item
        else:
            together.append(group)
    if together:
        yield _series(together)


def _series(groups: Sequence[Group]) -> Series:
    told = [(group.name, group.seen) for group in groups]
    return Series(name=f"from {groups[0].name}", seen=(told,), groups=groups.__iter__)


def each(items: Iterable[Item]) -> Iterator[Task]:
    """The tasks, also those in groups."""
    for item in items:
        if isinstance(item, Series):
            yield from each(item.groups())
        elif isinstance(item, Group):
            yield from item.tasks()
        else:
            yield item


def run(items: Iterable[Item]) -> Iterator[OutputFile]:
    """Make the files, one at a time."""
    for task in each(items):
        yield OutputFile(path=task.path, content=task.make(*task.inputs))
