"""Reading the corpus with what earlier runs read of it."""

from pathlib import Path
from typing import Any

from generator.corpus.before import Before, FileStates, Lot
from generator.corpus.files import Seen
from generator.corpus.lists import Listing
from generator.corpus.reader import read_corpus
from generator.errors import Problem
from generator.model import Corpus, Entity, Provenance
from generator.pipeline.cache import Cache
from generator.pipeline.code import code_version
from generator.pipeline.memo import CachedMemo
from generator.settings import Settings

#: What is remembered of the contents of files.
KINDS = {"articles": Lot, "provenances": tuple[Provenance, ...], "entities": Listing[Entity]}


def read_again(
    folder: Path, settings: Settings, cache: Cache, seen: Seen | None = None
) -> tuple[Corpus, tuple[Problem, ...]]:
    """The corpus and all its problems; only what was written since the last time is opened."""
    version = code_version("corpus")
    memory: dict[str, CachedMemo[str, Any]] = {
        name: CachedMemo(cache, f"read {name}", version, kind) for name, kind in KINDS.items()
    }
    memory["states"] = CachedMemo(cache, "files", str(folder.resolve()), FileStates)
    found = read_corpus(folder, settings, Before(**memory), seen)
    for part in memory.values():
        part.save()
    return found
