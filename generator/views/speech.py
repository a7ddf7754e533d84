"""Who said what about whom: every quotation with its speaker and the names in it, for the pages of names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import merge

from generator.model import (
    ArticleId,
    EntityId,
    Mention,
    Quotation,
    QuotationGroup,
    QuotationGroupId,
    Span,
)
from generator.record import read_in_lots, record
from generator.views.dates import sort_key
from generator.views.quotation_words import Words, words_of
from generator.views.shelf import Shelf


@record
class Saying:
    """A quotation as a list shows it; one that several articles render stands once, with their number."""

    words: Words
    group: QuotationGroupId | None
    renderings: int


@record
class Voice:
    """A quotation with the entity that speaks, those that it names, and the group that it belongs to."""

    quotation: Quotation
    speaker: EntityId | None
    named: frozenset[EntityId]
    group: QuotationGroup | None


class Speech:
    """The quotations of the main articles by speaker and by whom they name."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._voices: dict[ArticleId, tuple[Voice, ...]] = {}
        self._sayings: dict[tuple[ArticleId, tuple[Span, ...]], Saying] = {}

    def said(self, entity: EntityId) -> tuple[Saying, ...]:
        """What an entity said, latest first."""
        return self._latest_first(
            voice for voice in self._around(entity) if voice.speaker == entity
        )

    def about(self, entity: EntityId) -> tuple[Saying, ...]:
        """What others said of an entity, latest first."""
        return self._latest_first(
            voice
            for voice in self._around(entity)
            if voice.speaker != entity and entity in voice.named
        )

    def groups_of(self, entity: EntityId) -> Sequence[QuotationGroup]:
        """The shared quotations whose speaker an entity is."""
        return self._by_speaker.get(entity, ())

    def _around(self, entity: EntityId) -> Iterator[Voice]:
        """Every quotation in an article that names an entity or has words of it, earliest article first."""
        shelf, named = self.shelf, self.shelf.archive.named
        naming = [
            article
            for article in shelf.articles_naming.get(entity, ())
            if article not in named or entity in named[article].quoted
        ]
        said = {member.article for group in self.groups_of(entity) for member in group.members}
        others = [article for article in said.difference(naming) if shelf.main(article) == article]
        articles = sorted(others, key=self._place.__getitem__)
        all_of_them = tuple(merge(naming, articles, key=self._place.__getitem__))
        new = [article for article in all_of_them if article not in self._voices]
        for article in read_in_lots(new, shelf.archive.analyses, shelf.archive.mentions):
            self._voices_in(article)
        for article in all_of_them:
            yield from self._voices_in(article)

    def _latest_first(self, voices: Iterable[Voice]) -> tuple[Saying, ...]:
        """Those of one article in the order of its text; of a shared quotation the earliest."""
        told: set[QuotationGroupId] = set()
        found = []
        for voice in voices:
            if voice.group is None or voice.group.id not in told:
                found.append(self._saying(voice))
            if voice.group is not None:
                told.add(voice.group.id)
        return tuple(sorted(found, key=lambda item: sort_key(item.words.card.date), reverse=True))

    def _voices_in(self, article: ArticleId) -> tuple[Voice, ...]:
        found = self._voices.get(article)
        if found is None:
            analysis = self.shelf.archive.analyses.get(article)
            quotations = analysis.quotations if analysis else ()
            found = self._voices[article] = tuple(map(self._voice, quotations))
        return found

    def _voice(self, quotation: Quotation) -> Voice:
        mentions = self.shelf.archive.mentions.get(quotation.article, ())
        group = self._groups.get((quotation.article, quotation.spans))
        named = (item.entity for item in mentions if _inside(item.span, quotation.spans))
        return Voice(
            quotation=quotation,
            speaker=_speaker(quotation, group, mentions),
            named=frozenset(named),
            group=group,
        )

    def _saying(self, voice: Voice) -> Saying:
        key = (voice.quotation.article, voice.quotation.spans)
        found = self._sayings.get(key)
        if found is None:
            members = voice.group.members if voice.group else ()
            articles = {self.shelf.main(member.article) for member in members}
            found = self._sayings[key] = Saying(
                words=words_of(self.shelf, voice.quotation),
                group=voice.group.id if voice.group else None,
                renderings=len(articles) or 1,
            )
        return found

    @cached_property
    def _place(self) -> Mapping[ArticleId, int]:
        """The place of each main article, earliest first."""
        return {article.id: place for place, article in enumerate(self.shelf.mains)}

    @cached_property
    def _groups(self) -> Mapping[tuple[ArticleId, tuple[Span, ...]], QuotationGroup]:
        return {
            (member.article, member.spans): group
            for group in self.shelf.archive.quotation_groups
            for member in group.members
        }

    @cached_property
    def _by_speaker(self) -> Mapping[EntityId, Sequence[QuotationGroup]]:
        found: dict[EntityId, list[QuotationGroup]] = {}
        for group in self.shelf.archive.quotation_groups:
            if group.speaker is not None:
                found.setdefault(group.speaker, []).append(group)
        return found


def _speaker(
    quotation: Quotation, group: QuotationGroup | None, mentions: Iterable[Mention]
) -> EntityId | None:
    """The entity that speaks: as grouping found, else the name that stands where the speaker does."""
    if group is not None and group.speaker is not None:
        return group.speaker
    place = quotation.speaker_span
    if place is None:
        return None
    inside = [item for item in mentions if item.span.overlaps(place)]
    # the last of several: *the US minister Smith*
    return max(inside, key=lambda item: item.span.start).entity if inside else None


def _inside(mention: Span, spans: Iterable[Span]) -> bool:
    return any(mention.overlaps(span) for span in spans)
