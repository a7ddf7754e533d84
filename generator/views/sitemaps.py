"""Sitemaps, cut by year and dated from the data, and what robots and browsers ask for at the root."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from generator.model import StoryId
from generator.settings import Settings
from generator.views import addresses
from generator.views.dates import days
from generator.views.marks import Marks
from generator.views.markup import Html, escape, join, xml
from generator.views.packing import PACKED, packed
from generator.views.shelf import Shelf
from generator.views.tasks import Group, Task

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


def sitemap_groups(shelf: Shelf, marks: Marks) -> Iterator[Task | Group]:
    """The sitemaps, their index and `robots.txt`. `marks` stand for articles and what is around them."""
    settings = shelf.settings
    yield Task(path="robots.txt", make=robots, inputs=(settings,))
    yield Task(path="opensearch.xml", make=opensearch, inputs=(settings,))
    if not settings.site_url:
        return
    parts, others = _parts(shelf, marks), _others(shelf)
    for name, months in parts.items():
        seen = (marks.settings, b"".join(map(marks.month, months)))
        yield Group(name=f"sitemap {name}", seen=seen, tasks=partial(_tasks, shelf, name, months))
    for name, entries in others.items():
        yield _task(name, entries, settings)
    names = tuple(sorted((*parts, *others)))
    yield Task(path="sitemap.xml", make=sitemap_index, inputs=(names, settings))


def _parts(shelf: Shelf, marks: Marks) -> dict[str, list[str]]:
    """The months in each sitemap of articles: those of a year, but of a year with too many each its own."""
    years: dict[str, dict[str, int]] = {}
    for month in shelf.months:
        count = marks.number(("sitemap", marks.month(month)), partial(_count, shelf, month))
        if count:
            years.setdefault(month.partition("-")[0], {})[month] = count
    found: dict[str, list[str]] = {}
    for year, counts in years.items():
        for month in counts:
            part = month if sum(counts.values()) > LIMIT else year
            found.setdefault(part, []).append(month)
    return found


def _count(shelf: Shelf, month: str) -> int:
    mains = [name for name in shelf.months[month] if shelf.main(name) == name]
    return sum(1 + (StoryId(name) in shelf.stories) for name in mains)


def _tasks(shelf: Shelf, name: str, months: Sequence[str]) -> Iterator[Task]:
    """Main articles and the stories that they begin."""
    entries = []
    for article in chain.from_iterable(map(shelf.months.__getitem__, months)):
        if shelf.main(article) == article:
            known = shelf.archive.articles[article]
            changed = days(known.updated) or days(known.date)
            entries.append((addresses.article(article), changed))
            if StoryId(article) in shelf.stories:
                entries.append((addresses.story(article), changed))
    yield _task(name, tuple(entries), shelf.settings)


def _task(name: str, entries: Entries, settings: Settings) -> Task:
    return Task(path=f"sitemaps/{name}.xml{PACKED}", make=sitemap, inputs=(entries, settings))


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
