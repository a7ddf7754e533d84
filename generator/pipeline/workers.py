"""The processes that share the work."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def job_count(wanted: int) -> int:
    """How many processes to use; 0 means as many as this process may run on."""
    if wanted > 0:
        return wanted
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@contextmanager
def processes(jobs: int) -> Iterator[Executor | None]:
    """An executor of `jobs` processes; None for one job, which is done in this process."""
    if jobs <= 1:
        yield None
        return
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(jobs, mp_context=context) as executor:
        yield executor


def map_batches(
    executor: Executor | None,
    function: Callable[[Sequence[Item]], Result],
    items: Sequence[Item],
    *,
    size: int,
) -> Iterator[Result]:
    """Apply a function to batches of `items`, giving the results in order as they come.

    Only a few batches are under way at once, so that what waits does not fill the memory.
    """
    batches = (items[start : start + size] for start in range(0, len(items), size))
    if executor is None:
        yield from map(function, batches)
        return
    waiting = []
    for batch in batches:
        waiting.append(executor.submit(function, batch))
        if len(waiting) >= 8:
            yield waiting.pop(0).result()
    for future in waiting:
        yield future.result()
