"""What linking remembers from build to build, kept in the cache."""

from collections.abc import Mapping
from typing import Any

from generator.linking.memory import Key, KnownStatements, Memory, Told
from generator.linking.pool import KnownTies
from generator.model import ArticleId, QuotationGroup
from generator.pipeline.cache import Cache
from generator.pipeline.memo import CachedMemo

#: What each part of the memory holds.
KINDS = {
    "ties": KnownTies,
    "groups": tuple[tuple[ArticleId, ...], ...],
    "stories": Told,
    "statements": KnownStatements,
    "utterances": tuple[tuple[Key, Key], ...],
    "quotations": tuple[QuotationGroup, ...],
}


class LinkingMemory:
    """The memory of linking: what it finds in the cache, and what it puts there by `save`."""

    def __init__(self, cache: Cache, version: str, tokens: Mapping[ArticleId, bytes]) -> None:
        self._parts: dict[str, CachedMemo[str, Any]] = {
            name: CachedMemo(cache, f"linking {name}", version, kind)
            for name, kind in KINDS.items()
        }
        self.memory = Memory(tokens=tokens, **self._parts)

    def save(self) -> None:
        """Keep what is new, forget what nothing asked for."""
        for part in self._parts.values():
            part.save()
