"""The cache: results keyed by what they were made from; safe to delete, to share and to damage."""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from zlib import crc32

FILE = "results.sqlite"
#: SQLite takes at most 999 variables a statement in its oldest builds.
BATCH = 500
BUSY_SECONDS = 30
#: Bytes before each value that tell whether it is what was kept under its key.
SEAL = 4


def cache_key(*parts: str | bytes) -> bytes:
    """16 bytes that stand for `parts`, in their order."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


class Cache:
    """A table of results by stage and key, in one SQLite file.

    A damaged file is thrown away and begun anew; where the folder cannot be written, results are
    kept in a nameless file for the one run. Two processes may use one cache: the later result, which is equal, wins.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._base = self._open()
        self._owner = os.getpid()

    def __enter__(self) -> "Cache":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._base.close()

    def get(self, stage: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The results that are there, by key."""
        self._own()
        found: dict[bytes, bytes] = {}
        for batch in _batches(list(keys)):
            marks = ",".join("?" * len(batch))
            query = f"SELECT key, value FROM kept WHERE stage = ? AND key IN ({marks})"
            try:
                found |= _whole(self._base.execute(query, (stage, *batch)))
            except sqlite3.DatabaseError:
                self._begin_anew()
        return found

    def keys(self, stage: str, among: Iterable[bytes] | None = None) -> set[bytes]:
        """The keys of the results of a stage that are there, of all or of some."""
        self._own()
        query = "SELECT key FROM kept WHERE stage = ?"
        batches = [()] if among is None else _batches(list(among))
        found: set[bytes] = set()
        for batch in batches:
            narrow = f" AND key IN ({','.join('?' * len(batch))})" if batch else ""
            try:
                found.update(key for (key,) in self._base.execute(query + narrow, (stage, *batch)))
            except sqlite3.DatabaseError:
                self._begin_anew()
        return found

    def count(self, stage: str) -> int:
        """How many results of a stage are there."""
        self._own()
        query = "SELECT count(*) FROM kept WHERE stage = ?"
        try:
            return int(self._base.execute(query, (stage,)).fetchone()[0])
        except sqlite3.DatabaseError:
            self._begin_anew()
            return 0

    def get_all(self, stage: str) -> dict[bytes, bytes]:
        """All results of a stage, by key."""
        self._own()
        query = "SELECT key, value FROM kept WHERE stage = ?"
        try:
            return _whole(self._base.execute(query, (stage,)))
        except sqlite3.DatabaseError:
            self._begin_anew()
            return {}

    def put(self, stage: str, results: Mapping[bytes, bytes]) -> bool:
        """Keep results; tells whether they are there now: a full disk or a folder that became read-only loses the keeping."""
        self._own()
        rows = [(stage, key, _seal(key, value) + value) for key, value in sorted(results.items())]
        try:
            with self._base:
                self._base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError:
            return False
        except sqlite3.DatabaseError:
            self._begin_anew()
            return False
        return True

    def take(self, file: Path) -> int:
        """Take over the results of another cache that ours lacks; gives their number, 0 of a damaged file."""
        try:
            other = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
            try:
                rows = other.execute("SELECT stage, key, value FROM kept")
                with self._base:
                    before = self._base.total_changes
                    self._base.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?, ?)", rows)
                    return self._base.total_changes - before
            finally:
                other.close()
        except sqlite3.DatabaseError:
            return 0

    def keep_only(self, stage: str, keys: Iterable[bytes]) -> None:
        """Forget the results of a stage that belong to nothing any more."""
        self._own()
        stale = sorted(self.keys(stage).difference(keys))
        try:
            with self._base:
                self._base.executemany(
                    "DELETE FROM kept WHERE stage = ? AND key = ?", ((stage, key) for key in stale)
                )
        except sqlite3.OperationalError:
            return
        except sqlite3.DatabaseError:
            self._begin_anew()

    def _own(self) -> None:
        """Open the file anew in a process that was forked: SQLite forbids it to use what the other one opened, or to close it."""
        if self._owner != os.getpid():
            self._inherited, self._owner = self._base, os.getpid()
            self._base = self._open()

    def _open(self) -> sqlite3.Connection:
        if self._folder is None:
            # A file that SQLite makes when its pages in memory are full, and removes itself.
            return _prepare(sqlite3.connect(""))
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(self._folder / FILE, timeout=BUSY_SECONDS)
            try:
                return _prepare(base)
            except sqlite3.DatabaseError as error:
                base.close()
                if isinstance(error, sqlite3.OperationalError):
                    raise
                _remove(self._folder)
                return _prepare(sqlite3.connect(self._folder / FILE, timeout=BUSY_SECONDS))
        except (OSError, sqlite3.OperationalError):
            self._folder = None
            return self._open()

    def _begin_anew(self) -> None:
        self._base.close()
        try:
            if self._folder is not None:
                _remove(self._folder)
        except OSError:
            self._folder = None
        self._base = self._open()


def _prepare(base: sqlite3.Connection) -> sqlite3.Connection:
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    # The index lies apart from the values: a search that meets a key reads no value.
    base.execute(
        "CREATE TABLE IF NOT EXISTS kept (stage TEXT, key BLOB, value BLOB, PRIMARY KEY (stage, key))"
    )
    base.execute("DROP TABLE IF EXISTS results")
    base.execute("SELECT count(*) FROM (SELECT 1 FROM kept LIMIT 1)")
    base.commit()
    return base


def _seal(key: bytes, value: bytes) -> bytes:
    return crc32(value, crc32(key)).to_bytes(SEAL, "little")


def _whole(rows: Iterable[tuple[bytes, object]]) -> dict[bytes, bytes]:
    """The values that are as they were kept; a damaged one is not there."""
    found = {}
    for key, kept in rows:
        if isinstance(kept, bytes) and _seal(key, value := kept[SEAL:]) == kept[:SEAL]:
            found[key] = value
    return found


def _remove(folder: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        (folder / f"{FILE}{suffix}").unlink(missing_ok=True)


def _batches(keys: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
