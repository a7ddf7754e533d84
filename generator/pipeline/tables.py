"""The tables about single articles: analysed in processes, kept in the cache."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Generic, TypeVar

import msgspec

from generator.model import Article, ArticleId, record
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.workers import map_batches

Result = TypeVar("Result")

#: Articles that one process takes at a time.
BATCH = 64


@record
class Stage(Generic[Result]):
    """A step whose result depends on one article and on `version`, and on nothing else.

    `make` gets a batch of articles and gives a result for each, in order; it runs in any process, so it is a
    function of a module or a partial of one. `type` is what its results are read back as.
    """

    name: str
    version: str
    make: Callable[[Sequence[Article]], Sequence[Result]]
    type: type[Result]


@record
class Counts:
    """How many results were made, and how many came from the cache."""

    made: int
    kept: int


def run_stage(
    stage: Stage[Result],
    articles: Sequence[Article],
    digests: Mapping[ArticleId, str],
    cache: Cache,
    workers: tuple[Executor | None, Callable[[int, int], None]],
) -> tuple[dict[ArticleId, Result], Counts]:
    """The result of a stage for every article, in the order of `articles`."""
    executor, advance = workers
    keys = {article.id: cache_key(stage.version, digests[article.id]) for article in articles}
    decode = msgspec.msgpack.Decoder(stage.type).decode
    results: dict[ArticleId, Result] = {}
    found = cache.get(stage.name, keys.values())
    for article in articles:
        data = found.get(keys[article.id])
        if data is not None:
            try:
                results[article.id] = decode(data)
            except msgspec.MsgspecError:
                continue
    missing = [article for article in articles if article.id not in results]
    done = len(results)
    advance(done, len(articles))
    batches = (missing[start : start + BATCH] for start in range(0, len(missing), BATCH))
    made = map_batches(executor if len(missing) > BATCH else None, stage.make, missing, size=BATCH)
    for batch, fresh in zip(batches, made, strict=True):
        pairs = list(zip(batch, fresh, strict=True))
        cache.put(
            stage.name, {keys[item.id]: msgspec.msgpack.encode(value) for item, value in pairs}
        )
        results |= {item.id: value for item, value in pairs}
        done += len(pairs)
        advance(done, len(articles))
    cache.keep_only(stage.name, keys.values())
    ordered = {article.id: results[article.id] for article in articles}
    return ordered, Counts(made=len(missing), kept=len(articles) - len(missing))
