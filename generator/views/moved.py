"""Addresses that still answer: tombstones of withdrawn articles, and tiny pages that lead elsewhere."""

from collections.abc import Iterator

from generator.model import Article, ArticleId, Source
from generator.settings import Settings
from generator.views import addresses
from generator.views.interface import interface, interface_language
from generator.views.markup import Html, el, join
from generator.views.page import Page, frame, write_page
from generator.views.shelf import Shelf, source_name
from generator.views.tasks import Task


def moved_tasks(shelf: Shelf) -> Iterator[Task]:
    """Tombstones, redirects, and the addresses of versions and stories under every member's id."""
    settings = shelf.settings
    for article in shelf.withdrawn:
        source = shelf.archive.sources.get(article.source)
        path = addresses.file(addresses.article(article.id))
        yield Task(path=path, make=tombstone_page, inputs=(article, source, settings))
    for address, target in sorted(_redirects(shelf).items()):
        inputs = (address, target, settings)
        yield Task(path=f"{address}index.html", make=redirect_page, inputs=inputs)


def _redirects(shelf: Shelf) -> dict[str, str]:
    """Old address to new one. Every article has an address as a story, so that splitting and merging
    stories breaks none; each member of a version group has one as its versions."""
    archive = shelf.archive
    found: dict[str, str] = {}
    for article in shelf.published:
        main = shelf.main(article.id)
        story = archive.stories.get(main)
        target = addresses.story(story.id) if story else addresses.article(article.id)
        if story is None or ArticleId(story.id) != article.id:
            found[addresses.story(article.id)] = target
        if main != article.id:
            found[addresses.versions(article.id)] = addresses.versions(main)
    for article in shelf.withdrawn:
        found[addresses.story(article.id)] = addresses.article(article.id)
        found[addresses.versions(article.id)] = addresses.article(article.id)
    for redirect in archive.redirects:
        if redirect.target in archive.articles and redirect.source not in archive.articles:
            found |= _renamed(shelf, redirect.source, redirect.target)
    return found


def _renamed(shelf: Shelf, old: ArticleId, new: ArticleId) -> dict[str, str]:
    group = shelf.archive.groups.get(new)
    story = shelf.archive.stories.get(shelf.main(new))
    several = group is not None and len(group.members) > 1
    return {
        addresses.article(old): addresses.article(new),
        addresses.story(old): addresses.story(story.id) if story else addresses.article(new),
        addresses.versions(old): addresses.versions(shelf.main(new))
        if several
        else addresses.article(new),
    }


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
        el("meta", charset="utf-8"),
        el("title", title),
        el("meta", name="robots", content="noindex"),
        el("meta", http_equiv="refresh", content=f"0; url={href}"),
        el("link", rel="canonical", href=canonical) if canonical else None,
    )
    page = Html(f"<!doctype html>\n<html lang={settings.default_language}>{head}")
    return f"{page}<body>{el('a', title, href=href)}</body></html>\n".encode()
