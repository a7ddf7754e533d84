"""Work of any kind for many processes, packed by hand: that takes a tenth of what pickling takes."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar

import msgspec

from generator.pipeline.workers import map_batches
from generator.record import pack

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Tasks that one process takes at a time; so few as `FEW` are done sooner than processes start.
BATCH, FEW = 16, 48


def map_packed(
    executor: Executor | None,
    make: Callable[[Task], Result],
    kinds: tuple[type[Task], type[Result]],
    tasks: Iterable[Task],
) -> Iterator[Result]:
    """The result of each task, in order; `make` is a function of a module, `kinds` are the types of task and result."""
    rest = iter(tasks)
    first = list(islice(rest, FEW))
    if executor is None or len(first) < FEW:
        yield from map(make, chain(first, rest))
        return
    decode = msgspec.msgpack.Decoder(list[kinds[1]]).decode  # type: ignore[valid-type]
    batches = _packed(chain(first, rest))
    for results in map_batches(executor, partial(_work, make, kinds[0]), batches):
        yield from decode(results)


def _packed(tasks: Iterator[Any]) -> Iterator[bytes]:
    while batch := list(islice(tasks, BATCH)):
        yield pack(batch)


def _work(make: Callable[[Any], Any], kind: type[Any], packed: bytes) -> bytes:
    """What a process does with a batch."""
    tasks = msgspec.msgpack.decode(packed, type=list[kind])  # type: ignore[valid-type]
    return msgspec.msgpack.encode([make(task) for task in tasks])
