"""The home page: what this archive is, the latest stories, ways to walk through it, what came last."""

from collections.abc import Iterator
from heapq import nlargest

from generator.model import LanguageCode
from generator.record import record
from generator.settings import Settings
from generator.views import addresses
from generator.views.calendar_cut import Months, months
from generator.views.dates import days
from generator.views.documents import demonstration_note
from generator.views.indexes import (
    Outlet,
    index_frame,
    language_bars,
    languages,
    month_strip,
    outlet_bars,
    outlets,
)
from generator.views.listing import newest_first, plain_listing
from generator.views.markup import Html, el, join
from generator.views.metadata import feed_link, link_canonical, open_graph
from generator.views.page import Frame, Page, write_page
from generator.views.pictures import bars
from generator.views.shelf import Card, NameCard, Shelf
from generator.views.story_index import Cluster, cluster_list, clusters, story_cards
from generator.views.tasks import Task

#: Stories, lines of a list, articles that came last.
STORIES = 6
LINES = 10
LAST = 8


@record
class HomeView:
    """The whole archive in small."""

    articles: int
    names: int
    stories: int
    latest: tuple[Cluster, ...]
    months: Months
    languages: tuple[tuple[LanguageCode, int], ...]
    outlets: tuple[Outlet, ...]
    last: tuple[Card, ...]


def home_tasks(shelf: Shelf) -> Iterator[Task]:
    """The home page in every interface language."""
    cards = shelf.cards_of_mains
    begun = story_cards(shelf)
    view = HomeView(
        articles=len(shelf.published),
        names=len(shelf.articles_naming),
        stories=len(begun),
        latest=clusters(shelf, newest_first(begun)[:STORIES]),
        months=months(cards),
        languages=languages(shelf),
        outlets=outlets(shelf),
        last=_last(shelf),
    )
    often = sorted(shelf.articles_naming.items(), key=lambda item: (-len(item[1]), item[0]))
    for ui in shelf.settings.languages:
        found = (shelf.name_card(entity, ui) for entity, _ in often[:LINES])
        names = tuple(card for card in found if card is not None)
        address = addresses.in_language(addresses.HOME, ui, shelf.settings.default_language)
        inputs = (ui, view, names, shelf.settings)
        yield Task(path=addresses.file(address), make=home_page, inputs=inputs)


def _last(shelf: Shelf) -> tuple[Card, ...]:
    """What was captured last, by the date in the data; where none is given, by date of publication."""
    added = [days(item.captured) or days(item.date) for item in shelf.mains]
    least = min(nlargest(LAST, added), default="")
    order = [pair for pair in zip(added, shelf.mains, strict=True) if pair[0] >= least]
    order.sort(key=lambda pair: pair[1].id)
    order.sort(key=lambda pair: pair[0], reverse=True)
    return shelf.cards_of(item.id for _, item in order[:LAST])


def home_page(ui: str, view: HomeView, names: tuple[NameCard, ...], settings: Settings) -> bytes:
    """The Markdown file of a home page."""
    here = index_frame(addresses.HOME, ui, settings)
    blocks = (
        _opening(view, here, settings),
        _section(here.ui.say("Latest stories"), cluster_list(view.latest, here, level="h3")),
        _section(here.ui.say("Walk through time"), month_strip(view.months, here)),
        _lists(view, names, here),
        _section(here.ui.say("Recently added"), plain_listing(view.last, here)),
        _contribute(here),
    )
    title = settings.site_name
    return write_page(
        Page(
            address=here.address,
            kind="home",
            title=title,
            ui=ui,
            everywhere=addresses.HOME,
            description=settings.description,
            head=join(
                link_canonical(here.address, settings),
                open_graph(title),
                feed_link(title) if here.home == here.root else None,
            ),
            body=tuple(block for block in blocks if block is not None),
        )
    )


def _opening(view: HomeView, here: Frame, settings: Settings) -> Html:
    ui = here.ui
    numbers = (
        ui.count("{number} article", "{number} articles", view.articles),
        ui.count("{number} language", "{number} languages", len(view.languages)),
        ui.count("{number} outlet", "{number} outlets", len(view.outlets)),
        ui.count("{number} story", "{number} stories", view.stories),
        ui.count("{number} name", "{number} names", view.names),
    )
    sentence = ui.say(
        "An archive of news articles that keeps every version, shows what changed, and lays the"
        " coverage of one story side by side, across outlets and languages."
    )
    return el(
        "header",
        el("h1", sentence),
        el("p", join(*numbers, by=" · "), class_="kicker"),
        el("p", demonstration_note(ui), class_="note") if settings.demonstration else None,
    )


def _section(title: str, content: Html | None, **attributes: str) -> Html | None:
    return el("section", el("h2", title), content, **attributes) if content else None


def _lists(view: HomeView, names: tuple[NameCard, ...], here: Frame) -> Html:
    ui = here.ui
    rows = [(here.link(addresses.entity(card.id), card.name), card.articles) for card in names]
    columns = (
        (addresses.LANGUAGES, ui.say("Languages"), language_bars(view.languages[:LINES], here)),
        (addresses.SOURCES, ui.say("Outlets"), outlet_bars(view.outlets[:LINES], here)),
        (addresses.ENTITIES, ui.say("Names"), bars(rows, ui)),
    )
    sections = []
    for address, title, content in columns:
        if content is not None:
            heading = el("h2", el("a", title, href=here.home + address))
            sections.append(el("section", heading, content))
    return el("div", *sections, class_="columns")


def _contribute(here: Frame) -> Html:
    ui = here.ui
    return el(
        "section",
        el("h2", ui.say("Add an article")),
        el(
            "p",
            ui.say(
                "Anyone may add an article: a form asks for it, or a file in the corpus holds it."
                " It is checked at once, and you are told if another version is already here."
            ),
        ),
        el("p", el("a", ui.say("How to contribute"), href=f"{here.home}{addresses.CONTRIBUTE}")),
        class_="add",
    )
