"""Addresses that still answer: tombstones of withdrawn articles, and tiny pages that lead elsewhere."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter

from generator.model import Article, ArticleId, Source
from generator.settings import Settings
from generator.views import addresses
from generator.views.dates import parts
from generator.views.interface import interface, interface_language
from generator.views.markup import el, join, link
from generator.views.page import Page, frame, write_page
from generator.views.shelf import Shelf, source_name
from generator.views.tasks import Group, Task

#: The letters of an id that tell its month.
MONTH = len("2024-01")


def moved_groups(shelf: Shelf) -> Iterator[Task | Group]:
    """Tombstones, and every address that has no page any more; these in groups by the months of their ids."""
    settings = shelf.settings
    for article in shelf.withdrawn:
        source = shelf.archive.sources.get(article.source)
        path = addresses.file(addresses.article(article.id))
        yield Task(path=path, make=tombstone_page, inputs=(article, source, settings))
    permalinks = shelf.archive.permalinks
    for month, ids in groupby(permalinks.lone, key=itemgetter(slice(MONTH))):
        lone = (tuple(ids), settings)
        yield Group(name=f"lone {month}", seen=lone, tasks=partial(_lone, *lone))
    for month, rows in groupby(sorted(permalinks.table.items()), key=_month):
        seen = (tuple(rows), settings)
        yield Group(name=f"moved {month}", seen=seen, tasks=partial(_redirects, *seen))


def _month(row: tuple[str, str]) -> str:
    kind, _, name = row[0].partition("/")
    return f"{kind}/{name[:MONTH]}"


def _lone(ids: Sequence[ArticleId], settings: Settings) -> Iterator[Task]:
    """The addresses of articles as versions and as stories, where they are none."""
    for name in ids:
        here = addresses.article(name)
        rows = ((addresses.versions(name), here), (addresses.story(name), here))
        yield from _redirects(rows, settings)


def _redirects(rows: Sequence[tuple[str, str]], settings: Settings) -> Iterator[Task]:
    for address, target in rows:
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
    gone = article.withdrawn
    when = ui.titled(ui.say("Withdrawn"), ui.full_date(gone)) if gone and parts(gone) else None
    body = el(
        "header",
        el("p", where, class_="kicker"),
        el("h1", title),
        el("p", reason, class_="lead"),
        el("p", when) if when else None,
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
    """A page of two hundred bytes that leads on at once and without a script, which search engines take for a
    permanent move; not Markdown, to stay small."""
    way = addresses.way(address, target)
    language = settings.default_language
    title = interface(language).say("Moved")
    refresh = el("meta", http_equiv="refresh", content=f"0;url={way}")
    return (
        f"<!doctype html><html lang={language}><meta charset=utf-8>"
        f"{el('title', title)}<link rel=icon href=data:,>{refresh}{link(way, title)}"
    ).encode()
