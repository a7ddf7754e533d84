"""The tables about single articles: made in processes, kept in the cache."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec

from generator.model import Article, ArticleId
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.edition import Edition
from generator.pipeline.workers import map_batches
from generator.record import pack, record

Task = TypeVar("Task")
Result = TypeVar("Result")
Item = TypeVar("Item")

#: Articles that one process takes at a time.
BATCH = 64
#: So few articles are done sooner than processes start.
FEW = 256
#: Results that are held in memory: as many that were asked for last, and at most as many before.
HELD = 8192


@record
class Stage(Generic[Task, Result]):
    """A step whose result depends on one article and on `version`, and on nothing else.

    `task` says what of an article the step needs. `make` gets a batch of that and gives a result for each, in order; it
    runs in any process, so it is a function of a module or a partial of one. `kinds` are the types of task and result.
    """

    name: str
    version: str
    task: Callable[[Article], Task]
    make: Callable[[Sequence[Task]], Sequence[Result]]
    kinds: tuple[type[Task], type[Result]]


@record
class Counts:
    """How many results were made, and how many came from the cache."""

    made: int
    kept: int


class Results(Mapping[ArticleId, Result], Generic[Task, Result]):
    """The results of a stage for some articles, read from the cache when they are asked for; what cannot be read is made again.

    Only so many are held that a large archive does not fill the memory; none is let go that the cache could not keep.
    """

    def __init__(
        self, stage: Stage[Task, Result], articles: Mapping[ArticleId, Article], kept: "Kept"
    ) -> None:
        self._stage, self._articles, self._kept = stage, articles, kept
        self._decode = msgspec.msgpack.Decoder(stage.kinds[1]).decode
        self._known: dict[ArticleId, Result] = {}
        self._before: dict[ArticleId, Result] = {}
        self._lasting: dict[ArticleId, Result] = {}

    def __getitem__(self, article: ArticleId) -> Result:
        for held in (self._known, self._before, self._lasting):
            if article in held:
                return held[article]
        if article not in self._articles:
            raise KeyError(article)
        return self._read([article])[article]

    def __iter__(self) -> Iterator[ArticleId]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)

    def ahead(self, articles: Iterable[ArticleId]) -> None:
        """Read some results in one go."""
        known, before, lasting = self._known, self._before, self._lasting
        new = [
            item
            for item in articles
            if not (item in known or item in before or item in lasting) and item in self._articles
        ]
        for batch in _batches(new, BATCH):
            self._read(batch)

    def add(self, made: Mapping[ArticleId, bytes]) -> None:
        """Keep results that were made in this build, packed."""
        if not self._kept.write(made):
            self._lasting |= {article: self._decode(data) for article, data in made.items()}

    def _read(self, articles: Sequence[ArticleId]) -> dict[ArticleId, Result]:
        packed = self._kept.read(articles)
        found = {article: self._result(article, packed.get(article, b"")) for article in articles}
        if len(self._known) + len(found) > HELD:
            self._before, self._known = self._known, {}
        self._known |= found
        return found

    def _result(self, article: ArticleId, packed: bytes) -> Result:
        try:
            return self._decode(packed)
        except ValueError:
            made = self._stage.make([self._stage.task(self._articles[article])])[0]
            self.add({article: msgspec.msgpack.encode(made)})
            return made


@record
class Kept:
    """What the cache has of a stage, by article."""

    stage: str
    version: str
    digests: Mapping[ArticleId, str | bytes]
    cache: Cache

    def key(self, article: ArticleId) -> bytes:
        """The key of a result. Files with the same bytes are different articles: their results name them."""
        return cache_key(self.version, article, self.digests[article])

    def read(self, articles: Iterable[ArticleId]) -> dict[ArticleId, bytes]:
        """The packed results that are there."""
        keys = {self.key(article): article for article in articles}
        return {keys[key]: data for key, data in self.cache.get(self.stage, keys).items()}

    def write(self, results: Mapping[ArticleId, bytes]) -> bool:
        """Keep packed results; tells whether they are there now."""
        return self.cache.put(self.stage, {self.key(item): data for item, data in results.items()})

    def missing(self, articles: Iterable[ArticleId]) -> set[ArticleId]:
        """Those without a result."""
        keys = {self.key(article): article for article in articles}
        return {keys[key] for key in keys.keys() - self.cache.keys(self.stage, keys)}


class Finished:
    """The lots of which every article has a result: an entry for each, so that not every result is looked for."""

    def __init__(self, kept: Kept, edition: Edition[Any]) -> None:
        self._kept, self._stage = kept, f"{kept.stage} lots"
        self._lots = {cache_key(kept.version, lot.digest): lot.names for lot in edition.lots}
        there = kept.cache.keys(self._stage)
        self._open = [name for name in self._lots if name not in there]

    def unsure(self) -> Iterator[ArticleId]:
        """The articles of all other lots."""
        return (item for name in self._open for item in self._lots[name])

    def keep(self, count: int) -> None:
        """Every lot is finished now; forget what belongs to none of `count` articles, once that is half of all results.

        These are only counted where half of the lots are no more, for they are many.
        """
        kept, cache = self._kept, self._kept.cache
        cache.put(self._stage, dict.fromkeys(self._open, b""))
        if cache.count(self._stage) > 2 * len(self._lots):
            cache.keep_only(self._stage, self._lots)
            if cache.count(kept.stage) > 2 * count:
                cache.keep_only(kept.stage, map(kept.key, kept.digests))


def run_stage(
    stage: Stage[Task, Result],
    edition: Edition[Any],
    cache: Cache,
    workers: tuple[Executor | None, Callable[[int, int], None]],
) -> tuple[Results[Task, Result], Counts]:
    """The result of a stage for every article, in the order of the edition."""
    executor, advance = workers
    articles = edition.articles
    kept = Kept(stage=stage.name, version=stage.version, digests=edition.digests, cache=cache)
    results = Results(stage, articles, kept)
    finished = Finished(kept, edition)
    missing = [articles[name] for name in sorted(kept.missing(finished.unsure()))]
    done = len(articles) - len(missing)
    advance(done, len(articles))
    made = _made(stage, missing, executor if len(missing) > FEW else None)
    for batch, fresh in zip(_batches(missing, BATCH), made, strict=True):
        new = {item.id: data for item, data in zip(batch, fresh, strict=True)}
        results.add(new)
        done += len(new)
        advance(done, len(articles))
    finished.keep(len(articles))
    return results, Counts(made=len(missing), kept=len(articles) - len(missing))


def _made(
    stage: Stage[Task, Result], articles: Sequence[Article], executor: Executor | None
) -> Iterator[list[bytes]]:
    """New results, packed; packed by hand both ways, which takes a tenth of what pickling takes."""
    tasks = (
        pack([stage.task(article) for article in batch]) for batch in _batches(articles, BATCH)
    )
    return map_batches(executor, partial(_work, stage.make, stage.kinds[0]), tasks)


def _work(
    make: Callable[[Sequence[Any]], Sequence[Any]], kind: type[Any], packed: bytes
) -> list[bytes]:
    """What a process does with a batch."""
    tasks = msgspec.msgpack.decode(packed, type=list[kind])  # type: ignore[valid-type]
    return [msgspec.msgpack.encode(result) for result in make(tasks)]


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
