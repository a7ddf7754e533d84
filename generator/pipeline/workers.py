"""The processes that share the work: of this machine, or of a Dask cluster."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait
from typing import Any, TypeVar

from generator.errors import UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")

#: What every process needs, loaded once before they are forked.
PRELOAD = [
    *("generator.pipeline.steps", "generator.views"),
    *("generator.site.search_index", "generator.site.publish", "mkdocs.config"),
]

#: Seconds in which a scheduler has to answer.
ANSWER = 10

#: How often a cluster begins a batch anew whose worker was lost.
RETRIES = 3

#: Batches that are handed out before the first of them is waited for.
UNDER_WAY = 32


def job_count(wanted: int) -> int:
    """How many processes to use; 0 means as many as this process may run on."""
    if wanted > 0:
        return wanted
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Processes(Executor):
    """Processes of this machine, which can begin anew: what they loaded for one step would stay in memory through all others."""

    def __init__(self, jobs: int) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOAD)
        self._begin = partial(ProcessPoolExecutor, jobs, mp_context=context, initializer=_begin)
        self._pool = self._begin()

    def submit(
        self, function: Callable[..., Result], /, *args: Any, **named: Any
    ) -> Future[Result]:
        """Give a call to one of the processes."""
        return self._pool.submit(function, *args, **named)

    def begin_anew(self) -> None:
        """Wait for all that was given to them and end them; others begin when they are needed."""
        self._pool.shutdown()
        self._pool = self._begin()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """End them for good."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def begin_anew(executor: Executor | None) -> None:
    """Let the processes of this machine begin anew; a cluster looks after its own."""
    if isinstance(executor, Processes):
        executor.begin_anew()


@contextmanager
def processes(jobs: int, cluster: str = "") -> Iterator[Executor | None]:
    """An executor of `jobs` processes; None for one job, which is done in this process.

    With the address of a Dask scheduler, its workers do the work. They have to see the folders of the
    archive under the same paths.
    """
    if cluster:
        with _cluster(cluster) as executor:
            yield executor
        return
    if jobs <= 1:
        yield None
        return
    with Processes(jobs) as executor:
        yield executor


def _begin() -> None:
    """How every process of ours begins. Of an interruption the one that began it tells."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    seldom_collect(500_000)
    end_with_parent()


def seldom_collect(objects: int) -> None:
    """Look for garbage only after so many new objects: a build makes millions of records that it keeps, and looking
    takes a fifth of its time."""
    gc.set_threshold(objects, 50, 1_000)


def end_with_parent() -> None:
    """End this process when the one that began it is gone, however that came: it must not go on writing."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        watch = threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True)
        watch.start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        import distributed
    except ImportError as error:
        message = "--cluster: expected Dask on this machine, got none; install variorum[cluster]"
        raise UsageError(message) from error
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--cluster: expected an answer of a scheduler at {address}, got none"
        ) from error
    with client, client.get_executor(pure=False, retries=RETRIES) as executor:
        yield executor


def map_batches(
    executor: Executor | None, function: Callable[[Item], Result], batches: Iterable[Item]
) -> Iterator[Result]:
    """Apply a function to batches of work, giving the results in order as they come.

    Only so many batches are under way at once that what waits does not fill the memory.
    """
    if executor is None:
        yield from map(function, batches)
        return
    waiting: deque[Future[Result]] = deque()
    for batch in batches:
        waiting.append(executor.submit(function, batch))
        if len(waiting) >= UNDER_WAY:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
