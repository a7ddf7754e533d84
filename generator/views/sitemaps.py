"""Sitemaps, cut by year and dated from the data, and what robots and browsers ask for at the root."""

from collections.abc import Iterator, Sequence

from generator.model import ArticleId
from generator.settings import Settings
from generator.views import addresses
from generator.views.calendar_cut import month, year
from generator.views.dates import days
from generator.views.markup import Html, escape, join, xml
from generator.views.packing import PACKED, packed
from generator.views.shelf import Shelf
from generator.views.tasks import Task

#: The protocol allows 50,000 addresses in a file.
LIMIT = 40_000

#: Pages that exist once for each interface language.
IN_ALL_LANGUAGES = (
    addresses.HOME,
    addresses.STORIES,
    addresses.ENTITIES,
    addresses.SOURCES,
    addresses.LANGUAGES,
    addresses.DATES,
    addresses.ABOUT,
    addresses.METHOD,
    addresses.CONTRIBUTE,
    addresses.QUOTATIONS,
)

Entries = tuple[tuple[str, str], ...]


def sitemap_tasks(shelf: Shelf) -> Iterator[Task]:
    """The sitemaps, their index and `robots.txt`."""
    settings = shelf.settings
    yield Task(path="robots.txt", make=robots, inputs=(settings,))
    yield Task(path="opensearch.xml", make=opensearch, inputs=(settings,))
    if not settings.site_url:
        return
    parts = _articles(shelf) | _others(shelf)
    for name, entries in sorted(parts.items()):
        yield Task(path=f"sitemaps/{name}.xml{PACKED}", make=sitemap, inputs=(entries, settings))
    yield Task(path="sitemap.xml", make=sitemap_index, inputs=(tuple(sorted(parts)), settings))


def _articles(shelf: Shelf) -> dict[str, Entries]:
    """Main articles and stories by year; a year with too many by month."""
    years: dict[str, list[tuple[str, str, str]]] = {}
    begun = set(map(ArticleId, shelf.stories))
    for article in shelf.mains:
        card = shelf.cards[article.id]
        changed = days(article.updated) or days(article.date)
        rows = years.setdefault(year(card), [])
        rows.append((month(card), addresses.article(article.id), changed))
        if article.id in begun:
            rows.append((month(card), addresses.story(article.id), changed))
    found: dict[str, list[tuple[str, str]]] = {}
    for name, rows in years.items():
        for inside, address, changed in rows:
            part = f"{name}-{inside}" if len(rows) > LIMIT and inside else name
            found.setdefault(part, []).append((address, changed))
    return {name: tuple(entries) for name, entries in found.items()}


def _others(shelf: Shelf) -> dict[str, Entries]:
    """Everything that is not an article, in parts of a size that the protocol allows."""
    settings = shelf.settings
    pages = [
        addresses.in_language(address, ui, settings.default_language)
        for ui in settings.languages
        for address in IN_ALL_LANGUAGES
    ]
    pages.append(addresses.DATA)
    pages += [addresses.quotation(group.id) for group in shelf.archive.quotation_groups]
    pages += [addresses.source(source) for source in sorted(shelf.archive.sources)]
    named = shelf.articles_naming.keys() & shelf.archive.entities.keys()
    names = [addresses.entity(entity) for entity in sorted(named)]
    found = {"pages": tuple((address, "") for address in pages)}
    for start in range(0, len(names), LIMIT):
        part = names[start : start + LIMIT]
        found[f"names-{start // LIMIT + 1}"] = tuple((address, "") for address in part)
    return found


def sitemap(entries: Sequence[tuple[str, str]], settings: Settings) -> bytes:
    """One sitemap, packed, as the protocol allows."""
    rows = [
        xml("url", xml("loc", settings.site_url + address), xml("lastmod", day) if day else None)
        for address, day in entries
    ]
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return packed(_xml(xml("urlset", join(*rows, by="\n"), xmlns=xmlns)))


def sitemap_index(names: Sequence[str], settings: Settings) -> bytes:
    """The list of sitemaps."""
    rows = [
        xml("sitemap", xml("loc", f"{settings.site_url}sitemaps/{name}.xml{PACKED}"))
        for name in names
    ]
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return _xml(xml("sitemapindex", *rows, xmlns=xmlns))


def robots(settings: Settings) -> bytes:
    """Everyone is welcome."""
    lines = ["User-agent: *", "Allow: /"]
    if settings.site_url:
        lines.append(f"Sitemap: {settings.site_url}sitemap.xml")
    return ("\n".join(lines) + "\n").encode()


def opensearch(settings: Settings) -> bytes:
    """The search as browsers understand it."""
    url = escape(f"{settings.site_url}{addresses.SEARCH}?q=") + "{searchTerms}"
    return _xml(
        xml(
            "OpenSearchDescription",
            xml("ShortName", settings.site_name[:16]),
            xml("Description", settings.description or settings.site_name),
            Html(f'<Url type="text/html" template="{url}"/>'),
            xmlns="http://a9.com/-/spec/opensearch/1.1/",
        )
    )


def _xml(root: Html) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{root}\n'.encode()
