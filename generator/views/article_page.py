"""The page of an article: source line, versions, text, names, story, source and rights, related coverage."""

import regex

from generator.model import Relation, Rights
from generator.settings import Settings
from generator.text import UNSPACED, has_unspaced
from generator.views import addresses
from generator.views.article_boxes import (
    cite_box,
    margin,
    related_box,
    removed_box,
    source_box,
)
from generator.views.article_view import ArticleView
from generator.views.body import QuotationMark, body_markdown
from generator.views.interface import own_name
from generator.views.markup import Html, el, join, link
from generator.views.metadata import article_head
from generator.views.page import Frame, Page, foreign, frame, write_page
from generator.views.quotation_marks import quotation_popovers
from generator.views.rights import may_show, opening, visible_blocks

#: Reading speed, words a minute; of scripts without spaces, characters a minute.
WORDS_PER_MINUTE = 220
CHARACTERS_PER_MINUTE = 450
#: Characters of a description; half as many of scripts that need fewer of them.
DESCRIPTION = 150
UNSPACED_CHARACTER = regex.compile(rf"[{UNSPACED}]")


def article_page(view: ArticleView, settings: Settings) -> bytes:
    """The Markdown file of an article."""
    article = view.article
    here = frame(addresses.article(article.id), view.ui, article.language)
    blocks = visible_blocks(article, view.rights)
    visible = [
        item
        for item in view.quotations
        if item.span.segment and may_show(item.span, article, view.rights)
    ]
    marks = [
        QuotationMark(span=item.span, number=number, count=len(item.others))
        for number, item in enumerate(visible, 1)
    ]
    after = (
        _rights_note(view, here),
        quotation_popovers(visible, here, article.language),
        margin(view, here),
        removed_box(view, here),
        related_box(view, here),
        source_box(view, here, settings),
        cite_box(view, here, settings),
    )
    return write_page(
        Page(
            address=here.address,
            kind="article",
            title=article.title,
            ui=view.ui,
            language=article.language,
            description=_description(view),
            head=article_head(view, settings),
            body=(
                article_header(view, here),
                *body_markdown(view.paragraphs, blocks, view.mentions, marks, here),
                *(block for block in after if block is not None),
            ),
        )
    )


def _description(view: ArticleView) -> str:
    """The beginning of the text, as much as a list of search results shows."""
    text = opening(view.article, view.rights, DESCRIPTION)
    if UNSPACED_CHARACTER.search(text) is None:
        return text
    return opening(view.article, view.rights, DESCRIPTION // 2)


def article_header(view: ArticleView, here: Frame) -> Html:
    """Source line, headline, byline and the strip of what else there is."""
    article = view.article
    return el(
        "header",
        _kicker(view, here),
        el("h1", article.title),
        el("p", article.subtitle, class_="subtitle") if article.subtitle else None,
        _byline(view, here),
        _strip(view, here),
    )


def _kicker(view: ArticleView, here: Frame) -> Html:
    article, ui = view.article, here.ui
    # With their direction, or a number that follows words written to the left would join them.
    marks = foreign(article.language, ui.language)
    parts = [
        here.link(addresses.source(article.source), view.card.source_name, **marks),
        el("time", ui.full_date(article.date), datetime=_machine_date(article.date.iso)),
        here.link(
            addresses.language(article.language),
            own_name(article.language),
            **marks,
        ),
    ]
    if view.rights is Rights.FULL:
        minutes = reading_minutes(" ".join(block.text for block in article.blocks))
        parts.append(Html(ui.count("{number} min read", "{number} min read", minutes)))
    return el("p", join(*parts, by=" · "), class_="kicker", **here.marked)


def _machine_date(iso: str) -> str | None:
    return iso if iso != "unknown" else None


def reading_minutes(text: str) -> int:
    """Minutes to read a text, at least one."""
    characters = 0
    if has_unspaced(text):
        characters = len(UNSPACED_CHARACTER.findall(text))
        text = UNSPACED_CHARACTER.sub(" ", text)
    others = len(text.split())
    return max(1, round(others / WORDS_PER_MINUTE + characters / CHARACTERS_PER_MINUTE))


def _byline(view: ArticleView, here: Frame) -> Html | None:
    article = view.article
    authors = here.ui.together(list(article.authors)) or None
    parts = [authors, article.agency, article.place, article.section]
    text = " · ".join(part for part in parts if part)
    return el("p", text, class_="byline") if text else None


def _strip(view: ArticleView, here: Frame) -> Html | None:
    parts = [_version_strip(view, here), _story_strip(view, here)]
    if view.quotations:
        text = here.ui.count(
            "{number} shared quotation", "{number} shared quotations", len(view.quotations)
        )
        parts.append(_quotation_strip(view, text))
    told = [part for part in parts if part is not None]
    return el("p", join(*told, by=" · "), class_="strip", **here.marked) if told else None


def _quotation_strip(view: ArticleView, text: str) -> Html:
    """The number of shared quotations; leads to the first of them that the page shows."""
    article = view.article
    shown = [
        item.span.segment
        for item in view.quotations
        if item.span.segment and may_show(item.span, article, view.rights)
    ]
    if not shown:
        return el("span", text)
    return link(f"#{view.paragraphs[min(shown) - 1]}", text)


def _version_strip(view: ArticleView, here: Frame) -> Html | None:
    if not view.versions:
        return None
    ui = here.ui
    main = next(item.card for item in view.versions if item.relation is None)
    text = ui.count("{number} version", "{number} versions", len(view.versions))
    relations = {item.relation for item in view.versions if item.relation is not None}
    if relations == {Relation.IDENTICAL}:
        text = ui.say("{versions}, all with the same text", versions=text)
    versions = here.link(addresses.versions(main.id), text)
    if main.id == view.article.id:
        return versions
    return join(
        versions, here.link(addresses.article(main.id), ui.say("the main version")), by=" · "
    )


def _story_strip(view: ArticleView, here: Frame) -> Html | None:
    if view.story is None:
        return None
    outlets = {card.source for card in view.coverage} - {view.article.source}
    text = here.ui.say("part of a story")
    if outlets:
        text = here.ui.count(
            "{number} other outlet reports this",
            "{number} other outlets report this",
            len(outlets),
        )
    return here.link(addresses.story(view.story), text)


def _rights_note(view: ArticleView, here: Frame) -> Html | None:
    if view.rights is Rights.FULL:
        return None
    text = here.ui.say("The text of this article may not be shown here.")
    if view.rights is Rights.OPENING:
        text = here.ui.say("Only the beginning of this text may be shown here.")
    return el("p", text, class_="note", **here.marked)
