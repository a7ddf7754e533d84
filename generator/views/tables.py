"""The tables of the data export: their columns, and their rows for a group of articles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from generator.model import (
    Article,
    ArticleId,
    ArticleLink,
    Mention,
    Quotation,
    Reason,
    Rights,
    VersionLink,
)
from generator.record import record
from generator.text import body_text
from generator.views.article_files import article_fields
from generator.views.article_view import reason_names
from generator.views.interface import interface
from generator.views.reasons import reasons_text
from generator.views.rights import may_show, told_reasons, visible_blocks
from generator.views.shelf import Shelf

Row = dict[str, object]


@record
class Table:
    """A table: `columns` are name, type and meaning.

    `items` gives what the table has of an article, a row for each item; `row` makes it. Both depend on nothing that
    the mark of the article and the names of entities do not tell; `number` tells how many items there are, if that is
    sooner told than they are gathered. `forms` are the files that it is offered as.
    """

    name: str
    title: str
    columns: tuple[tuple[str, str, str], ...]
    items: Callable[[Shelf, Article], Sequence[Any]]
    row: Callable[[Shelf, Article, Any], Row]
    forms: tuple[str, ...] = ("ndjson", "csv")
    number: Callable[[Shelf, Article], int] | None = None


def rows(table: Table, shelf: Shelf, articles: Iterable[Article]) -> Iterator[Row]:
    """The rows of some articles, in order."""
    for article in articles:
        for item in table.items(shelf, article):
            yield table.row(shelf, article, item)


def count_rows(table: Table, shelf: Shelf, articles: Iterable[Article]) -> int:
    """How many rows of some articles there are."""
    if table.number is not None:
        return sum(table.number(shelf, article) for article in articles)
    return sum(len(table.items(shelf, article)) for article in articles)


def itself(shelf: Shelf, article: Article) -> Sequence[tuple[str, Rights]]:
    """The article: its main version and its rights."""
    return ((shelf.main(article.id), shelf.rights(article)),)


def article_row(shelf: Shelf, article: Article, item: tuple[str, Rights]) -> Row:
    """One row for each article, text apart."""
    main, rights = item
    text = body_text(article)
    return article_fields(article) | {
        "rights": rights.value,
        "main": main,
        "story": shelf.cards[article.id].story,
        "characters": len(text),
        "text_sha256": sha256(text.encode()).hexdigest(),
    }


def shown_text(shelf: Shelf, article: Article) -> Sequence[Rights]:
    """The rights of an article of which something may be shown."""
    rights = shelf.rights(article)
    return (rights,) if visible_blocks(article, rights) else ()


def text_row(_shelf: Shelf, article: Article, rights: Rights) -> Row:
    """The text of an article, as much as may be shown."""
    text = "\n\n".join(block.text for block in visible_blocks(article, rights))
    return {"article": article.id, "rights": rights.value, "text": text}


def version_links(shelf: Shelf, article: Article) -> Sequence[VersionLink]:
    """What an article is to the main version."""
    group = shelf.archive.groups.get(article.id)
    return [link for link in group.links if link.article == article.id] if group else ()


def version_row(shelf: Shelf, article: Article, link: VersionLink) -> Row:
    """What a version is to the main one, with the reasons that may be told."""
    return {
        "article": link.article,
        "main": shelf.main(article.id),
        "other": link.other,
        "relation": link.relation.value,
        "similarity": round(link.similarity, 4),
        "containment": round(link.containment, 4),
        "reasons": _told(shelf, link.reasons, article.id),
        "decision": link.decision.path if link.decision else None,
    }


def links(shelf: Shelf, article: Article) -> Sequence[ArticleLink]:
    """The links of which an article is the first end."""
    return [
        link
        for link in shelf.archive.links.get(article.id, ())
        if link.article == article.id and link.other in shelf.cards
    ]


def link_row(shelf: Shelf, _article: Article, link: ArticleLink) -> Row:
    """Related articles, with the reasons that may be told; each link once, under its first end."""
    return {
        "article": link.article,
        "other": link.other,
        "relation": link.relation.value,
        "score": round(link.score, 4),
        "reasons": _told(shelf, link.reasons, link.article, link.other),
        "decision": link.decision.path if link.decision else None,
    }


def _told(shelf: Shelf, reasons: Sequence[Reason], *articles: ArticleId) -> str:
    """Reasons in words, as much as the rights of the articles allow."""
    told = told_reasons(reasons, shelf.strictest(*articles))
    return reasons_text(interface("en"), told, reason_names(shelf, told, "en"))


def mentions(shelf: Shelf, article: Article) -> Sequence[Mention]:
    """The names in an article."""
    return shelf.archive.mentions.get(article.id, ())


def mention_number(shelf: Shelf, article: Article) -> int:
    """How many names are in an article."""
    named = shelf.archive.named.get(article.id)
    return len(mentions(shelf, article)) if named is None else named.mentions


def mention_row(shelf: Shelf, article: Article, mention: Mention) -> Row:
    """A name in an article; the form only where the text may be shown."""
    span = mention.span
    return {
        "article": article.id,
        "entity": mention.entity,
        "segment": span.segment,
        "start": span.start,
        "end": span.end,
        "form": mention.form if may_show(span, article, shelf.rights(article)) else None,
    }


def quotations(shelf: Shelf, article: Article) -> Sequence[Quotation]:
    """The quotations of an article."""
    analysis = shelf.archive.analyses.get(article.id)
    return analysis.quotations if analysis else ()


def quotation_number(shelf: Shelf, article: Article) -> int:
    """How many quotations an article has."""
    named = shelf.archive.named.get(article.id)
    return len(quotations(shelf, article)) if named is None else named.quotations


def quotation_row(shelf: Shelf, article: Article, quotation: Quotation) -> Row:
    """A quotation with its group; words only where they may be shown."""
    groups = {item.spans: group.id for item, group in shelf.quotations_in.get(article.id, ())}
    rights = shelf.rights(article)
    shown = all(may_show(span, article, rights) for span in quotation.spans)
    first, last = quotation.spans[0], quotation.spans[-1]
    return {
        "article": article.id,
        "group": groups.get(quotation.spans),
        "segment": first.segment,
        "start": first.start,
        "end": last.end,
        "text": quotation.text if shown else None,
        "speaker": quotation.speaker if shown else None,
        "verb": quotation.verb if shown else None,
    }


def own_story(shelf: Shelf, article: Article) -> Sequence[tuple[str, str | None]]:
    """The story of a main article, and the file that decided it."""
    story = shelf.archive.stories.get(article.id)
    if story is None or shelf.main(article.id) != article.id:
        return ()
    return ((story.id, story.decision.path if story.decision else None),)


def story_row(_shelf: Shelf, article: Article, item: tuple[str, str | None]) -> Row:
    """A main article of a story."""
    story, decision = item
    return {"story": story, "article": article.id, "decision": decision}


def entity_rows(shelf: Shelf) -> Iterator[Row]:
    """The authority file with the number of articles that name each entry."""
    for entity in sorted(shelf.archive.entities):
        entry = shelf.archive.entities[entity]
        yield {
            "id": entity,
            "kind": entry.kind.value,
            "wikidata": entry.wikidata,
            "names": [
                f"{code}: {name}" for code, names in sorted(entry.names.items()) for name in names
            ],
            "articles": len(shelf.articles_naming.get(entity, ())),
        }


def source_rows(shelf: Shelf) -> Iterator[Row]:
    """The outlets."""
    for source in sorted(shelf.archive.sources):
        entry = shelf.archive.sources[source]
        yield {
            "id": source,
            "name": entry.name,
            "names": [f"{code}: {name}" for code, name in sorted(entry.names.items())],
            "homepage": entry.homepage,
            "country": entry.country,
            "language": entry.language,
            "rights": entry.rights.value,
            "licence": entry.licence,
        }


def _columns(text: str) -> tuple[tuple[str, str, str], ...]:
    """Columns from lines of `name type meaning`."""
    lines = [line.split(None, 2) for line in text.strip().splitlines()]
    return tuple((name, kind, meaning) for name, kind, meaning in lines)


YEARLY: tuple[Table, ...] = (
    Table(
        name="articles",
        title="Articles without their text",
        items=itself,
        row=article_row,
        columns=_columns("""
            id string permanent name of the article, also in its address
            title string headline
            subtitle string line under the headline
            date string ISO 8601 as precise as known, or unknown
            updated string date of the last change by the outlet
            source string id of the outlet
            language string BCP 47
            authors array names as printed
            agency string news agency credited
            place string dateline
            section string section of the outlet
            url string address of the original
            canonical_url string address the outlet calls canonical
            captured string date of the capture
            capture_sha256 string hash of the captured file
            licence string licence of the text
            translation_of string id of the original, if the outlet says so
            rights string full, opening or metadata
            main string main version of its version group
            story string story it belongs to
            characters integer length of the text
            text_sha256 string hash of the whole text, shown or not
        """),
    ),
    Table(
        name="versions",
        title="Versions and what they are to the main one",
        items=version_links,
        row=version_row,
        columns=_columns("""
            article string id of the version
            main string main version of the group
            other string the version it is compared with
            relation string identical, recapture, revision, syndicated or excerpt
            similarity number share of words in common, 0 to 1
            containment number share of the shorter text found in the longer, 0 to 1
            reasons string why, in words
            decision string file of the decision, if a person decided
        """),
    ),
    Table(
        name="links",
        title="Related articles",
        items=links,
        row=link_row,
        columns=_columns("""
            article string id of one article
            other string id of the other
            relation string translation, excerpt or related
            score number 0 to 1, orders the links of an article
            reasons string why, in words
            decision string file of the decision, if a person decided
        """),
    ),
    Table(
        name="mentions",
        title="Names found in articles",
        items=mentions,
        number=mention_number,
        row=mention_row,
        columns=_columns("""
            article string id of the article
            entity string id of the entity
            segment integer 0 is the headline, n the n-th paragraph
            start integer first character in the segment
            end integer character behind the last
            form string as it stands; empty where the text may not be shown
        """),
    ),
    Table(
        name="quotations",
        title="Words in quotation marks",
        items=quotations,
        number=quotation_number,
        row=quotation_row,
        columns=_columns("""
            article string id of the article
            group string the utterance, where other articles carry it too
            segment integer 0 is the headline, n the n-th paragraph
            start integer first character in the segment
            end integer character behind the last
            text string the words; empty where they may not be shown
            speaker string who speaks, as the article writes it
            verb string the verb of saying
        """),
    ),
    Table(
        name="stories",
        title="Which main articles belong to a story",
        items=own_story,
        row=story_row,
        columns=_columns("""
            story string id of the story: that of its earliest article
            article string id of a main article
            decision string file of the decision, if a person decided
        """),
    ),
)

TEXTS = Table(
    name="texts",
    title="Texts, as much as may be shown",
    forms=("ndjson",),
    items=shown_text,
    row=text_row,
    columns=_columns("""
        article string id of the article
        rights string full or opening
        text string paragraphs separated by an empty line
    """),
)

WHOLE: Mapping[
    str, tuple[str, Callable[[Shelf], Iterator[Row]], tuple[tuple[str, str, str], ...]]
] = MappingProxyType(
    {
        "entities": (
            "People, organisations, places, events and works",
            entity_rows,
            _columns("""
                    id string permanent name
                    kind string person, organisation, place, event or work
                    wikidata string item of Wikidata
                    names array language and name
                    articles integer main articles that name it
                """),
        ),
        "sources": (
            "Outlets",
            source_rows,
            _columns("""
                    id string permanent name
                    name string name
                    names array language and name
                    homepage string address
                    country string ISO 3166
                    language string main language
                    rights string full, opening or metadata
                    licence string licence of its texts
                """),
        ),
    }
)
