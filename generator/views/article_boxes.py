"""The boxes around an article's text: margin, removed lines, related coverage, source and rights, citation."""

from itertools import groupby
from urllib.parse import quote

from generator.model import CaptureKind, EntityKind, Rights
from generator.settings import Settings
from generator.views import addresses
from generator.views.article_view import ArticleView
from generator.views.cite import plain_citation
from generator.views.interface import Interface, own_name
from generator.views.markup import Html, el, join, link, outward_link, safe_url
from generator.views.page import Frame, foreign, run
from generator.views.reasons import reasons_text, relation_name
from generator.views.story_strip import story_strip


def kind_name(ui: Interface, kind: EntityKind) -> str:
    """The heading over entities of a kind."""
    return {
        EntityKind.PERSON: ui.say("People"),
        EntityKind.ORGANISATION: ui.say("Organisations"),
        EntityKind.PLACE: ui.say("Places"),
        EntityKind.EVENT: ui.say("Events"),
        EntityKind.WORK: ui.say("Works"),
    }[kind]


def margin(view: ArticleView, here: Frame) -> Html | None:
    """Beside the text: the names in it, and the story it is part of."""
    parts: list[Html] = []
    if view.names:
        parts.append(el("h2", here.ui.say("In this article")))
    for kind, cards in groupby(view.names, key=lambda card: card.kind):
        links = [here.link(addresses.entity(card.id), card.name) for card in cards]
        parts.append(el("p", el("b", kind_name(here.ui, kind)), join(*links, by=" · ")))
    if view.story is not None and len(view.coverage) > 1:
        parts.append(el("h2", here.link(addresses.story(view.story), here.ui.say("The story"))))
        parts.append(story_strip(view.coverage, view.card.id, here))
    return el("aside", *parts, class_="margin", **here.marked) if parts else None


def removed_box(view: ArticleView, here: Frame) -> Html | None:
    """The lines of the capture that are not the article's, folded. Their text follows its rights."""
    if not view.removed:
        return None
    count = len(view.removed)
    title = here.ui.count(
        "{number} passage removed from the capture",
        "{number} passages removed from the capture",
        count,
    )
    if view.rights is not Rights.FULL:
        return el("p", title, class_="note", **here.marked)
    marks = foreign(view.article.language, here.ui.language)
    lines = [el("li", el("span", item.text, **marks), el("i", item.rule)) for item in view.removed]
    return el("details", el("summary", title), el("ol", *lines), class_="removed", **here.marked)


def related_box(view: ArticleView, here: Frame) -> Html | None:
    """Related coverage, each with the reasons in words."""
    if not view.related:
        return None
    rows = []
    for item in view.related:
        card = item.card
        told = reasons_text(here.ui, item.reasons, view.related_names)
        about = (
            run(card.source_name, card.language, here),
            here.ui.short_date(card.date),
            run(own_name(card.language), card.language, here),
        )
        why = relation_name(here.ui, item.relation)
        if told:
            why = here.ui.titled(why, told)
        rows.append(
            el(
                "li",
                here.link(
                    addresses.article(card.id),
                    card.title,
                    **(foreign(card.language, here.ui.language)),
                ),
                el("span", join(*about, by=" · ")),
                el("i", why),
            )
        )
    return el(
        "section",
        el("h2", here.ui.say("Related coverage")),
        el("ul", *rows),
        class_="related",
        **here.marked,
    )


def source_box(view: ArticleView, here: Frame, settings: Settings) -> Html:
    """Where the text comes from and what may be done with it."""
    article, ui = view.article, here.ui
    capture = article.capture
    licence = article.licence or (view.source.licence if view.source else None)
    rows = [
        (ui.say("Original"), _address(article.url or article.canonical_url)),
        (ui.say("Updated"), ui.full_date(article.updated) if article.updated else None),
        (ui.say("Captured"), ui.full_date(article.captured) if article.captured else None),
        (ui.say("Kind of capture"), _capture_kind(ui, capture.kind) if capture else None),
        (ui.say("Rights"), _rights(ui, view.rights)),
        (ui.say("Licence"), outward_link(licence, licence) if licence else None),
    ]
    items = [part for name, value in rows if value for part in (el("dt", name), el("dd", value))]
    links = [*_files(view, here, settings), report_link(here, settings, article.id)]
    return el(
        "section",
        el("h2", ui.say("Source and rights")),
        el("dl", *items),
        el("p", join(*links, by=" · ")) if any(links) else None,
        class_="source",
        **here.marked,
    )


def _files(view: ArticleView, here: Frame, settings: Settings) -> list[Html]:
    """The ways to the record and the plain text."""
    files = []
    if settings.article_files:
        files.append(link("index.json", here.ui.say("Record (JSON)")))
    if settings.article_files and view.rights is not Rights.METADATA:
        files.append(link("text.txt", here.ui.say("Text only")))
    return files


def _address(url: str | None) -> Html | None:
    if url is None:
        return None
    """A link to the original that shows whose it is; in print its whole address follows."""
    site = url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
    return outward_link(url, site, dir="ltr")


def _capture_kind(ui: Interface, kind: CaptureKind) -> str:
    return {
        CaptureKind.WEB: ui.say("web page"),
        CaptureKind.PRINT: ui.say("print export"),
        CaptureKind.TEXT: ui.say("plain text"),
    }[kind]


def _rights(ui: Interface, rights: Rights) -> str:
    return {
        Rights.FULL: ui.say("full text may be shown"),
        Rights.OPENING: ui.say("only the beginning may be shown"),
        Rights.METADATA: ui.say("only the metadata may be shown"),
    }[rights]


def report_link(here: Frame, settings: Settings, thing: str) -> Html | None:
    """A form for corrections, with the address of the thing filled in."""
    form = settings.corrections_url
    if not form and settings.repo_url:
        form = f"{settings.repo_url.rstrip('/')}/issues/new"
    if safe_url(form) is None:
        return None
    separator = "&" if "?" in form else "?"
    url = f"{form}{separator}title={quote(thing, safe='')}"
    return el("a", here.ui.say("Report a problem"), href=url)


def cite_box(view: ArticleView, here: Frame, settings: Settings) -> Html:
    """The citation in a sentence. The script makes its other forms of what the head of the page says; the
    record beside the page says the same."""
    citation = plain_citation(view.article, view.card.source_name, here.ui, settings)
    return el(
        "section",
        el("h2", here.ui.say("Cite")),
        el("p", citation),
        class_="cite",
        **here.marked,
    )
