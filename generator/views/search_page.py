"""The search page: a box, a place for the script's results, and ways to go without a script."""

import json
from collections.abc import Iterator
from importlib.metadata import version
from operator import attrgetter

from generator.settings import Settings
from generator.views import addresses
from generator.views.indexes import index_frame
from generator.views.markup import Html, el, join
from generator.views.metadata import script_text
from generator.views.page import Page, write_page
from generator.views.search_script import SCRIPT, search_script, search_style
from generator.views.search_words import language_words, search_words
from generator.views.shelf import Shelf
from generator.views.tasks import Task

#: The search program of this version is among what the script asks for first.
PROGRAMS = f"search/index/wasm-{version('pagefind_bin')}/common.pagefind"

#: What the browser is to fetch without waiting until it has read the script.
FILES = ("search/index/manifest.json", PROGRAMS)


def search_tasks(shelf: Shelf) -> Iterator[Task]:
    """The search page in every interface language, and the script of all of them."""
    settings = shelf.settings
    yield Task(path=SCRIPT, make=script_file, inputs=(search_script(),))
    found = {settings.default_language, *map(attrgetter("language"), shelf.published)}
    for ui in settings.languages:
        address = addresses.in_language(addresses.SEARCH, ui, settings.default_language)
        inputs = (ui, tuple(sorted(found)), settings, search_style())
        yield Task(path=addresses.file(address), make=search_page, inputs=inputs)


def script_file(script: str) -> bytes:
    """The script as it is written."""
    return script.encode()


def search_page(ui: str, languages: tuple[str, ...], settings: Settings, style: Html) -> bytes:
    """The shell that the search script fills, in a style; `languages` are those that a result may have."""
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
    head = join(
        el("script", type="module", src=f"{here.root}{SCRIPT}"),
        *(
            el("link", rel="preload", as_="fetch", crossorigin=True, href=f"{here.root}{file}")
            for file in FILES
        ),
        el("style", style),
        el("script", script_text(words), type="application/json", id="search-strings"),
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
