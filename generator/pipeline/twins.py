"""Tasks that go on beside this process, in a twin of it that knows all it knows."""

import multiprocessing
import signal
import sys
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, TypeVar

from generator.pipeline.workers import end_with_parent

Result = TypeVar("Result")


class Twins:
    """Begins tasks beside this process. A twin is forked: it needs no start and is given nothing, so that even a second's
    work is worth one. Where a system cannot do so, or `jobs` is 1, and where a twin fails, the task is done here."""

    def __init__(self, jobs: int) -> None:
        self._able = jobs > 1 and sys.platform == "linux"
        self._running: list[Any] = []

    def __enter__(self) -> "Twins":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for twin in self._running:
            twin.kill()
            twin.join()

    def begin(self, task: Callable[[], Result]) -> Callable[[], Result]:
        """Begin a task; what is returned waits for its result, and has it whenever it is asked again."""
        if not self._able:
            return cache(task)
        context = multiprocessing.get_context("fork")
        ours, its = context.Pipe(duplex=False)
        twin = context.Process(target=_tell, args=(task, its), daemon=True)
        twin.start()
        its.close()
        self._running.append(twin)

        def finish() -> Result:
            try:
                result: Result = ours.recv()
            except (EOFError, OSError):
                result = task()
            finally:
                ours.close()
                twin.join()
                self._running.remove(twin)
            return result

        return cache(finish)


def _tell(task: Callable[[], Result], pipe: Connection) -> None:
    """What a twin does; of an error it says nothing, for the task then fails where it can be told, and of an
    interruption neither, for whoever began it ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    try:
        result = task()
    except Exception:
        return
    pipe.send(result)
