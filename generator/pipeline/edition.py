"""The published articles as the stages of a build see them: what stands for each, and in which lots they are remembered."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar, cast

from generator.corpus.lots import lots
from generator.model import Article, ArticleId
from generator.pipeline.cache import cache_key
from generator.record import record

Digest = TypeVar("Digest", str, bytes)


@record
class Lot:
    """Articles that are remembered together, and a digest of all that decides about them."""

    names: tuple[ArticleId, ...]
    digest: bytes


@record
class Edition(Generic[Digest]):
    """Articles by their ids, in order; `digests` stand for all that decides about one, together with its id."""

    articles: Mapping[ArticleId, Article]
    digests: Mapping[ArticleId, Digest]
    lots: tuple[Lot, ...]


def edition(
    articles: Mapping[ArticleId, Article], digests: Mapping[ArticleId, str]
) -> Edition[str]:
    """Published articles with digests of what was read of them."""
    return Edition(articles=articles, digests=digests, lots=tuple(_lots(articles, digests)))


def _lots(articles: Mapping[ArticleId, Article], digests: Mapping[ArticleId, str]) -> Iterator[Lot]:
    for lot in lots(tuple(articles)):
        if lot:
            names = cast("tuple[ArticleId, ...]", lot)
            told = "\0".join(map(digests.__getitem__, names))
            yield Lot(names=names, digest=cache_key("\0".join(lot), told))
