"""What a process does with a batch of articles, and the means it keeps for the next batch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256

import msgspec

from generator.analysis.analyse import Meaning, Telling, meanings, without_meaning
from generator.analysis.encoder import load_encoder
from generator.analysis.mentions import Tagger, build_tagger
from generator.model import (
    Analysis,
    Article,
    ArticleId,
    Decision,
    Entity,
    EntityId,
    Mention,
    Named,
    Quotation,
)
from generator.record import record
from generator.text import body_text


@record
class Names:
    """The names found in one article, and what they come to."""

    mentions: tuple[Mention, ...]
    named: Named


@record
class Naming:
    """An article whose names are to be found, with its quotations."""

    article: Article
    quotations: tuple[Quotation, ...]


def analyse_batch(articles: Sequence[Article]) -> list[Analysis]:
    """The analyses of articles without their meaning, in order."""
    return [without_meaning(article) for article in articles]


def meaning_batch(told: Sequence[Telling], *, encoder: str) -> tuple[Meaning, ...]:
    """The meaning of articles, in order."""
    return meanings(told, load_encoder(encoder))


def tag_batch(
    tasks: Sequence[Naming], *, entities: bytes, decisions: tuple[Decision, ...]
) -> list[Names]:
    """The names in articles, in order; `entities` are packed."""
    tagger = _tagger(entities)
    own: dict[ArticleId, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for article_id in decision.articles:
            own[article_id].append(decision)
    found = []
    for task in tasks:
        mentions, undecided = tagger.tag(task.article, decisions=own.get(task.article.id, ()))
        named = Named(
            entities=_entities(mentions),
            mentions=len(mentions),
            quotations=len(task.quotations),
            quoted=_entities(_quoted(task.quotations, mentions)),
            undecided=undecided,
            characters=sum(len(block.text) for block in task.article.blocks),
            text=sha256(body_text(task.article).encode()).hexdigest(),
        )
        found.append(Names(mentions=mentions, named=named))
    return found


def _entities(mentions: Iterable[Mention]) -> tuple[EntityId, ...]:
    return tuple(sorted({item.entity for item in mentions}))


def _quoted(quotations: Sequence[Quotation], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions in quotations and in what is said of their speakers."""
    places = [
        span
        for quotation in quotations
        for span in (*quotation.spans, quotation.speaker_span)
        if span is not None
    ]
    return (item for item in mentions if any(item.span.overlaps(span) for span in places))


@lru_cache(maxsize=1)
def _tagger(entities: bytes) -> Tagger:
    return build_tagger(msgspec.msgpack.decode(entities, type=tuple[Entity, ...]))
