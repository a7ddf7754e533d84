"""Addresses that still answer: tombstones of withdrawn articles, and tiny pages that lead elsewhere."""

from collections.abc import Iterator

from generator.model import Article, Source
from generator.settings import Settings
from generator.views import addresses
from generator.views.interface import interface, interface_language
from generator.views.markup import Html, el, join
from generator.views.page import Page, frame, write_page
from generator.views.shelf import Shelf, source_name
from generator.views.tasks import Task


def moved_tasks(shelf: Shelf) -> Iterator[Task]:
    """Tombstones, and every address that has no page any more."""
    settings = shelf.settings
    for article in shelf.withdrawn:
        source = shelf.archive.sources.get(article.source)
        path = addresses.file(addresses.article(article.id))
        yield Task(path=path, make=tombstone_page, inputs=(article, source, settings))
    for address, target in sorted(shelf.archive.permalinks.items()):
        inputs = (address, target, settings)
        yield Task(path=f"{address}index.html", make=redirect_page, inputs=inputs)


def tombstone_page(article: Article, source: Source | None, settings: Settings) -> bytes:
    """A withdrawn article: its outlet, its date and the reason, and nothing it said."""
    code = interface_language(article.language, settings.languages, settings.default_language)
    here = frame(addresses.article(article.id), code)
    ui = here.ui
    title = ui.say("This article was withdrawn")
    outlet = source_name(source, article.source, code)
    where = join(
        here.link(addresses.source(article.source), outlet), ui.full_date(article.date), by=" · "
    )
    reason = article.reason or ui.say("No reason is recorded.")
    body = el(
        "header",
        el("p", where, class_="kicker"),
        el("h1", title),
        el("p", reason, class_="lead"),
        el(
            "p",
            ui.say("Its address stays; its text is no longer part of the archive."),
            class_="soft",
        ),
    )
    return write_page(
        Page(
            address=here.address, kind="tombstone", title=title, ui=code, body=(body,), index=False
        )
    )


def redirect_page(address: str, target: str, settings: Settings) -> bytes:
    """A page of a few hundred bytes that leads on without a script; not Markdown, to stay small."""
    href = addresses.root(address) + target
    title = interface(settings.default_language).say("Moved")
    canonical = settings.site_url + target if settings.site_url else None
    head = join(
        Html("<meta charset=utf-8>"),
        el("title", title),
        Html("<meta name=robots content=noindex><link rel=icon href=data:,>"),
        el("meta", http_equiv="refresh", content=f"0;url={href}"),
        el("link", rel="canonical", href=canonical) if canonical else None,
    )
    way = el("a", title, href=href)
    return f"<!doctype html><html lang={settings.default_language}>{head}{way}\n".encode()
