"""Tagging in builds: an article is read again only if it, its decisions or a name it may hold has changed."""

from collections.abc import Mapping, Sequence

import msgspec

from generator.analysis.affected import Change
from generator.model import ArticleId, Decision, Entity
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.edition import Edition
from generator.record import record, replace

STAGE = "authority"
#: Bytes of what stands for an article.
TOKEN = 16


@record
class Known:
    """What stands for the articles of a lot, one after the other: for each alone, and for it with the entries its names hold under."""

    articles: bytes
    tokens: bytes


@record
class Authority:
    """The entries of the last build, packed, and its lots by their digests."""

    entities: msgspec.Raw
    lots: Mapping[bytes, Known]


def name_tokens(
    read: Edition[str], entities: tuple[Entity, ...], decisions: Sequence[Decision], cache: Cache
) -> Edition[bytes]:
    """The articles with what their names depend on: 16 bytes that only change if the names may come out otherwise."""
    packed = msgspec.msgpack.encode(entities)
    before, old = _last(cache, packed)
    change = None if old is None else Change(_changed(old, entities))
    known = _known(read, before, cache_key(packed), change)
    if change or known != before:
        state = Authority(entities=msgspec.Raw(packed), lots=known)
        cache.put(STAGE, {cache_key(STAGE): msgspec.msgpack.encode(state)})
    tokens = {
        name: token
        for lot in read.lots
        for name, token in zip(lot.names, _split(known[lot.digest].tokens), strict=True)
    }
    ruled = _by_article(decisions)
    for name in tokens.keys() & ruled.keys():
        tokens[name] = cache_key(tokens[name], msgspec.msgpack.encode(ruled[name]))
    lots = [
        replace(lot, digest=cache_key(b"".join(map(tokens.__getitem__, lot.names))))
        for lot in read.lots
    ]
    return Edition(articles=read.articles, digests=tokens, lots=tuple(lots))


def _known(
    read: Edition[str], before: Mapping[bytes, Known], current: bytes, change: Change | None
) -> dict[bytes, Known]:
    """What is known of each lot now: of one that is new, or of all after a change, what was known of its articles."""
    same = before if change is None else {}
    now = {lot.digest for lot in read.lots if lot.digest in same}
    older = {
        article: token
        for digest, known in before.items()
        if digest not in now
        for article, token in zip(_split(known.articles), _split(known.tokens), strict=True)
    }
    found = {}
    for lot in read.lots:
        if lot.digest not in now:
            articles = {cache_key(name, read.digests[name]): name for name in lot.names}
            tokens = (
                older[article]
                if article in older and not (change and change.touches(read.articles[name]))
                else cache_key(article, current)
                for article, name in articles.items()
            )
            found[lot.digest] = Known(articles=b"".join(articles), tokens=b"".join(tokens))
        else:
            found[lot.digest] = same[lot.digest]
    return found


def _split(data: bytes) -> list[bytes]:
    return [data[start : start + TOKEN] for start in range(0, len(data), TOKEN)]


def _by_article(decisions: Sequence[Decision]) -> dict[ArticleId, list[Decision]]:
    found: dict[ArticleId, list[Decision]] = {}
    for decision in decisions:
        for article in decision.articles:
            found.setdefault(article, []).append(decision)
    return found


def _changed(old: Sequence[Entity], new: Sequence[Entity]) -> list[Entity]:
    """Entries that are not in both, as they were and as they are."""
    before, after = ({entity.id: entity for entity in entities} for entities in (old, new))
    differing = [
        name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)
    ]
    sides = (table.get(name) for name in differing for table in (before, after))
    return [entity for entity in sides if entity is not None]


def _last(cache: Cache, packed: bytes) -> tuple[Mapping[bytes, Known], tuple[Entity, ...] | None]:
    """The lots of the last build, and its entries if they were others than these."""
    data = cache.get(STAGE, [cache_key(STAGE)]).get(cache_key(STAGE), b"")
    try:
        last = msgspec.msgpack.decode(data, type=Authority)
        if bytes(last.entities) == packed:
            return last.lots, None
        return last.lots, msgspec.msgpack.decode(last.entities, type=tuple[Entity, ...])
    except ValueError:
        return {}, None
