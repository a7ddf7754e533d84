"""The tables of the data export: their columns, and their rows for a group of articles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from generator.model import Archive, Article, ArticleId
from generator.record import read_in_lots, record
from generator.views.shelf import Shelf
from generator.views.table_rows import (
    Row,
    article_row,
    entity_rows,
    itself,
    link_row,
    links,
    mention_number,
    mention_row,
    mentions,
    own_story,
    quotation_number,
    quotation_row,
    quotations,
    shown_number,
    shown_text,
    source_rows,
    story_row,
    text_row,
    version_links,
    version_row,
)


@record
class Table:
    """A table: `columns` are name, type and meaning.

    `items` gives what the table has of an article, a row for each item; `row` makes it. Both depend on nothing that
    the mark of the article and the names of entities do not tell; `number` tells how many items an article has where that
    is sooner told than they are gathered; `found_in` is the table of the archive that they are read from. `forms` are the
    files that it is offered as.
    """

    name: str
    title: str
    columns: tuple[tuple[str, str, str], ...]
    items: Callable[[Shelf, Article], Sequence[Any]]
    row: Callable[[Shelf, Article, Any], Row]
    number: Callable[[Shelf, Article], int] | None = None
    found_in: Callable[[Archive], Mapping[ArticleId, object]] = attrgetter("articles")
    forms: tuple[str, ...] = ("ndjson", "csv")


def number_of_rows(table: Table, shelf: Shelf, articles: Iterable[Article]) -> int:
    """The number of rows of some articles."""
    if table.number is None:
        return sum([len(table.items(shelf, article)) for article in articles])
    return sum([table.number(shelf, article) for article in articles])


def rows(table: Table, shelf: Shelf, articles: Iterable[Article]) -> Iterator[Row]:
    """The rows of some articles, in order."""
    number = table.number
    some = [item.id for item in articles if number is None or number(shelf, item)]
    for name in read_in_lots(some, table.found_in(shelf.archive)):
        article = shelf.archive.articles[name]
        for item in table.items(shelf, article):
            yield table.row(shelf, article, item)


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
        found_in=attrgetter("mentions"),
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
        found_in=attrgetter("analyses"),
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
    number=shown_number,
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

#: The names of all tables.
TABLES = (*(table.name for table in YEARLY), TEXTS.name, *WHOLE)
