"""The tables of the data export: their columns, and their rows for a group of articles."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType

from generator.model import Article, Quotation, Reason, record
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
    """A table: `columns` are name, type and meaning; `rows` gives those of some articles."""

    name: str
    title: str
    columns: tuple[tuple[str, str, str], ...]
    rows: Callable[[Shelf, Iterable[Article]], Iterator[Row]]


def article_rows(shelf: Shelf, articles: Iterable[Article]) -> Iterator[Row]:
    """One row for each article, text apart."""
    for article in articles:
        card, text = shelf.cards[article.id], body_text(article)
        yield article_fields(article) | {
            "rights": shelf.rights(article).value,
            "main": shelf.main(article.id),
            "story": card.story,
            "characters": len(text),
            "text_sha256": sha256(text.encode()).hexdigest(),
        }


def text_rows(shelf: Shelf, articles: Iterable[Article]) -> Iterator[Row]:
    """The text of each article, as much as may be shown."""
    for article in articles:
        rights = shelf.rights(article)
        blocks = visible_blocks(article, rights)
        if blocks:
            text = "\n\n".join(block.text for block in blocks)
            yield {"article": article.id, "rights": rights.value, "text": text}


def version_rows(shelf: Shelf, articles: Iterable[Article]) -> Iterator[Row]:
    """What each version is to the main one."""
    for article in articles:
        group = shelf.archive.groups.get(article.id)
        for link in group.links if group else ():
            if link.article == article.id and group is not None:
                yield {
                    "article": link.article,
                    "main": group.main,
                    "other": link.other,
                    "relation": link.relation.value,
                    "similarity": round(link.similarity, 4),
                    "containment": round(link.containment, 4),
                    "reasons": _told(shelf, article, link.reasons),
                    "decision": link.decision.path if link.decision else None,
                }


def link_rows(shelf: Shelf, articles: Iterable[Article]) -> Iterator[Row]:
    """Related articles; each link once, under its first end."""
    for article in articles:
        for link in shelf.archive.links.get(article.id, ()):
            if link.article == article.id and link.other in shelf.cards:
                rights = shelf.strictest(link.article, link.other)
                yield {
                    "article": link.article,
                    "other": link.other,
                    "relation": link.relation.value,
                    "score": round(link.score, 4),
                    "reasons": _told(shelf, article, told_reasons(link.reasons, rights)),
                    "decision": link.decision.path if link.decision else None,
                }


def _told(shelf: Shelf, article: Article, reasons: Iterable[Reason]) -> str:
    kept = told_reasons(reasons, shelf.strictest(article.id))
    return reasons_text(interface("en"), kept, reason_names(shelf, kept, "en"))


def mention_rows(shelf: Shelf, articles: Iterable[Article]) -> Iterator[Row]:
    """Names in each article; the form only where the text may be shown."""
    for article in articles:
        rights = shelf.rights(article)
        for mention in shelf.archive.mentions.get(article.id, ()):
            span = mention.span
            yield {
                "article": article.id,
                "entity": mention.entity,
                "segment": span.segment,
                "start": span.start,
                "end": span.end,
                "form": mention.form if may_show(span, article, rights) else None,
            }


def quotation_rows(shelf: Shelf, articles: Iterable[Article]) -> Iterator[Row]:
    """Quotations of each article, with their group; words only where they may be shown."""
    for article in articles:
        analysis = shelf.archive.analyses.get(article.id)
        groups = {item.spans: group.id for item, group in shelf.quotations_in.get(article.id, ())}
        for quotation in analysis.quotations if analysis else ():
            yield _quotation_row(shelf, article, quotation, groups.get(quotation.spans))


def _quotation_row(shelf: Shelf, article: Article, quotation: Quotation, group: str | None) -> Row:
    rights = shelf.rights(article)
    shown = all(may_show(span, article, rights) for span in quotation.spans)
    first, last = quotation.spans[0], quotation.spans[-1]
    return {
        "article": article.id,
        "group": group,
        "segment": first.segment,
        "start": first.start,
        "end": last.end,
        "text": quotation.text if shown else None,
        "speaker": quotation.speaker if shown else None,
        "verb": quotation.verb if shown else None,
    }


def story_rows(shelf: Shelf, articles: Iterable[Article]) -> Iterator[Row]:
    """The main articles of each story."""
    for article in articles:
        story = shelf.archive.stories.get(article.id)
        if story is not None and shelf.main(article.id) == article.id:
            yield {
                "story": story.id,
                "article": article.id,
                "decision": story.decision.path if story.decision else None,
            }


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
        rows=article_rows,
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
        rows=version_rows,
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
        rows=link_rows,
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
        rows=mention_rows,
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
        rows=quotation_rows,
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
        rows=story_rows,
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
    rows=text_rows,
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
