"""What a process does with a batch of articles, and the means it keeps for the next batch."""

from collections.abc import Sequence
from functools import lru_cache

from generator.analysis.analyse import analyse_many
from generator.analysis.encoder import load_encoder
from generator.analysis.mentions import Tagger, build_tagger
from generator.model import Analysis, Article, Decision, Entity, Mention, UndecidedMention, record


@record
class Names:
    """The names found in one article, and those that nothing decides."""

    mentions: tuple[Mention, ...] = ()
    undecided: tuple[UndecidedMention, ...] = ()


def analyse_batch(articles: Sequence[Article], *, encoder: str) -> tuple[Analysis, ...]:
    """The analyses of articles, in order."""
    return analyse_many(articles, load_encoder(encoder))


def tag_batch(
    articles: Sequence[Article], *, entities: tuple[Entity, ...], decisions: tuple[Decision, ...]
) -> tuple[Names, ...]:
    """The names in articles, in order."""
    tagger = _tagger(_Identity(entities))
    found = (tagger.tag(article, decisions=decisions) for article in articles)
    return tuple(Names(mentions=mentions, undecided=undecided) for mentions, undecided in found)


class _Identity:
    """Entities as the key of a cache: the same if they are equal, without hashing every name."""

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        self.entities = entities

    def __hash__(self) -> int:
        return len(self.entities)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self.entities == other.entities


@lru_cache(maxsize=1)
def _tagger(identity: _Identity) -> Tagger:
    return build_tagger(identity.entities)
