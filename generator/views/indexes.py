"""Index pages of outlets, languages and dates, once for each interface language."""

from collections.abc import Iterator, Sequence

from generator.model import LanguageCode, SourceId
from generator.record import record
from generator.settings import Settings
from generator.views import addresses
from generator.views.calendar_cut import Months, months, year
from generator.views.interface import own_name
from generator.views.letters import Leaf, cut_by_letters, shown_letters, sort_letters
from generator.views.markup import Html, el
from generator.views.metadata import link_canonical
from generator.views.page import Frame, Page, frame, run, write_page
from generator.views.pictures import bars, heat_strip
from generator.views.shelf import Shelf
from generator.views.tasks import Task

#: Parts of a list cut by letters: path, letters, number.
Parts = tuple[tuple[str, str, int], ...]


@record
class Outlet:
    """An outlet in the index."""

    id: SourceId
    name: str
    language: LanguageCode | None
    articles: int


def outlets(shelf: Shelf) -> tuple[Outlet, ...]:
    """All outlets with their number of articles, most first."""
    found = []
    for source, cards in shelf.by_source.items():
        entry = shelf.archive.sources.get(source)
        name, language = (entry.name, entry.language) if entry else (str(source), None)
        found.append(Outlet(id=source, name=name, language=language, articles=len(cards)))
    return tuple(sorted(found, key=lambda item: (-item.articles, item.id)))


def languages(shelf: Shelf) -> tuple[tuple[LanguageCode, int], ...]:
    """All languages with their number of articles, most first."""
    counts = [(code, len(items)) for code, items in shelf.by_language.items()]
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))


def index_tasks(shelf: Shelf) -> Iterator[Task]:
    """The index pages in every interface language."""
    cards = shelf.cards_of_mains
    everything = outlets(shelf), languages(shelf), months(cards)
    short = tuple(sorted({year(card) for card in cards}))
    undated = tuple(name for name in short if not name.isdigit())
    limit = shelf.settings.listing_limit
    leaves = list(cut_by_letters(_by_name(everything[0]), limit))
    letters = leaves[0].parts
    for leaf in leaves[1:]:
        path = addresses.file(addresses.SOURCES_BY_NAME + leaf.path)
        yield Task(path=path, make=outlets_by_name_page, inputs=(leaf, shelf.settings))
    for ui in shelf.settings.languages:
        for address, make, inputs in (
            (addresses.SOURCES, sources_page, (everything[0][:limit], len(everything[0]), letters)),
            (addresses.LANGUAGES, languages_page, (everything[1],)),
            (addresses.DATES, dates_page, (everything[2], short, undated)),
        ):
            local = addresses.in_language(address, ui, shelf.settings.default_language)
            yield Task(path=addresses.file(local), make=make, inputs=(ui, *inputs, shelf.settings))


def index_page(
    address: str, here: Frame, title: str, blocks: Sequence[Html | None], settings: Settings
) -> bytes:
    """A page that exists once for each interface language."""
    return write_page(
        Page(
            address=here.address,
            kind="index",
            title=title,
            ui=here.ui.language,
            everywhere=address,
            head=link_canonical(here.address, settings) or "",
            body=tuple(block for block in blocks if block is not None),
        )
    )


def index_frame(address: str, ui: str, settings: Settings) -> Frame:
    """The frame of the copy of a page for an interface language."""
    default = settings.default_language
    home = addresses.in_language(addresses.HOME, ui, default)
    return frame(addresses.in_language(address, ui, default), ui, home=home)


def _by_name(outlets: Sequence[Outlet]) -> list[tuple[str, Outlet]]:
    order = sorted(outlets, key=lambda item: (sort_letters(item.name), item.name, item.id))
    return [(item.name, item) for item in order]


def sources_page(
    ui: str, outlets: Sequence[Outlet], count: int, letters: Parts, settings: Settings
) -> bytes:
    """The outlets with the most articles, and the letters of the others if there are more."""
    here = index_frame(addresses.SOURCES, ui, settings)
    title = here.ui.say("Outlets")
    blocks = [
        el("h1", title),
        el("p", here.ui.count("{number} outlet", "{number} outlets", count), class_="kicker"),
        _letters(letters, here),
        outlet_bars(outlets, here),
    ]
    return index_page(addresses.SOURCES, here, title, blocks, settings)


def outlets_by_name_page(leaf: Leaf[Outlet], settings: Settings) -> bytes:
    """The outlets that begin with some letters."""
    here = frame(addresses.SOURCES_BY_NAME + leaf.path, settings.default_language)
    outlets = here.ui.say("Outlets")
    title = here.ui.titled(outlets, shown_letters(leaf.steps[-1]))
    blocks = (
        el("p", here.link(addresses.SOURCES, outlets), class_="kicker"),
        el("h1", title),
        _letters(leaf.parts, here),
        outlet_bars(leaf.entries, here),
    )
    body = tuple(block for block in blocks if block is not None)
    ui = here.ui.language
    return write_page(Page(address=here.address, kind="list", title=title, ui=ui, body=body))


def _letters(parts: Parts, here: Frame) -> Html | None:
    links = [
        el("li", here.link(addresses.SOURCES_BY_NAME + path, shown_letters(letters)))
        for path, letters, _ in parts
    ]
    return el("ul", *links, class_="row") if links else None


def outlet_bars(outlets: Sequence[Outlet], here: Frame) -> Html | None:
    """Outlets with bars."""
    rows = [
        (
            here.link(
                addresses.source(item.id), run(item.name, item.language or here.ui.language, here)
            ),
            item.articles,
        )
        for item in outlets
    ]
    return bars(rows, here.ui)


def languages_page(
    ui: str, languages: Sequence[tuple[LanguageCode, int]], settings: Settings
) -> bytes:
    """All languages with their number of articles."""
    here = index_frame(addresses.LANGUAGES, ui, settings)
    title = here.ui.say("Languages")
    count = here.ui.count("{number} language", "{number} languages", len(languages))
    blocks = [el("h1", title), el("p", count, class_="kicker"), language_bars(languages, here)]
    return index_page(addresses.LANGUAGES, here, title, blocks, settings)


def language_bars(languages: Sequence[tuple[LanguageCode, int]], here: Frame) -> Html | None:
    """Languages by their own names, with bars, and as the interface calls them."""
    rows = []
    for code, count in languages:
        own, mine = own_name(code), here.ui.language_name(code)
        label = here.link(addresses.language(code), run(own, code, here))
        if own != mine:
            label = Html(label + " " + el("small", mine))
        rows.append((label, count))
    return bars(rows, here.ui)


def dates_page(
    ui: str, counts: Months, years: Sequence[str], undated: Sequence[str], settings: Settings
) -> bytes:
    """The heat strip of all months."""
    here = index_frame(addresses.DATES, ui, settings)
    title = here.ui.say("Dates")
    rows = [here.link(f"{addresses.DATES}{key}/", key) for key in years if key.isdigit()]
    rows += [here.link(f"{addresses.DATES}{key}/", here.ui.say("undated")) for key in undated]
    blocks = [
        el("h1", title),
        month_strip(counts, here),
        el("ul", *(el("li", row) for row in rows), class_="row"),
    ]
    return index_page(addresses.DATES, here, title, blocks, settings)


def month_strip(counts: Months, here: Frame) -> Html | None:
    """The heat strip of the whole archive; every month leads to its page."""
    return heat_strip(
        counts,
        here.ui,
        lambda year, month: here.to(f"{addresses.DATES}{year:04d}/{month:02d}/"),
    )
