"""Who said what about whom: every quotation with its speaker and the names in it, for the pages of names."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from generator.model import (
    ArticleId,
    EntityId,
    Mention,
    Quotation,
    QuotationGroup,
    QuotationGroupId,
    Span,
    record,
)
from generator.views.dates import sort_key
from generator.views.quotation_words import Words, words_of
from generator.views.shelf import Shelf


@record
class Saying:
    """A quotation as a list shows it; one that several articles render stands once, with their number."""

    words: Words
    group: QuotationGroupId | None
    renderings: int


class Speech:
    """The quotations of the main articles by speaker and by whom they name."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    @cached_property
    def said(self) -> Mapping[EntityId, tuple[Saying, ...]]:
        """What each entity said, latest first."""
        return self._collected[0]

    @cached_property
    def about(self) -> Mapping[EntityId, tuple[Saying, ...]]:
        """What others said of each entity, latest first."""
        return self._collected[1]

    @cached_property
    def _collected(
        self,
    ) -> tuple[Mapping[EntityId, tuple[Saying, ...]], Mapping[EntityId, tuple[Saying, ...]]]:
        said: dict[EntityId, list[Saying]] = {}
        about: dict[EntityId, list[Saying]] = {}
        told: set[tuple[QuotationGroupId, EntityId, bool]] = set()
        for quotation in self._quotations():
            group = self._groups.get((quotation.article, quotation.spans))
            mentions = self.shelf.archive.mentions.get(quotation.article, ())
            speaker = _speaker(quotation, group, mentions)
            named = {item.entity for item in mentions if _inside(item.span, quotation.spans)}
            roles = tuple(_roles(speaker, named))
            if not roles:
                continue
            saying = self._saying(quotation, group)
            for entity, by in roles:
                if group is not None and (group.id, entity, by) in told:
                    continue
                if group is not None:
                    told.add((group.id, entity, by))
                (said if by else about).setdefault(entity, []).append(saying)
        return _latest_first(said), _latest_first(about)

    def _quotations(self) -> Iterator[Quotation]:
        for article in self.shelf.mains:
            analysis = self.shelf.archive.analyses.get(article.id)
            yield from analysis.quotations if analysis else ()

    @cached_property
    def _groups(self) -> Mapping[tuple[ArticleId, tuple[Span, ...]], QuotationGroup]:
        return {
            (member.article, member.spans): group
            for group in self.shelf.archive.quotation_groups
            for member in group.members
        }

    def _saying(self, quotation: Quotation, group: QuotationGroup | None) -> Saying:
        articles = {self.shelf.main(member.article) for member in group.members} if group else {1}
        return Saying(
            words=words_of(self.shelf, quotation),
            group=group.id if group else None,
            renderings=len(articles),
        )


def _speaker(
    quotation: Quotation, group: QuotationGroup | None, mentions: Iterable[Mention]
) -> EntityId | None:
    """The entity that speaks: as grouping found, else the name that stands where the speaker does."""
    if group is not None and group.speaker is not None:
        return group.speaker
    place = quotation.speaker_span
    if place is None:
        return None
    return next((item.entity for item in mentions if _overlap(item.span, place)), None)


def _roles(speaker: EntityId | None, named: set[EntityId]) -> Iterator[tuple[EntityId, bool]]:
    if speaker is not None:
        yield speaker, True
    for entity in sorted(named - {speaker}):
        yield entity, False


def _overlap(one: Span, other: Span) -> bool:
    return one.segment == other.segment and one.start < other.end and other.start < one.end


def _inside(mention: Span, spans: Iterable[Span]) -> bool:
    return any(_overlap(mention, span) for span in spans)


def _latest_first(found: Mapping[EntityId, list[Saying]]) -> Mapping[EntityId, tuple[Saying, ...]]:
    """Latest first; those of one article in the order of its text."""
    return {
        entity: tuple(sorted(items, key=lambda item: sort_key(item.words.card.date), reverse=True))
        for entity, items in found.items()
    }
