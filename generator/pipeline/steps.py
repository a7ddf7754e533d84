"""What a process does with a batch of articles, and the means it keeps for the next batch."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

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
    Mention,
    Quotation,
    Quoted,
    UndecidedMention,
)
from generator.record import record


@record
class Names:
    """The names found in one article, those that nothing decides, and what that says of its quotations."""

    mentions: tuple[Mention, ...] = ()
    undecided: tuple[UndecidedMention, ...] = ()
    quoted: Quoted = Quoted(number=0, entities=())


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
        quoted = _quoted(task.quotations, mentions)
        found.append(Names(mentions=mentions, undecided=undecided, quoted=quoted))
    return found


def _quoted(quotations: Sequence[Quotation], mentions: Sequence[Mention]) -> Quoted:
    places = [
        span
        for quotation in quotations
        for span in (*quotation.spans, quotation.speaker_span)
        if span is not None
    ]
    named = (item for item in mentions if any(item.span.overlaps(span) for span in places))
    return Quoted(number=len(quotations), entities=tuple(sorted({item.entity for item in named})))


@lru_cache(maxsize=1)
def _tagger(entities: bytes) -> Tagger:
    return build_tagger(msgspec.msgpack.decode(entities, type=tuple[Entity, ...]))
