"""What the search index holds: the words of articles, quotations and names, and no word of the interface."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from generator.model import (
    Archive,
    Article,
    ArticleId,
    EntityId,
    LanguageCode,
    Quotation,
    QuotationGroup,
    Reading,
    Rights,
    SearchEntry,
    SearchKind,
    SearchRecord,
    Status,
    StoryId,
    VersionFacts,
)
from generator.settings import Settings
from generator.views import addresses
from generator.views.dates import days
from generator.views.rights import ORDER, may_show, visible_blocks
from generator.views.shelf import Shelf, entity_name
from generator.views.tasks import mark


def search_entries(archive: Archive, settings: Settings) -> Iterator[SearchEntry]:
    """One for each version group, each quotation in each of its languages, each entity."""
    shelf = Shelf(archive, settings)
    for name, article in archive.articles.items():
        versions = archive.groups.get(name)
        if article.status is Status.PUBLISHED and (versions is None or versions.main == name):
            yield _article_entry(shelf, article, versions.members if versions else (name,))
    for group in archive.quotation_groups:
        for language, members in sorted(_by_language(shelf, group).items()):
            make = partial(_quotation, shelf, group, language, members)
            yield search_entry(make(), make)
    for entity in sorted(archive.entities):
        make = partial(_entity, shelf, entity)
        yield search_entry(make(), make)


def search_entry(made: SearchRecord, make: Callable[[], SearchRecord]) -> SearchEntry:
    """What the index must know of a record, which need not stay in memory; `made` has all that tells whether it changed."""
    return SearchEntry(
        id=made.id,
        kind=made.kind,
        language=made.language,
        sort_date=made.sort_date,
        seen=(mark(made),),
        size=len(made.content) + _length(made.readings),
        make=make,
    )


def _article_entry(shelf: Shelf, main: Article, members: tuple[ArticleId, ...]) -> SearchEntry:
    """The record is not made for this, nor is a text read that is shown whole: its length and its digest were told before."""
    make = partial(_article, shelf, main)
    article = main if len(members) == 1 else _most_open(shelf, main, members)
    told = shelf.archive.named.get(article.id)
    if told is None or shelf.rights(article) is not Rights.FULL:
        return search_entry(make(), make)
    story = shelf.archive.stories.get(main.id)
    readings = _readings(shelf, article, members)
    return SearchEntry(
        id=article.id,
        kind=SearchKind.ARTICLE,
        language=article.language,
        sort_date=days(article.date),
        seen=(
            article.id,
            article.title,
            article.subtitle,
            article.source,
            shelf.outlet(article.source, article.language),
            article.date.iso,
            article.authors,
            told.text,
            told.entities,
            members,
            _version_facts(shelf, article, members),
            readings,
            story and story.id,
        ),
        size=told.characters + _length(readings),
        make=make,
    )


def _article(shelf: Shelf, main: Article) -> SearchRecord:
    members = _members(shelf, main)
    article = _most_open(shelf, main, members)
    blocks = visible_blocks(article, shelf.rights(article))
    return SearchRecord(
        id=article.id,
        url=addresses.article(article.id),
        kind=SearchKind.ARTICLE,
        language=article.language,
        title=article.title,
        content="\n".join(block.text for block in blocks),
        subtitle=article.subtitle or "",
        source=article.source,
        source_name=shelf.outlet(article.source, article.language),
        date=article.date.iso,
        sort_date=days(article.date),
        authors=article.authors,
        versions=members,
        version_facts=_version_facts(shelf, article, members),
        readings=_readings(shelf, article, members),
        entities=_names(shelf, article),
        story=_story(shelf, main.id),
    )


def _members(shelf: Shelf, main: Article) -> tuple[ArticleId, ...]:
    group = shelf.archive.groups.get(main.id)
    return group.members if group else (main.id,)


def _version_facts(
    shelf: Shelf, shown: Article, members: Sequence[ArticleId]
) -> tuple[VersionFacts, ...]:
    """What tells several versions apart."""
    if len(members) == 1:
        return ()
    return tuple(
        VersionFacts(
            source=item.source,
            source_name=shelf.outlet(item.source, item.language),
            date=item.date.iso,
            title=item.title if item.title != shown.title else "",
            updated=item.updated.iso if item.updated else "",
            capture=item.capture.kind.value if item.capture else "",
            captured=item.captured.iso if item.captured else "",
        )
        for item in map(shelf.archive.articles.__getitem__, members)
    )


def _readings(shelf: Shelf, shown: Article, members: Sequence[ArticleId]) -> tuple[Reading, ...]:
    """What other versions say and the one shown does not, of those that may be shown in full."""
    group = shelf.archive.groups.get(shown.id)
    if group is None:
        return ()
    versions = [shelf.archive.articles[name] for name in members]
    full = {item.id for item in versions if shelf.rights(item) is Rights.FULL}
    titles = {
        item.title: [one.id for one in versions if one.title == item.title] for item in versions
    }
    titles.pop(shown.title)
    rows = (row for row in group.sentences if row.articles[0] in full)
    sentences = {
        row.text: full.intersection(row.articles) for row in rows if shown.id not in row.articles
    }
    return tuple(
        Reading(versions=tuple(sorted(map(members.index, holders))), text=text)
        for text, holders in (*titles.items(), *sentences.items())
    )


def _length(readings: Iterable[Reading]) -> int:
    return sum(len(reading.text) for reading in readings)


def _most_open(shelf: Shelf, main: Article, members: Iterable[ArticleId]) -> Article:
    return min(
        map(shelf.archive.articles.__getitem__, members),
        key=lambda item: (ORDER.index(shelf.rights(item)), item.id != main.id, item.id),
    )


def _names(shelf: Shelf, article: Article) -> tuple[EntityId, ...]:
    """The entities that an article names; the shelf would look up those of all articles."""
    told = shelf.archive.named.get(article.id)
    if told is not None:
        return told.entities
    return tuple(sorted({one.entity for one in shelf.archive.mentions.get(article.id, ())}))


def _story(shelf: Shelf, main: ArticleId) -> StoryId | None:
    story = shelf.archive.stories.get(main)
    return story.id if story else None


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
    return SearchRecord(
        id=f"{group.id}:{language}",
        url=addresses.quotation(group.id),
        kind=SearchKind.QUOTATION,
        language=language,
        title=_speaker(shelf, group, members[0], language),
        content="\n".join(texts),
        source=first.source,
        source_name=shelf.outlet(first.source, language),
        date=first.date.iso,
        sort_date=days(first.date),
        entities=(group.speaker,) if group.speaker else (),
        story=_story(shelf, shelf.main(first.id)),
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
