"""What a build needs around it: folders of its own, nobody else in them, errors of the machine in plain words."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path

from generator.errors import SiteError, UsageError
from generator.settings import Settings

#: MkDocs writes it into every site: what shows that a folder was built and may be replaced.
BUILT = "404.html"
#: From so many articles on an archive does not lose half of them by being edited.
LARGE = 1_000


def check_folders(root: Path, settings: Settings) -> None:
    """Refuse folders of which one would be written over another, or over what no build has made.

    `root` is the folder of the configuration. The folder of the site is replaced as a whole.
    """
    names = {
        "corpus": settings.corpus,
        "docs": settings.docs,
        "site": settings.site,
        "cache": settings.cache,
    }
    folders = {name: (root / value).resolve() for name, value in names.items()}
    for name, folder in folders.items():
        # Without a folder for the cache a build only takes longer.
        if name != "cache" and folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder}: expected the folder of the {name}, got a file")
    for (name, folder), (other, within) in permutations(folders.items(), 2):
        if within.is_relative_to(folder):
            raise UsageError(
                f"{other}: expected a folder outside that of {name} ({folder}), got {within}"
            )
    site = folders["site"]
    if root.resolve().is_relative_to(site):
        raise UsageError(f"site: expected a folder of its own, got {site}, which holds everything")
    if site.is_dir() and any(site.iterdir()) and not (site / BUILT).is_file():
        raise UsageError(
            f"site: expected a new or empty folder, or a site that was built, got {site};"
            " empty it first if nothing in it is needed"
        )


def check_corpus(root: Path, settings: Settings) -> None:
    """Refuse to begin a build, which makes folders, where there is nothing to build from."""
    corpus = root / settings.corpus
    if not corpus.is_dir():
        got = "a file" if corpus.exists() else "none"
        raise UsageError(f"{corpus}: expected the folder of the corpus, got {got}")


def check_loss(corpus: Path, before: int, now: int) -> None:
    """Refuse to publish little of what was a large archive: a disk may be missing, or the wrong folder was named."""
    if before >= LARGE and now < before / 2:
        raise SiteError(
            f"{corpus}: expected about {before:,} articles, as many as the last build had, got {now:,};"
            " if the others are to go, build with --full"
        )


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what the machine refuses (disk full, no right to write) into one line that says so."""
    try:
        yield
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise SiteError(f"{place}{error.strerror or error}") from error
    except sqlite3.Error as error:
        raise SiteError(f"the cache cannot be used: {error}; --cache names another") from error
    except (BrokenExecutor, EOFError) as error:
        message = "a process was ended from outside (too little memory?); try fewer --jobs"
        raise SiteError(message) from error
    except MemoryError as error:
        raise SiteError("there is too little memory; try fewer --jobs") from error


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
