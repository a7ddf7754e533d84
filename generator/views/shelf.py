"""The shelf: what pages say of articles, outlets and names other than their own, looked up once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from generator.model import (
    Archive,
    Article,
    ArticleDate,
    ArticleId,
    Entity,
    EntityId,
    EntityKind,
    LanguageCode,
    Quotation,
    QuotationGroup,
    Rights,
    Source,
    SourceId,
    Status,
    Story,
    StoryId,
)
from generator.record import record, replace
from generator.settings import Settings
from generator.text import base_language, paragraph_addresses
from generator.views.dates import month_of, sort_key
from generator.views.rights import strictest
from generator.views.tasks import mark


@record
class Card:
    """What a listing says of an article. `versions` counts its group, itself included."""

    id: ArticleId
    title: str
    language: LanguageCode
    date: ArticleDate
    source: SourceId
    source_name: str
    versions: int = 1
    story: StoryId | None = None
    rights: Rights = Rights.FULL


@record
class NameCard:
    """An entity as other pages name it, with the number of articles that do."""

    id: EntityId
    kind: EntityKind
    name: str
    articles: int = 0


def entity_name(entity: Entity, language: LanguageCode | str) -> str:
    """The heading of an entity in a language, else in English, else its first name."""
    for code in (str(language), base_language(language), "en"):
        names = entity.names.get(LanguageCode(code))
        if names:
            return names[0]
    return next(iter(next(iter(entity.names.values()), (entity.id,))), entity.id)


def source_name(source: Source | None, fallback: SourceId, language: LanguageCode | str) -> str:
    """An outlet's name in a language; its id if it is in no list."""
    if source is None:
        return str(fallback)
    for code in (str(language), base_language(language)):
        if code in source.names:
            return source.names[LanguageCode(code)]
    return source.name


class Shelf:
    """Look-ups over an archive; nothing in it depends on the page that asks."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self.archive = archive
        self.settings = settings
        self._rights: dict[ArticleId, Rights] = {}
        self._source_names: dict[tuple[SourceId, LanguageCode], str] = {}

    @cached_property
    def around(self) -> bytes:
        """A mark of all entities and outlets."""
        archive = self.archive
        return mark((dict(archive.entities), dict(archive.latin), dict(archive.sources)))

    @cached_property
    def outlets(self) -> bytes:
        """A mark of all outlets."""
        return mark(dict(self.archive.sources))

    @cached_property
    def published(self) -> tuple[Article, ...]:
        """Every published article, earliest first."""
        kept = (item for item in self.archive.articles.values() if item.status is Status.PUBLISHED)
        return tuple(sorted(kept, key=lambda item: (sort_key(item.date), item.id)))

    @cached_property
    def withdrawn(self) -> tuple[Article, ...]:
        """Every withdrawn article, by id."""
        kept = (item for item in self.archive.articles.values() if item.status is Status.WITHDRAWN)
        return tuple(sorted(kept, key=lambda item: item.id))

    @cached_property
    def mains(self) -> tuple[Article, ...]:
        """The main article of every version group, earliest first."""
        others = self._others
        return tuple([item for item in self.published if item.id not in others])

    @cached_property
    def _others(self) -> Mapping[ArticleId, ArticleId]:
        """The versions that are not the main one of their group, and which is."""
        groups = self.archive.groups.items()
        return {name: group.main for name, group in groups if group.main != name}

    @cached_property
    def stories(self) -> Mapping[StoryId, Story]:
        """Every story by its id."""
        return {story.id: story for story in self.archive.stories.values()}

    @cached_property
    def cards_of_mains(self) -> tuple[Card, ...]:
        """The cards of the main articles, earliest first."""
        others = self._others
        return tuple([card for name, card in self.cards.items() if name not in others])

    @cached_property
    def by_source(self) -> Mapping[SourceId, Sequence[Card]]:
        """The articles of each outlet, earliest first, of its versions of one article only the main one (or one)."""
        found: dict[SourceId, list[Card]] = {source: [] for source in self.archive.sources}
        seen: set[tuple[SourceId, ArticleId]] = set()
        others = self._others
        for card in self.cards.values():
            if card.id in others:
                main = others[card.id]
                key = (card.source, main)
                if key in seen or self.cards[main].source == card.source:
                    continue
                seen.add(key)
            found.setdefault(card.source, []).append(card)
        return dict(sorted(found.items()))

    @cached_property
    def by_language(self) -> Mapping[LanguageCode, Sequence[Card]]:
        """The main articles in each language."""
        found: dict[LanguageCode, list[Card]] = {}
        for card in self.cards_of_mains:
            found.setdefault(card.language, []).append(card)
        return dict(sorted(found.items()))

    @cached_property
    def cards(self) -> Mapping[ArticleId, Card]:
        """The card of every published article."""
        return {item.id: self._card(item) for item in self.published}

    @cached_property
    def months(self) -> Mapping[str, Sequence[ArticleId]]:
        """The published articles by month as far as it is known, in the order of their ids."""
        found: dict[str, list[ArticleId]] = {}
        cards = self.cards
        for name in sorted(cards):
            found.setdefault(month_of(cards[name].date), []).append(name)
        return dict(sorted(found.items()))

    def _card(self, article: Article) -> Card:
        group = self.archive.groups.get(article.id)
        story = self.archive.stories.get(group.main if group else article.id)
        return Card(
            id=article.id,
            title=article.title,
            language=article.language,
            date=article.date,
            source=article.source,
            source_name=self.outlet(article.source, article.language),
            versions=len(group.members) if group else 1,
            story=story.id if story else None,
            rights=self.rights(article),
        )

    def outlet(self, source: SourceId, language: LanguageCode) -> str:
        """An outlet's name in a language."""
        known = self._source_names
        if (source, language) not in known:
            entry = self.archive.sources.get(source)
            known[source, language] = source_name(entry, source, language)
        return known[source, language]

    def main(self, article: ArticleId) -> ArticleId:
        """The main article of an article's version group."""
        return self._others.get(article, article)

    def rights(self, article: Article) -> Rights:
        """The stricter of an article's and its outlet's rights."""
        source = self.archive.sources.get(article.source)
        if source is None or source.rights is article.rights:
            return article.rights
        return strictest((article.rights, source.rights))

    def strictest(self, *articles: ArticleId) -> Rights:
        """The strictest rights among articles and the versions of each."""
        return strictest(map(self._strictest, map(self.main, articles)))

    def _strictest(self, main: ArticleId) -> Rights:
        found = self._rights.get(main)
        if found is None:
            group, articles = self.archive.groups.get(main), self.archive.articles
            members = group.members if group else (main,)
            known = (articles[item] for item in members if item in articles)
            found = self._rights[main] = strictest(map(self.rights, known))
        return found

    def paragraphs(self, article: Article) -> tuple[str, ...]:
        """The address of each block of an article, in order."""
        analysis = self.archive.analyses.get(article.id)
        known = analysis.paragraphs.split() if analysis else ()
        return tuple(known) or paragraph_addresses(article)

    def cards_of(self, articles: Iterable[ArticleId]) -> tuple[Card, ...]:
        """Cards in the order asked for; withdrawn and unknown articles are left out."""
        known = self.cards
        return tuple([known[item] for item in articles if item in known])

    def name_card(self, entity: EntityId, language: LanguageCode | str) -> NameCard | None:
        """An entity as a page in a language names it, with the number of articles that do."""
        card = self.bare_name_card(entity, language)
        count = len(self.articles_naming.get(entity, ()))
        return card and replace(card, articles=count)

    def bare_name_card(self, entity: EntityId, language: LanguageCode | str) -> NameCard | None:
        """The same for pages that do not say how many articles: they need not change with that."""
        entry = self.archive.entities.get(entity)
        if entry is None:
            return None
        return NameCard(id=entity, kind=entry.kind, name=entity_name(entry, language))

    def named_in(self, article: ArticleId) -> tuple[EntityId, ...]:
        """The entities that a published article names, by their ids."""
        known = self.archive.named.get(article)
        if known is not None:
            return known.entities
        mentions = self.archive.mentions.get(article, ())
        return tuple(sorted({mention.entity for mention in mentions}))

    @cached_property
    def articles_naming(self) -> Mapping[EntityId, tuple[ArticleId, ...]]:
        """The main articles that name each entity, earliest first."""
        found: defaultdict[EntityId, list[ArticleId]] = defaultdict(list)
        for card in self.cards_of_mains:
            name = card.id
            for entity in self.named_in(name):
                found[entity].append(name)
        return {entity: tuple(articles) for entity, articles in sorted(found.items())}

    @cached_property
    def quotations_in(self) -> Mapping[ArticleId, tuple[tuple[Quotation, QuotationGroup], ...]]:
        """The quotations of each article that other articles carry too, in order of the text."""
        found: dict[ArticleId, list[tuple[Quotation, QuotationGroup]]] = {}
        for group in self.archive.quotation_groups:
            if len({member.article for member in group.members}) > 1:
                for member in group.members:
                    found.setdefault(member.article, []).append((member, group))
        return {
            article: tuple(
                sorted(items, key=lambda item: (item[0].spans[0].segment, item[0].spans[0].start))
            )
            for article, items in found.items()
        }
