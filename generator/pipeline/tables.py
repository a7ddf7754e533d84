"""The tables about single articles: made in processes, kept in the cache."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec

from generator.model import Article, ArticleId, record
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.workers import map_batches

Task = TypeVar("Task")
Result = TypeVar("Result")
Item = TypeVar("Item")

#: Articles that one process takes at a time.
BATCH = 64
#: So few articles are done sooner than processes start.
FEW = 256
#: Results that are looked for in the cache at a time.
KEPT = 1000


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


def run_stage(
    stage: Stage[Task, Result],
    articles: Sequence[Article],
    digests: Mapping[ArticleId, str],
    cache: Cache,
    workers: tuple[Executor | None, Callable[[int, int], None]],
) -> tuple[dict[ArticleId, Result], Counts]:
    """The result of a stage for every article, in the order of `articles`."""
    executor, advance = workers
    # Files with the same bytes are different articles: their results name them.
    keys = {item.id: cache_key(stage.version, item.id, digests[item.id]) for item in articles}
    decode = msgspec.msgpack.Decoder(stage.kinds[1]).decode
    results = dict(_kept(stage.name, keys, cache, decode))
    missing = [article for article in articles if article.id not in results]
    kept = len(results)
    advance(kept, len(articles))
    made = _made(stage, missing, executor if len(missing) > FEW else None)
    for batch, fresh in zip(_batches(missing, BATCH), made, strict=True):
        cache.put(
            stage.name, {keys[item.id]: data for item, data in zip(batch, fresh, strict=True)}
        )
        results |= {item.id: decode(data) for item, data in zip(batch, fresh, strict=True)}
        advance(len(results), len(articles))
    cache.keep_only(stage.name, keys.values())
    if missing and kept:
        results = {article.id: results[article.id] for article in articles}
    return results, Counts(made=len(missing), kept=kept)


def _kept(
    name: str, keys: Mapping[ArticleId, bytes], cache: Cache, decode: Callable[[bytes], Result]
) -> Iterator[tuple[ArticleId, Result]]:
    """The results of earlier builds; what cannot be read is not there."""
    for batch in _batches(list(keys), KEPT):
        found = cache.get(name, [keys[article] for article in batch])
        for article in batch:
            data = found.get(keys[article])
            if data is not None:
                try:
                    yield article, decode(data)
                except msgspec.MsgspecError:
                    continue


def _made(
    stage: Stage[Task, Result], articles: Sequence[Article], executor: Executor | None
) -> Iterator[list[bytes]]:
    """New results, packed; packed by hand both ways, which takes a tenth of what pickling takes."""
    tasks = (
        msgspec.msgpack.encode([stage.task(article) for article in batch])
        for batch in _batches(articles, BATCH)
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
