"""Everything that is known of one article, and why: what `variorum show` says."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.model import (
    Archive,
    Article,
    ArticleId,
    Change,
    Reason,
    ReasonKind,
    Relation,
    Status,
)
from generator.record import plain, record


@record
class Fact:
    """One thing that is known: a heading, the line itself, and lines that give the reasons."""

    heading: str
    text: str
    reasons: tuple[str, ...] = ()


def describe(archive: Archive, article: ArticleId) -> tuple[Fact, ...]:
    """The facts about an article, in the order of the page."""
    known = archive.articles[article]
    if known.status is Status.WITHDRAWN:
        return (Fact(heading="Withdrawn", text=str(known.reason)),)
    return (
        *_article(known),
        *_capture(archive, known),
        *_versions(archive, article),
        *_story(archive, article),
        *_links(archive, article),
        *_quotations(archive, article),
        *_names(archive, article),
    )


def describe_json(archive: Archive, article: ArticleId) -> dict[str, Any]:
    """The same as records, with everything in them."""
    group = archive.groups.get(article)
    main = group.main if group else article
    tables = {
        "article": archive.articles[article],
        "analysis": archive.analyses.get(article),
        "provenance": archive.provenance.get(article),
        "versions": group,
        "story": archive.stories.get(main),
        "links": archive.links.get(main, ()),
        "quotation_groups": [
            item
            for item in archive.quotation_groups
            if any(member.article == article for member in item.members)
        ],
        "mentions": archive.mentions.get(article, ()),
        "undecided": [item for item in archive.undecided if item.article == article],
    }
    found: dict[str, Any] = plain(tables)
    for field in ("fingerprint", "vector"):
        (found["analysis"] or {}).pop(field, None)
    return found


def as_text(facts: tuple[Fact, ...], title: str) -> str:
    """For a terminal: headings on lines of their own, reasons indented."""
    lines, last = [title], ""
    for fact in facts:
        if fact.heading != last:
            lines += ["", fact.heading]
        last = fact.heading
        lines.append(f"  {fact.text}")
        lines += [f"    because: {reason}" for reason in fact.reasons]
    return "\n".join(lines) + "\n"


def as_markdown(facts: tuple[Fact, ...], title: str) -> str:
    """For a summary on a web page; every word of the article is shown literally."""
    lines, last = [f"### {_literal(title)}", ""], ""
    for fact in facts:
        if fact.heading != last:
            lines += ["", f"**{fact.heading}**", ""]
        last = fact.heading
        reasons = f" ({_literal('; '.join(fact.reasons))})" if fact.reasons else ""
        lines.append(f"- {_literal(fact.text)}{reasons}")
    return "\n".join(lines) + "\n\n"


def _literal(text: str) -> str:
    """ASCII punctuation as numeric references: nothing of it is markup, a mention or a link."""
    return "".join(
        f"&#{ord(sign)};" if sign.isascii() and not sign.isalnum() and sign not in " .,;-" else sign
        for sign in " ".join(text.split())
    )


def _article(article: Article) -> Iterator[Fact]:
    said = [
        f"{article.source}, {article.date.iso}",
        f"language {article.language}",
        f"rights {article.rights}",
    ]
    words = sum(len(block.text.split()) for block in article.blocks)
    said.append(f"{len(article.blocks)} paragraphs, {words} words")
    yield Fact(heading="Article", text="; ".join(said))


def _capture(archive: Archive, article: Article) -> Iterator[Fact]:
    if article.capture is not None:
        yield Fact(heading="Capture", text=f"{article.capture.kind}: {article.capture.path}")
    provenance = archive.provenance.get(article.id)
    for block in provenance.removed if provenance else ():
        shown = " / ".join(block.text.split("\n"))
        yield Fact(
            heading="Removed from the capture",
            text=f"{block.kind}: {_short(shown)}",
            reasons=(block.rule, *block.evidence),
        )


def _versions(archive: Archive, article: ArticleId) -> Iterator[Fact]:
    group = archive.groups.get(article)
    if group is None or len(group.members) < 2:
        yield Fact(heading="Versions", text="the only version")
        return
    yield Fact(
        heading="Versions", text=f"{len(group.members)} versions; the main one is {group.main}"
    )
    for link in group.links:
        reasons = [_reason(item) for item in link.reasons]
        reasons.append(
            f"{link.similarity:.0%} of the words in common, containment {link.containment:.0%}"
        )
        difference = archive.differences.get(
            (link.other, link.article), archive.differences.get((link.article, link.other))
        )
        if difference is not None:
            counts = difference.counts
            reasons += [f"{counts[kind]} × {kind}" for kind in Change if counts.get(kind)]
            if difference.typographic:
                reasons.append(f"{difference.typographic} × typography alone")
        if link.decision is not None:
            reasons.append(f"decided by {link.decision.who}: {link.decision.why}")
        yield Fact(
            heading="Versions",
            text=f"{link.article} is {_of(link.relation)} {link.other}",
            reasons=tuple(reasons),
        )


def _of(relation: Relation) -> str:
    words = {
        Relation.IDENTICAL: "identical to",
        Relation.RECAPTURE: "a recapture of",
        Relation.REVISION: "a revision of",
        Relation.SYNDICATED: "syndicated from the text of",
        Relation.EXCERPT: "an excerpt of",
        Relation.TRANSLATION: "a translation of",
        Relation.RELATED: "related to",
    }
    return words[relation]


def _story(archive: Archive, article: ArticleId) -> Iterator[Fact]:
    group = archive.groups.get(article)
    main = group.main if group else article
    story = archive.stories.get(main)
    if story is None:
        yield Fact(heading="Story", text="in no story with others")
        return
    yield Fact(heading="Story", text=f"{story.id}, {len(story.members)} articles")
    for link in story.links:
        if main in (link.article, link.other):
            other = link.other if link.article == main else link.article
            yield Fact(
                heading="Story",
                text=f"with {other} (score {link.score:.2f})",
                reasons=tuple(_reason(item) for item in link.reasons),
            )


def _links(archive: Archive, article: ArticleId) -> Iterator[Fact]:
    group = archive.groups.get(article)
    main = group.main if group else article
    for link in archive.links.get(main, ()):
        other = link.other if link.article == main else link.article
        yield Fact(
            heading="Linked",
            text=f"{link.relation}: {other} (score {link.score:.2f})",
            reasons=tuple(_reason(item) for item in link.reasons),
        )


def _quotations(archive: Archive, article: ArticleId) -> Iterator[Fact]:
    analysis = archive.analyses.get(article)
    for quotation in analysis.quotations if analysis else ():
        speaker = f"{quotation.speaker} " if quotation.speaker else "nobody named "
        yield Fact(
            heading="Quotations",
            text=f"{speaker}({quotation.verb or 'no verb'}): {_short(quotation.text)}",
        )


def _names(archive: Archive, article: ArticleId) -> Iterator[Fact]:
    found = Counter(
        (item.entity, item.form, item.reason) for item in archive.mentions.get(article, ())
    )
    for (entity, form, reason), count in sorted(found.items()):
        times = f", {count} times" if count > 1 else ""
        yield Fact(heading="Names", text=f"{entity}: {form}{times}", reasons=(reason,))
    for undecided in archive.undecided:
        if undecided.article == article:
            candidates = " or ".join(undecided.candidates)
            yield Fact(heading="Names left undecided", text=f"{undecided.form}: {candidates}")


def _reason(reason: Reason) -> str:
    items = f": {', '.join(reason.items)}" if reason.items else ""
    counted = reason.value or reason.kind is ReasonKind.DAYS_APART
    number = f" {reason.value:g}" if counted else ""
    return f"{reason.kind}{number}{items}"


def _short(text: str, length: int = 120) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
