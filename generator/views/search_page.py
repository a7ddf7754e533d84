"""The search page: a box, a place for the script's results, and ways to go without a script."""

import json
from collections.abc import Iterator

from generator.settings import Settings
from generator.views import addresses
from generator.views.indexes import index_frame
from generator.views.markup import el, join
from generator.views.metadata import script_text
from generator.views.page import Page, write_page
from generator.views.search_words import language_words, search_words
from generator.views.shelf import Shelf
from generator.views.tasks import Task

#: What the search script asks for first, so that the browser need not wait until it has read the script.
FILES = ("search/index/manifest.json", "search/names/index.json")
MODULES = (
    *("federation", "filters", "finder", "hits", "names", "program", "tables"),
    *("query", "segment", "shard", "state", "view"),
)


def search_tasks(shelf: Shelf) -> Iterator[Task]:
    """The search page in every interface language."""
    settings = shelf.settings
    found = {settings.default_language, *(item.language for item in shelf.published)}
    for ui in settings.languages:
        address = addresses.in_language(addresses.SEARCH, ui, settings.default_language)
        inputs = (ui, tuple(sorted(found)), settings)
        yield Task(path=addresses.file(address), make=search_page, inputs=inputs)


def search_page(ui: str, languages: tuple[str, ...], settings: Settings) -> bytes:
    """The shell that the search script fills; `languages` are those that a result may have."""
    here = index_frame(addresses.SEARCH, ui, settings)
    title = here.ui.say("Search the archive")
    ways = (
        (addresses.ENTITIES, here.ui.say("Names")),
        (addresses.STORIES, here.ui.say("Stories")),
        (addresses.DATES, here.ui.say("Dates")),
        (addresses.SOURCES, here.ui.say("Outlets")),
        (addresses.LANGUAGES, here.ui.say("Languages")),
    )
    links = join(*(el("a", name, href=here.home + address) for address, name in ways), by=" · ")
    note = here.ui.say("Searching needs JavaScript. Without it, these lists lead to every article:")
    body = (
        el("h1", title),
        el("div", id="search", data_root=here.root, data_home=here.home, data_ui=ui),
        el("noscript", el("p", note), el("p", links)),
    )
    said = search_words(here.ui) | language_words(languages)
    words = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    assets = f"{here.root}assets/search/"
    head = join(
        el("link", rel="stylesheet", href=f"{assets}search.css"),
        *(
            el("link", rel="preload", as_="fetch", crossorigin=True, href=f"{here.root}{file}")
            for file in FILES
        ),
        *(el("link", rel="modulepreload", href=f"{assets}{name}.js") for name in MODULES),
        el("script", script_text(words), type="application/json", id="search-strings"),
        el("script", type="module", src=f"{assets}search.js"),
    )
    return write_page(
        Page(
            address=here.address,
            kind="search",
            title=title,
            ui=ui,
            everywhere=addresses.SEARCH,
            head=head,
            body=body,
        )
    )
