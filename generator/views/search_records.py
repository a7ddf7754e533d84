"""What the search index holds: the words of articles, quotations and names, and no word of the interface."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from generator.model import (
    Archive,
    Article,
    ArticleId,
    EntityId,
    LanguageCode,
    Quotation,
    QuotationGroup,
    Rights,
    SearchEntry,
    SearchKind,
    SearchRecord,
)
from generator.record import replace
from generator.settings import Settings
from generator.views import addresses
from generator.views.dates import days
from generator.views.rights import may_show, visible_blocks
from generator.views.shelf import Shelf, entity_name
from generator.views.tasks import mark


def search_entries(archive: Archive, settings: Settings) -> Iterator[SearchEntry]:
    """One for each version group, each quotation in each of its languages, each entity."""
    shelf = Shelf(archive, settings)
    for article in shelf.mains:
        yield _article_entry(shelf, article)
    for group in archive.quotation_groups:
        for language, members in sorted(_by_language(shelf, group).items()):
            make = partial(_quotation, shelf, group, language, members)
            yield search_entry(make(), make)
    for entity in sorted(archive.entities):
        make = partial(_entity, shelf, entity)
        yield search_entry(make(), make)


def search_entry(
    made: SearchRecord, make: Callable[[], SearchRecord], size: int | None = None
) -> SearchEntry:
    """What the index must know of a record, which need not stay in memory; `made` has all that tells whether it changed.

    `size` is the length of its text, if `made` has something else in its place.
    """
    return SearchEntry(
        id=made.id,
        kind=made.kind,
        language=made.language,
        source=made.source,
        source_name=made.source_name,
        sort_date=made.sort_date,
        entities=made.entities,
        story=made.story,
        digest=mark(made),
        size=len(made.content) if size is None else size,
        make=make,
    )


def _article_entry(shelf: Shelf, main: Article) -> SearchEntry:
    """A text that is shown whole is not read for this: its length and its digest were told before."""
    make = partial(_with_paragraphs, shelf, main)
    article = _of_group(shelf, main)
    told = shelf.archive.named.get(article.id)
    if told is None or shelf.rights(article) is not Rights.FULL:
        return search_entry(_article(shelf, main), make)
    return search_entry(_record(shelf, main, article, told.text), make, told.characters)


def _with_paragraphs(shelf: Shelf, main: Article) -> SearchRecord:
    """An article's record with the addresses of its paragraphs, which follow from their words."""
    made = _article(shelf, main)
    article = shelf.archive.articles[ArticleId(made.id)]
    shown = visible_blocks(article, shelf.rights(article))
    return replace(made, paragraphs=shelf.paragraphs(article)[: len(shown)])


def _article(shelf: Shelf, main: Article) -> SearchRecord:
    article = _of_group(shelf, main)
    blocks = visible_blocks(article, shelf.rights(article))
    return _record(shelf, main, article, "\n".join(block.text for block in blocks))


def _members(shelf: Shelf, main: Article) -> tuple[ArticleId, ...]:
    group = shelf.archive.groups.get(main.id)
    return group.members if group else (main.id,)


def _of_group(shelf: Shelf, main: Article) -> Article:
    """The main version, or another one where only that may be shown in full."""
    articles = shelf.archive.articles
    return _most_open(shelf, main, [articles[member] for member in _members(shelf, main)])


def _record(shelf: Shelf, main: Article, article: Article, content: str) -> SearchRecord:
    card = shelf.cards[article.id]
    return SearchRecord(
        id=article.id,
        url=addresses.article(article.id),
        kind=SearchKind.ARTICLE,
        language=article.language,
        title=article.title,
        content=content,
        source=article.source,
        source_name=card.source_name,
        date=article.date.iso,
        sort_date=days(article.date),
        authors=article.authors,
        versions=_members(shelf, main),
        entities=shelf.named[article.id],
        story=card.story,
    )


def _most_open(shelf: Shelf, main: Article, members: Sequence[Article]) -> Article:
    order = list(Rights)
    return min(
        members, key=lambda item: (order.index(shelf.rights(item)), item.id != main.id, item.id)
    )


def _by_language(shelf: Shelf, group: QuotationGroup) -> dict[LanguageCode, list[Quotation]]:
    """The renderings of a shared quotation that may be shown."""
    found: dict[LanguageCode, list[Quotation]] = {}
    for member in group.members:
        article = shelf.archive.articles[member.article]
        rights = shelf.rights(article)
        if all(may_show(span, article, rights) for span in member.spans):
            found.setdefault(article.language, []).append(member)
    return found


def _quotation(
    shelf: Shelf, group: QuotationGroup, language: LanguageCode, members: Sequence[Quotation]
) -> SearchRecord:
    """A shared quotation in one of its languages."""
    first = shelf.archive.articles[members[0].article]
    texts = list(dict.fromkeys(member.text for member in members))
    card = shelf.cards[first.id]
    return SearchRecord(
        id=f"{group.id}:{language}",
        url=addresses.quotation(group.id),
        kind=SearchKind.QUOTATION,
        language=language,
        title=_speaker(shelf, group, members[0], language),
        content="\n".join(texts),
        source=first.source,
        source_name=card.source_name,
        date=first.date.iso,
        sort_date=days(first.date),
        entities=(group.speaker,) if group.speaker else (),
        story=card.story,
    )


def _speaker(
    shelf: Shelf, group: QuotationGroup, quotation: Quotation, language: LanguageCode
) -> str:
    entry = shelf.archive.entities.get(group.speaker) if group.speaker else None
    return entity_name(entry, language) if entry else quotation.speaker or ""


def _entity(shelf: Shelf, entity: EntityId) -> SearchRecord:
    """A name in all its forms. Its language is the site's, so that there is one record of it."""
    entry = shelf.archive.entities[entity]
    language = LanguageCode(shelf.settings.default_language)
    names = [name for _, forms in sorted(entry.names.items()) for name in forms]
    told = [entry.description[code] for code in sorted(entry.description)]
    return SearchRecord(
        id=entity,
        url=addresses.entity(entity),
        kind=SearchKind.ENTITY,
        language=language,
        title=entity_name(entry, language),
        content="\n".join(dict.fromkeys([*names, *told])),
        entities=(entity,),
    )
