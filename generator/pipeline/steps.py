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
    UndecidedMention,
    record,
)


@record
class Names:
    """The names found in one article, and those that nothing decides."""

    mentions: tuple[Mention, ...] = ()
    undecided: tuple[UndecidedMention, ...] = ()


def analyse_batch(articles: Sequence[Article]) -> list[Analysis]:
    """The analyses of articles without their meaning, in order."""
    return [without_meaning(article) for article in articles]


def meaning_batch(told: Sequence[Telling], *, encoder: str) -> tuple[Meaning, ...]:
    """The meaning of articles, in order."""
    return meanings(told, load_encoder(encoder))


def tag_batch(
    articles: Sequence[Article], *, entities: bytes, decisions: tuple[Decision, ...]
) -> list[Names]:
    """The names in articles, in order; `entities` are packed."""
    tagger = _tagger(entities)
    own: dict[ArticleId, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for article_id in decision.articles:
            own[article_id].append(decision)
    found = (tagger.tag(article, decisions=own.get(article.id, ())) for article in articles)
    return [Names(mentions=mentions, undecided=undecided) for mentions, undecided in found]


@lru_cache(maxsize=1)
def _tagger(entities: bytes) -> Tagger:
    return build_tagger(msgspec.msgpack.decode(entities, type=tuple[Entity, ...]))
