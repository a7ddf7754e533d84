"""Noticing that nothing changed since the last build, by looking at files without reading them."""

import hashlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from generator.corpus.files import Seen, see
from generator.pipeline.code import code_version
from generator.record import record, replace
from generator.settings import Settings
from generator.site.folders import FolderMemory
from generator.site.manifest import tree_key
from generator.site.sources import SourceTable, look

ROOMS = ("analysis", "corpus", "data", "linking", "locales", "pipeline", "site", "theme", "views")

#: The list of generated files, below `docs/`.
LISTING = ".generated"

Report = TypeVar("Report")


@record
class LastBuild(Generic[Report]):
    """What a build began from and left behind, each as one digest, and what it reported."""

    sources: str
    docs: str
    site: str
    report: Report


class Memory(Generic[Report]):
    """Remembers the last complete build of one configuration in its cache."""

    def __init__(self, config_file: Path, settings: Settings, kind: type[Report]) -> None:
        root = config_file.parent
        self._config_file = config_file
        self._settings = settings
        self._corpus, self._docs = root / settings.corpus, root / settings.docs
        self._site = root / settings.site
        self._file = root / settings.cache / "last-build"
        self._folders = FolderMemory(
            file=root / settings.cache / "folders", proof=self._docs / LISTING
        )
        self._type = LastBuild[kind]  # type: ignore[valid-type]

    @cached_property
    def corpus(self) -> Seen:
        """The files of the corpus, at which a build looks once."""
        return see(self._corpus)

    @cached_property
    def last(self) -> LastBuild[Report] | None:
        """The last build, if any is remembered."""
        try:
            last: LastBuild[Report] = msgspec.msgpack.decode(
                self._file.read_bytes(), type=self._type
            )
        except (OSError, ValueError):
            return None
        return last

    def looked(self, *, full: bool) -> SourceTable:
        """The files of `docs/`; with `full` every folder is listed, whatever is remembered of it."""
        return look(self._docs, None if full else self._folders)

    def sources(self, *, docs_only: bool) -> str:
        """The state of all that a build begins from: program, configuration, corpus."""
        digest = hashlib.blake2b(code_version(*ROOMS).encode(), digest_size=16)
        digest.update(msgspec.msgpack.encode((replace(self._settings, jobs=0), docs_only)))
        digest.update(self._config_file.read_bytes())
        digest.update(self.corpus.state().encode())
        return digest.hexdigest()

    def docs(self, seen: SourceTable) -> str:
        """The state of `docs/`, whose files were just looked at, and of the list of what was generated."""
        listing = self._docs / LISTING
        status = listing.stat() if listing.exists() else None
        told = f"{status.st_size} {status.st_mtime_ns}" if status else ""
        return f"{seen.state()} {told}"

    def site(self) -> str:
        """The state of `site/`, as far as its top folder tells."""
        return tree_key(self._site)

    def recall(self, sources: str, looked: Callable[[], SourceTable]) -> Report | None:
        """The report of the last build if it began from these sources and left what is there now; `looked` tells what is in `docs/`."""
        last = self.last
        if (
            last is None
            or last.sources != sources
            or last.site != self.site()
            or not self._docs.exists()
        ):
            return None
        return last.report if last.docs == self.docs(looked()) else None

    def keep(self, sources: str, docs: str, report: Report) -> None:
        """Remember a complete build; without a cache that can be written, forget it."""
        last = LastBuild(sources=sources, docs=docs, site=self.site(), report=report)
        part = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(msgspec.msgpack.encode(last))
            part.replace(self._file)
        except OSError:
            return
