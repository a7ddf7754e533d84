"""What linking remembers from build to build, kept in the cache, and the processes that help it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

import msgspec

from generator.linking.diff import difference
from generator.linking.kin import Kin, Kinship, Resolved, resolve
from generator.linking.memory import (
    Key,
    KnownPairs,
    KnownPrints,
    KnownStatements,
    Memory,
    Told,
)
from generator.linking.pool import KnownTies
from generator.linking.versions import Aid
from generator.model import Article, ArticleId, Difference, Provenance, QuotationGroup, Verdict
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.memo import CachedMemo
from generator.pipeline.packed import map_packed
from generator.pipeline.plausible import Checked, checks
from generator.record import record

#: What each part of the memory holds.
KINDS = {
    "prints": KnownPrints,
    "pairs": KnownPairs,
    "versions": Kin,
    "verdicts": dict[str, Verdict],
    "ties": KnownTies,
    "groups": tuple[tuple[ArticleId, ...], ...],
    "stories": Told,
    "statements": KnownStatements,
    "utterances": tuple[tuple[Key, Key], ...],
    "quotations": tuple[QuotationGroup, ...],
    "differences": Difference,
}

#: What is not read as a whole: a build asks for a few of many.
LARGE = frozenset({"prints"})


@record
class Tokens:
    """What stands for articles: `texts` for the text, the analysis and the mentions of each, and what cleaning removed."""

    texts: Mapping[ArticleId, bytes]
    provenance: Mapping[ArticleId, Provenance]

    def captures(self, article: ArticleId) -> bytes:
        """What stands for all that was removed from the capture of an article."""
        found = self.provenance.get(article)
        return b"" if found is None else cache_key(msgspec.msgpack.encode(found))


@record
class Pair:
    """Two versions, and what was removed from their captures."""

    old: Article
    new: Article
    provenance: Mapping[ArticleId, Provenance]


class LinkingMemory:
    """The memory of linking: what it finds in the cache, and what it puts there by `save`."""

    def __init__(
        self, cache: Cache, version: str, tokens: Tokens, executor: Executor | None
    ) -> None:
        self._parts: dict[str, CachedMemo[str, Any]] = {
            name: CachedMemo(cache, f"linking {name}", version, kind, at_once=name not in LARGE)
            for name, kind in KINDS.items()
        }
        self._executor = executor
        self._pairs: Mapping[tuple[ArticleId, ArticleId], str] = {}
        self._tokens = tokens
        good = checks(tokens.texts.keys())
        parts: dict[str, Any] = {
            name: Checked(part, good[name]) if name in good else part
            for name, part in self._parts.items()
            if name != "differences"
        }
        self.memory = Memory(tokens=tokens.texts, captures=tokens.captures, **parts)
        self.aid = Aid(memory=self.memory, spread=self._resolve)

    def _resolve(self, kinships: Iterable[Kinship]) -> Iterator[Resolved]:
        return map_packed(self._executor, resolve, (Kinship, Resolved), kinships)

    def differences(
        self, pairs: Iterable[tuple[ArticleId, ArticleId]], articles: Mapping[ArticleId, Article]
    ) -> Callable[[], Mapping[tuple[ArticleId, ArticleId], Difference]]:
        """Begin to find what differs between the two articles of each pair; what is returned waits for it.

        Other processes do the work, while this one goes on.
        """
        keys = self._pairs = {pair: self._pair_key(pair) for pair in pairs}
        known = self._parts["differences"]
        new = [pair for pair, key in keys.items() if not known.has(key)]
        tasks = (self._pair(articles[old], articles[new]) for old, new in new)
        made = map_packed(self._executor, compare_pair, (Pair, Difference), tasks)
        beside = ThreadPoolExecutor(1) if new and self._executor is not None else None
        begun = beside.submit(list, made) if beside else None

        def finish() -> Mapping[tuple[ArticleId, ArticleId], Difference]:
            results = begun.result() if begun else made
            for pair, found in zip(new, results, strict=True):
                known[keys[pair]] = found
            if beside:
                beside.shutdown()
            return Differences(
                keys, known, lambda pair: self._pair(articles[pair[0]], articles[pair[1]])
            )

        return finish

    def _pair(self, old: Article, new: Article) -> Pair:
        there = self._tokens.provenance
        return Pair(
            old=old,
            new=new,
            provenance={item: there[item] for item in (old.id, new.id) if item in there},
        )

    def _pair_key(self, pair: tuple[ArticleId, ArticleId]) -> str:
        texts = (self._tokens.texts[item] for item in pair)
        return cache_key(*texts, *map(self._tokens.captures, pair)).hex()

    def save(self) -> None:
        """Keep what is new, forget what nothing asked for; verdicts as long as their article is there, prints as long as they hold."""
        for name, part in self._parts.items():
            wanted: Iterable[str] = ()
            if name == "verdicts":
                wanted = (token.hex() for token in self._tokens.texts.values())
            elif name == "prints":
                wanted = self.memory.lasting
            elif name == "differences":
                wanted = self._pairs.values()
            part.save(wanted)


class Differences(Mapping[tuple[ArticleId, ArticleId], Difference]):
    """What differs between pairs of articles, read when it is asked for, and found again where it cannot be read."""

    def __init__(
        self,
        keys: Mapping[tuple[ArticleId, ArticleId], str],
        known: CachedMemo[str, Difference],
        pair: Callable[[tuple[ArticleId, ArticleId]], Pair],
    ) -> None:
        self._keys, self._known, self._pair = keys, known, pair

    def __getitem__(self, pair: tuple[ArticleId, ArticleId]) -> Difference:
        key = self._keys[pair]
        found = self._known.get(key)
        if found is None or (found.old, found.new) != pair:
            found = self._known[key] = compare_pair(self._pair(pair))
        return found

    def __iter__(self) -> Iterator[tuple[ArticleId, ArticleId]]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def compare_pair(pair: Pair) -> Difference:
    """What differs between two versions."""
    return difference(pair.old, pair.new, pair.provenance)
