"""Pages to walk through the archive by date, outlet and language."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from generator.model import Source, SourceId
from generator.record import record, replace
from generator.settings import Settings
from generator.views import addresses
from generator.views.addresses import UNDATED
from generator.views.calendar_cut import (
    AT,
    Node,
    Part,
    Place,
    beside,
    cut,
    divided,
    months,
)
from generator.views.feeds import Channel, feed_group
from generator.views.interface import own_name
from generator.views.listing import listing, newest_first, plain_listing
from generator.views.marks import Marks
from generator.views.markup import Html, el, join, outward_link
from generator.views.metadata import feed_link, link_canonical
from generator.views.page import Frame, Page, frame, run, write_page
from generator.views.pictures import bars, heat_strip
from generator.views.shelf import Card, Shelf
from generator.views.tasks import Group, Series, Task

#: Newest articles shown on the first page of a list that is cut.
NEWEST = 20


@record
class Shelfmark:
    """What a list is of: its address, its name in its language; the outlet if it is one."""

    base: str
    name: str
    language: str | None = None
    source: Source | None = None


@record
class BrowseView:
    """One page of a list. `outlets` names the outlets it is cut by, `before` and `after` are the pages
    beside it; `months`, `built` (the months with a page of their own) and `newest` are for the first one."""

    mark: Shelfmark
    node: Node
    outlets: Mapping[str, str]
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    months: tuple[tuple[int, int, int], ...] = ()
    built: tuple[tuple[str, ...], ...] = ()
    newest: tuple[Card, ...] = ()


def browse_groups(shelf: Shelf, marks: Marks) -> Iterator[Series]:
    """All pages by date, by outlet, by language: a series for each list and its feed; that of all dates is the site's."""
    for mark, cards in _lists(shelf):
        told = marks.of_articles([card.id for card in cards])
        groups = partial(_groups, shelf, marks, mark, cards)
        seen = (marks.settings, mark, shelf.outlets, told)
        yield Series(name=f"list {mark.base}", seen=seen, groups=groups)


def _groups(shelf: Shelf, marks: Marks, mark: Shelfmark, cards: Sequence[Card]) -> Iterator[Group]:
    """A group for every part of a list (a month, a year of few articles), for the pages above, and for the feed."""
    always = mark.base == addresses.DATES
    upper, places = divided(cards, shelf.settings.listing_limit, always=always)
    around = (marks.settings, mark, shelf.outlets)
    told = [marks.of_articles([card.id for card in place.part.cards]) for place in places]
    for place, one in zip(places, told, strict=True):
        name = f"list {mark.base}{'/'.join(place.part.keys)}"
        tasks = partial(_tasks, shelf, mark, place)
        yield Group(name=name, seen=(*around, place.before, place.after, one), tasks=tasks)
    if upper:
        tasks = partial(_upper_tasks, shelf, mark, upper, places)
        seen = (*around, [node for node, _ in upper], b"".join(told))
        yield Group(name=f"above {mark.base}", seen=seen, tasks=tasks)
    yield feed_group(shelf, marks, _channel(mark, cards, shelf.settings.site_name))


def _channel(mark: Shelfmark, cards: Sequence[Card], site: str) -> Channel:
    articles = [card.id for card in cards]
    if mark.base == addresses.DATES:
        return Channel(addresses.HOME, site, articles)
    return Channel(mark.base, f"{site}: {mark.name}", articles)


def _lists(shelf: Shelf) -> Iterator[tuple[Shelfmark, Sequence[Card]]]:
    cards = shelf.cards_of_mains
    yield Shelfmark(base=addresses.DATES, name=""), cards
    for source, items in shelf.by_source.items():
        entry = shelf.archive.sources.get(source)
        mark = Shelfmark(
            base=addresses.source(source),
            name=entry.name if entry else str(source),
            language=entry.language if entry else None,
            source=entry,
        )
        yield mark, items
    for code, items in shelf.by_language.items():
        mark = Shelfmark(base=addresses.language(code), name=own_name(code), language=code)
        yield mark, items


def _upper_tasks(
    shelf: Shelf,
    mark: Shelfmark,
    upper: Sequence[tuple[Node, Place]],
    places: Sequence[Place],
) -> Iterator[Task]:
    (first, whole), *years = upper
    if mark.base != addresses.DATES:  # of which the first page is the index of dates
        built = tuple(place.part.keys for place in places if len(place.part.keys) == 2)
        newest = tuple(newest_first(whole.part.cards)[:NEWEST])
        view = replace(_view(shelf, mark, first, whole), built=built, newest=newest)
        yield _task(view, shelf.settings)
    for node, place in years:
        yield _task(_view(shelf, mark, node, place), shelf.settings)


def _tasks(shelf: Shelf, mark: Shelfmark, place: Place) -> Iterator[Task]:
    cards, settings = place.part.cards, shelf.settings
    nodes = cut(cards, place.part.levels, settings.listing_limit, keys=place.part.keys)
    first = next(nodes)
    yield _task(_view(shelf, mark, first, place), settings)
    rows: dict[tuple[str, ...], list[Node]] = {}
    for node in nodes:
        rows.setdefault(node.keys[:-1], []).append(node)
    for row in rows.values():
        parts = [Part(node.keys, node.cards, ()) for node in row]
        for node, at in zip(row, beside(parts), strict=True):
            yield _task(_view(shelf, mark, node, at), settings)


def _view(shelf: Shelf, mark: Shelfmark, node: Node, place: Place) -> BrowseView:
    return BrowseView(
        mark=mark,
        node=node,
        outlets=_outlets(shelf, node),
        before=place.before,
        after=place.after,
        months=() if node.keys else months(place.part.cards),
    )


def _task(view: BrowseView, settings: Settings) -> Task:
    path = addresses.file(view.mark.base + "".join(f"{key}/" for key in view.node.keys))
    return Task(path=path, make=browse_page, inputs=(view, settings))


def _outlets(shelf: Shelf, node: Node) -> dict[str, str]:
    """Names for the keys that are outlets."""
    keys = [*node.keys, *(key for key, _ in node.children)]
    named = {key: SourceId(key.removeprefix(AT)) for key in keys if key.startswith(AT)}
    sources = shelf.archive.sources
    return {key: sources[source].name for key, source in named.items() if source in sources}


def browse_page(view: BrowseView, settings: Settings) -> bytes:
    """The Markdown file of one page of a list."""
    mark, node = view.mark, view.node
    here = frame(mark.base + "".join(f"{key}/" for key in node.keys), settings.default_language)
    title = " – ".join(part for part in (mark.name, keys_name(view, here, node.keys)) if part)
    blocks: list[Html | None] = [
        _heading(view, here),
        None if node.keys else _about_source(mark.source, here),
        _strip(view, here),
        _children(view, here),
        _newest(view, here),
        *listing(node.cards, here, hide=mark.base.split("/")[1]),
        _around(view, here),
    ]
    return write_page(
        Page(
            address=here.address,
            kind="list",
            title=title,
            ui=here.ui.language,
            head=join(
                link_canonical(here.address, settings),
                feed_link(title) if mark.name and not node.keys else None,
            ),
            body=tuple(block for block in blocks if block is not None),
        )
    )


def keys_name(view: BrowseView, here: Frame, keys: Sequence[str]) -> str:
    """A place in a cut list in words: `March 2024`, `Tuesday 5 March 2024`."""
    if not keys:
        return ""
    last = keys[-1]
    numbers = [int(key) for key in keys if key.isdigit()]
    if keys[0] == UNDATED:
        when = here.ui.say("undated")
    elif len(numbers) == 1:
        when = str(numbers[0])
    elif len(numbers) == 2:
        when = here.ui.month(*numbers)
    else:
        when = here.ui.day(*numbers)
    if last in view.outlets:
        return here.ui.listed((when, view.outlets[last]))
    return when if last == UNDATED or last.isdigit() else here.ui.listed((when, last))


def _heading(view: BrowseView, here: Frame) -> Html:
    mark, node = view.mark, view.node
    count = here.ui.count("{number} article", "{number} articles", node.count)
    name = run(mark.name, mark.language or here.ui.language, here)
    if not node.keys:
        feed = el("a", here.ui.say("Feed"), href="feed.xml")
        return el("header", el("h1", name), el("p", join(count, feed, by=" · "), class_="kicker"))
    up = [here.link(addresses.DATES, here.ui.say("Dates"))]
    if mark.name:
        up = [here.link(mark.base, name)]
    for depth in range(1, len(node.keys)):
        keys = node.keys[:depth]
        address = mark.base + "".join(f"{key}/" for key in keys)
        up.append(here.link(address, keys_name(view, here, keys)))
    return el(
        "header",
        el("p", join(*up, by=" › "), class_="kicker"),
        el("h1", here.ui.heading(keys_name(view, here, node.keys))),
        el("p", count, class_="soft"),
    )


def _about_source(source: Source | None, here: Frame) -> Html | None:
    if source is None:
        return None
    ui = here.ui
    others = [run(name, code, here) for code, name in sorted(source.names.items())]
    home = source.homepage
    rows = [
        (ui.say("Other names"), join(*others, by=" · ") if others else None),
        (ui.say("Website"), outward_link(home, home, dir="ltr") if home else None),
        (ui.say("Country"), ui.country_name(source.country) if source.country else None),
        (ui.say("Licence"), source.licence),
    ]
    items = [part for name, value in rows if value for part in (el("dt", name), el("dd", value))]
    return el("dl", *items) if items else None


def _strip(view: BrowseView, here: Frame) -> Html | None:
    """The months of a list that is cut; of a short list its headings say enough."""
    if not view.node.children or not view.months:
        return None
    years = {keys[0] for keys in view.node.children}
    base = view.mark.base

    def href(year: int, month: int) -> str | None:
        keys = (f"{year:04d}", f"{month:02d}")
        if keys in view.built:
            return here.to(f"{base}{keys[0]}/{keys[1]}/")
        return here.to(f"{base}{keys[0]}/") if keys[0] in years else None

    return heat_strip(view.months, here.ui, href)


def _children(view: BrowseView, here: Frame) -> Html | None:
    """Links to the parts of this page with their numbers; under a heat strip only what it leaves out."""
    node = view.node
    children = (
        node.children if node.keys else tuple(item for item in node.children if item[0] == UNDATED)
    )
    rows = []
    for key, count in children:
        keys = (*node.keys, key)
        address = view.mark.base + "".join(f"{part}/" for part in keys)
        rows.append((here.link(address, keys_name(view, here, keys)), count))
    return bars(rows, here.ui)


def _newest(view: BrowseView, here: Frame) -> Html | None:
    if not view.newest:
        return None
    return el("section", el("h2", here.ui.say("Newest")), plain_listing(view.newest, here))


def _around(view: BrowseView, here: Frame) -> Html | None:
    links = []
    for keys, relation, arrow in ((view.before, "prev", "← {}"), (view.after, "next", "{} →")):
        if keys is not None:
            address = view.mark.base + "".join(f"{key}/" for key in keys)
            text = arrow.format(keys_name(view, here, keys))
            links.append(here.link(address, text, rel=relation))
    return (
        el("nav", *links, class_="around", aria_label=here.ui.say("Pages beside this one"))
        if links
        else None
    )
