"""What the search index holds: the words of articles, quotations and names, and no word of the interface."""

from collections.abc import Iterator, Sequence

from generator.model import (
    Archive,
    Article,
    EntityId,
    LanguageCode,
    Quotation,
    QuotationGroup,
    Rights,
    SearchKind,
    SearchRecord,
)
from generator.settings import Settings
from generator.text import paragraph_addresses
from generator.views import addresses
from generator.views.dates import days
from generator.views.rights import may_show, visible_blocks
from generator.views.shelf import Shelf, entity_name


def search_records(archive: Archive, settings: Settings) -> Iterator[SearchRecord]:
    """One record for each version group, each quotation in each of its languages, each entity."""
    shelf = Shelf(archive, settings)
    for article in shelf.mains:
        yield _article(shelf, article)
    for group in archive.quotation_groups:
        yield from _quotations(shelf, group)
    for entity in sorted(archive.entities):
        yield _entity(shelf, entity)


def _article(shelf: Shelf, main: Article) -> SearchRecord:
    """The main version, or another one where only that may be shown in full."""
    archive = shelf.archive
    group = archive.groups.get(main.id)
    members = group.members if group else (main.id,)
    article = _most_open(shelf, main, [archive.articles[member] for member in members])
    blocks = visible_blocks(article, shelf.rights(article))
    cut = shelf.rights(article) is not Rights.FULL
    card = shelf.cards[article.id]
    return SearchRecord(
        id=article.id,
        url=addresses.article(article.id),
        kind=SearchKind.ARTICLE,
        language=article.language,
        title=article.title,
        content="\n".join(block.text for block in blocks),
        paragraphs=paragraph_addresses(article)[: len(blocks)] if cut else (),
        source=article.source,
        source_name=card.source_name,
        date=article.date.iso,
        sort_date=days(article.date),
        authors=article.authors,
        versions=members,
        entities=tuple(sorted({item.entity for item in archive.mentions.get(article.id, ())})),
        story=card.story,
    )


def _most_open(shelf: Shelf, main: Article, members: Sequence[Article]) -> Article:
    order = list(Rights)
    return min(
        members, key=lambda item: (order.index(shelf.rights(item)), item.id != main.id, item.id)
    )


def _quotations(shelf: Shelf, group: QuotationGroup) -> Iterator[SearchRecord]:
    """A shared quotation, once in each language in which it may be shown."""
    found: dict[LanguageCode, list[Quotation]] = {}
    for member in group.members:
        article = shelf.archive.articles[member.article]
        rights = shelf.rights(article)
        if all(may_show(span, article, rights) for span in member.spans):
            found.setdefault(article.language, []).append(member)
    for language, members in sorted(found.items()):
        first = shelf.archive.articles[members[0].article]
        texts = list(dict.fromkeys(member.text for member in members))
        card = shelf.cards[first.id]
        yield SearchRecord(
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
