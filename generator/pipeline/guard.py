"""What a build needs around it: nobody else in the same folder, and errors of the machine in plain words."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path

from generator.errors import SiteError


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what the machine refuses (disk full, no right to write) into one line that says so."""
    try:
        yield
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise SiteError(f"{place}{error.strerror or error}") from error
    except sqlite3.Error as error:
        raise SiteError(f"the cache cannot be used: {error}; --full does without it") from error
    except BrokenExecutor as error:
        message = "a process was ended from outside (too little memory?); try fewer --jobs"
        raise SiteError(message) from error


@contextmanager
def only_one(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Let one build at a time into a folder; `waiting` is called if there is another.

    The system frees the folder when the process ends, in whatever way.
    """
    try:
        import fcntl
    except ImportError:  # not a system with such locks
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
