"""Tagging in builds: an article is read again only if it, its decisions or a name it may hold has changed."""

from collections.abc import Mapping, Sequence

import msgspec

from generator.analysis.affected import Change
from generator.model import Article, ArticleId, Decision, Entity
from generator.pipeline.cache import Cache, cache_key
from generator.record import record

STAGE = "authority"


@record
class Authority:
    """The entries of the last build, and for each article (by digest) the entries its names hold under."""

    digest: str
    entities: tuple[Entity, ...]
    holds: Mapping[str, str]


def name_digests(
    articles: Sequence[Article],
    digests: Mapping[ArticleId, str],
    entities: tuple[Entity, ...],
    decisions: Sequence[Decision],
    cache: Cache,
) -> dict[ArticleId, str]:
    """What the names of each article depend on, as a digest that only changes if they may come out otherwise."""
    encoded = msgspec.msgpack.encode(entities)
    current = cache_key(encoded).hex()
    before = _last(cache)
    holds = _holds(articles, digests, before, (current, entities))
    if before is None or before.digest != current or before.holds != holds:
        state = Authority(digest=current, entities=entities, holds=holds)
        cache.put(STAGE, {cache_key(STAGE): msgspec.msgpack.encode(state)})
    ruled: dict[ArticleId, list[Decision]] = {}
    for decision in decisions:
        for article in decision.articles:
            ruled.setdefault(article, []).append(decision)
    return {
        article.id: cache_key(
            digests[article.id],
            holds[digests[article.id]],
            msgspec.msgpack.encode(ruled.get(article.id, [])),
        ).hex()
        for article in articles
    }


def _holds(
    articles: Sequence[Article],
    digests: Mapping[ArticleId, str],
    before: Authority | None,
    now: tuple[str, tuple[Entity, ...]],
) -> dict[str, str]:
    """For each article the entries under which its names were found, or the present ones."""
    current, entities = now
    if before is None:
        return {digests[article.id]: current for article in articles}
    change = None if before.digest == current else Change(_changed(before.entities, entities))
    holds = {}
    for article in articles:
        digest = digests[article.id]
        known = before.holds.get(digest)
        same = known is not None and (change is None or not change.touches(article))
        holds[digest] = known if known is not None and same else current
    return holds


def _changed(old: Sequence[Entity], new: Sequence[Entity]) -> list[Entity]:
    """Entries that are not in both, as they were and as they are."""
    before, after = ({entity.id: entity for entity in entities} for entities in (old, new))
    differing = [
        name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)
    ]
    sides = (table.get(name) for name in differing for table in (before, after))
    return [entity for entity in sides if entity is not None]


def _last(cache: Cache) -> Authority | None:
    data = cache.get(STAGE, [cache_key(STAGE)]).get(cache_key(STAGE))
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=Authority)
    except msgspec.MsgspecError:
        return None
