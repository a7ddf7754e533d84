"""Records with good defaults, for tests that care about one field."""

from typing import Any

from generator.linking.permalinks import Linked, permalinks
from generator.model import (
    Archive,
    Article,
    ArticleDate,
    ArticleId,
    Block,
    LanguageCode,
    Source,
    SourceId,
    Status,
    VersionGroup,
)
from generator.record import replace


def make_article(text: str = "A first paragraph.\n\nA second one.", **changes: Any) -> Article:
    """An article whose blocks are the paragraphs of `text`, with any field changed."""
    fields: dict[str, Any] = {
        "id": ArticleId("2024-01-02-herald-a-title"),
        "title": "A title",
        "date": ArticleDate(iso="2024-01-02"),
        "source": SourceId("herald"),
        "language": LanguageCode("en"),
        "blocks": tuple(Block(text=part) for part in text.split("\n\n") if part),
    }
    fields |= changes
    fields.setdefault("path", f"articles/2024/{fields['id']}.md")
    return Article(**fields)


def make_archive(*articles: Article, **tables: Any) -> Archive:
    """An archive of these articles in which each is its own version group; any table can be given."""
    published = [item.id for item in articles if item.status is Status.PUBLISHED]
    sources = {item.source: Source(id=item.source, name=str(item.source)) for item in articles}
    fields: dict[str, Any] = {
        "articles": {item.id: item for item in articles},
        "sources": sources,
        "entities": {},
        "analyses": {},
        "mentions": {},
        "provenance": {},
        "groups": {item: VersionGroup(main=item, members=(item,)) for item in published},
        "differences": {},
        "links": {},
        "stories": {},
        "quotation_groups": (),
    }
    return Archive(**(fields | tables))


def with_permalinks(archive: Archive) -> Archive:
    """The archive with the table of addresses that a build would give it."""
    linked = Linked(
        articles=archive.articles,
        groups=archive.groups,
        stories=archive.stories,
        quotations={},
        redirects=archive.redirects,
    )
    return replace(archive, permalinks=permalinks(linked))
