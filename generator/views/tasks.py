"""A task: a file of `docs/` with the function that makes it and all that the function needs."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.model import OutputFile, record


@record
class Task:
    """`make(*inputs)` gives the bytes of `path`, and depends on nothing else.

    `make` is a function of a module and `inputs` are plain records, so that a task can be compared
    with an earlier one and run anywhere.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[Any, ...]


def run(tasks: Iterable[Task]) -> Iterator[OutputFile]:
    """Make the files, one at a time."""
    for task in tasks:
        yield OutputFile(path=task.path, content=task.make(*task.inputs))
