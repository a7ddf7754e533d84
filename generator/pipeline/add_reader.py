"""Captures are cleaned in a process of its own: one that hangs, eats the memory or breaks its reader breaks nothing else."""

import faulthandler
import multiprocessing
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType

from generator.errors import VariorumError
from generator.ingest.clean import Context
from generator.ingest.decode import CaptureError
from generator.ingest.read import CleanedCapture, clean_capture
from generator.pipeline.workers import end_with_parent

#: Seconds that cleaning one capture may take; a page takes one, a long PDF a few.
SECONDS = 30.0
#: Memory that it may take besides what it begins with, in bytes, where the system can limit it.
MEMORY = 3_000_000_000

Clean = Callable[[bytes, Context], CleanedCapture]


class CaptureReader:
    """Cleans captures one after the other in another process, which is begun anew when it is lost.

    `clean` is what the process does with each; it must be a function of a module.
    """

    def __init__(self, clean: Clean = clean_capture, *, seconds: float = SECONDS) -> None:
        self._clean = clean
        self._seconds = seconds
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> "CaptureReader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def clean(self, data: bytes, context: Context) -> CleanedCapture:
        """What comes of a capture; `CaptureError` where nothing does, for whatever reason."""
        pipe = self._open()
        try:
            pipe.send((data, context))
            if not pipe.poll(self._seconds):
                self._stop()
                raise CaptureError(
                    f"expected a capture that is read in {self._seconds:.0f} seconds, got one that takes longer; save the article alone"
                )
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            self._stop()
            raise CaptureError(
                "expected a capture that can be read, got one that breaks its reader (it may include itself or unpack without end)"
            ) from error
        if isinstance(answer, CleanedCapture):
            return answer
        raise CaptureError(answer)

    def _open(self) -> Connection:
        if self._pipe is not None:
            return self._pipe
        # A copy of this process begins at once; other systems have to load the program again.
        system = (
            multiprocessing.get_context("fork")
            if sys.platform == "linux"
            else multiprocessing.get_context("spawn")
        )
        self._pipe, theirs = system.Pipe()
        self._process = system.Process(target=_serve, args=(theirs, self._clean), daemon=True)
        self._process.start()
        theirs.close()
        return self._pipe

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _serve(pipe: Connection, clean: Clean) -> None:
    """Answer each capture with what came of it, or with why nothing did."""
    faulthandler.disable()  # whoever asked tells what happened
    end_with_parent()
    _limit_memory()
    # Whoever asked may be gone: then nobody waits for an answer.
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            data, context = pipe.recv()
            pipe.send(_answer(clean, data, context))


def _answer(clean: Clean, data: bytes, context: Context) -> CleanedCapture | str:
    try:
        return clean(data, context)
    except VariorumError as error:
        return str(error)
    except MemoryError:
        return "expected a capture that fits into the memory, got a larger one"
    except Exception as error:  # a capture may be broken in ways that no library foresees
        return f"expected a capture that can be read, got one that cannot ({type(error).__name__}: {error})"


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MEMORY
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (min(limit, most) if most >= 0 else limit, most))
