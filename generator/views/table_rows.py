"""What the tables of the data export hold of each article: items, their number, their rows."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

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
from generator.text import body_text
from generator.views.article_files import article_fields
from generator.views.article_view import reason_names
from generator.views.interface import interface
from generator.views.reasons import reasons_text
from generator.views.rights import may_show, told_reasons, visible_blocks
from generator.views.shelf import Shelf

Row = dict[str, object]


def itself(shelf: Shelf, article: Article) -> Sequence[tuple[str, Rights]]:
    """The article: its main version and its rights."""
    return ((shelf.main(article.id), shelf.rights(article)),)


def article_row(shelf: Shelf, article: Article, item: tuple[str, Rights]) -> Row:
    """One row for each article, text apart."""
    main, rights = item
    characters, digest = _text_facts(shelf, article)
    return article_fields(article) | {
        "rights": rights.value,
        "main": main,
        "story": shelf.cards[article.id].story,
        "characters": characters,
        "text_sha256": digest,
    }


def _text_facts(shelf: Shelf, article: Article) -> tuple[int, str]:
    """The length and the digest of a text, which need not be read for it if that was told before."""
    told = shelf.archive.named.get(article.id)
    if told is not None:
        return told.characters + 2 * max(0, len(article.blocks) - 1), told.text
    text = body_text(article)
    return len(text), sha256(text.encode()).hexdigest()


def shown_text(shelf: Shelf, article: Article) -> Sequence[Rights]:
    """The rights of an article of which something may be shown."""
    rights = shelf.rights(article)
    return (rights,) if visible_blocks(article, rights) else ()


def shown_number(shelf: Shelf, article: Article) -> int:
    """1 if anything may be shown. That there is a text, its length tells."""
    told = shelf.archive.named.get(article.id)
    if told is not None and shelf.cards[article.id].rights is Rights.FULL:
        return int(told.characters > 0)
    return len(shown_text(shelf, article))


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
    told = shelf.archive.named.get(article.id)
    return len(mentions(shelf, article)) if told is None else told.mentions


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
    told = shelf.archive.named.get(article.id)
    return len(quotations(shelf, article)) if told is None else told.quotations


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
