"""Index pages of names: by kind, A to Z in every script, by country."""

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.model import Entity, EntityId, EntityKind, LanguageCode
from generator.record import record
from generator.settings import Settings
from generator.views import addresses
from generator.views.article_boxes import kind_name
from generator.views.comparing import blocks, section, sheet
from generator.views.indexes import index_frame
from generator.views.interface import Interface
from generator.views.letters import (
    Leaf,
    cut_by_letters,
    script_name,
    script_of,
    shown_letters,
    sort_letters,
)
from generator.views.markup import Html, el, join, link
from generator.views.page import Frame, Page, foreign, frame, write_page
from generator.views.pictures import bars
from generator.views.quotation_index import letters_row
from generator.views.shelf import NameCard, Shelf, entity_name
from generator.views.tasks import Task

#: Names on the first page.
OFTEN = 20


@record
class Entry:
    """A name in a list: as it stands in a script, its language, and what the interface calls it.

    `hint` is the description, for telling namesakes apart.
    """

    id: EntityId
    name: str
    language: str
    also: str
    articles: int
    hint: str


@record
class NamesList:
    """A list of names: its folder below `names/`, and what it is of (one of the three)."""

    folder: str
    script: str | None = None
    kind: EntityKind | None = None
    country: str | None = None


@record
class EntitiesView:
    """The first page: how many of each kind, letters of each script, countries, who is named most."""

    count: int
    often: tuple[NameCard, ...]
    lists: tuple[tuple[NamesList, Leaf[Entry]], ...]


def entity_index_tasks(shelf: Shelf) -> Iterator[Task]:
    """The index in every interface language, and the lists it leads to."""
    settings = shelf.settings
    first = []
    for what, entries in _lists(shelf):
        for leaf in cut_by_letters(entries, settings.listing_limit):
            if not leaf.path:
                parts = leaf.parts
                head: Leaf[Entry] = Leaf(
                    path="", steps=(), entries=(), parts=parts, count=leaf.count
                )
                first.append((what, head))
            path = addresses.file(_address(what) + leaf.path)
            yield Task(path=path, make=names_page, inputs=(what, leaf, settings))
    often = sorted(shelf.articles_naming.items(), key=lambda item: (-len(item[1]), item[0]))
    for ui in settings.languages:
        found = (shelf.name_card(entity, ui) for entity, _ in often[:OFTEN])
        view = EntitiesView(
            count=len(shelf.articles_naming),
            often=tuple(card for card in found if card is not None),
            lists=tuple(first),
        )
        local = addresses.in_language(addresses.ENTITIES, ui, settings.default_language)
        yield Task(path=addresses.file(local), make=entities_page, inputs=(ui, view, settings))


def _address(what: NamesList) -> str:
    return f"{addresses.NAMES}{what.folder}/"


def _lists(shelf: Shelf) -> Iterator[tuple[NamesList, list[tuple[str, Entry]]]]:
    """Kinds, then scripts by their number of names, then countries, each with its entries in order.
    Only what an article names is listed."""
    ui = shelf.settings.default_language
    found: dict[NamesList, list[Entry]] = {}
    for identifier, articles in shelf.articles_naming.items():
        entity = shelf.archive.entities.get(identifier)
        if entity is None:
            continue
        name, count = entity_name(entity, ui), len(articles)
        hint = entity.description.get(LanguageCode(ui), "")
        mine = Entry(id=identifier, name=name, language=ui, also="", articles=count, hint=hint)
        found.setdefault(NamesList(folder=entity.kind.value, kind=entity.kind), []).append(mine)
        if entity.country is not None:
            folder = f"country/{entity.country.lower()}"
            found.setdefault(NamesList(folder=folder, country=entity.country), []).append(mine)
        for entry in _headings(entity, mine):
            script = script_of(entry.name)
            found.setdefault(NamesList(folder=script.lower(), script=script), []).append(entry)
    for what in sorted(found, key=lambda what: _place(what, len(found[what]))):
        yield what, _sorted(found[what])


def _place(what: NamesList, count: int) -> tuple[int, int, str]:
    if what.kind is not None:
        return 0, list(EntityKind).index(what.kind), ""
    return (1, -count, what.folder) if what.script is not None else (2, 0, what.folder)


def _headings(entity: Entity, mine: Entry) -> Iterator[Entry]:
    """The heading of each language, those that are written alike once."""
    seen = set()
    for language, names in sorted(entity.names.items()):
        for name in names[:1]:
            if name not in seen:
                seen.add(name)
                yield Entry(
                    id=entity.id,
                    name=name,
                    language=language,
                    also="" if name == mine.name else mine.name,
                    articles=mine.articles,
                    hint=mine.hint,
                )


def _sorted(entries: Sequence[Entry]) -> list[tuple[str, Entry]]:
    order = sorted(entries, key=lambda entry: (sort_letters(entry.name), entry.name, entry.id))
    return [(entry.name, entry) for entry in order]


def list_name(what: NamesList, ui: Interface) -> str:
    """What a list is of, in words."""
    if what.kind is not None:
        return kind_name(ui, what.kind)
    if what.country is not None:
        return ui.country_name(what.country)
    return script_name(what.script or "", ui)


def entities_page(ui: str, view: EntitiesView, settings: Settings) -> bytes:
    """The first page of names in an interface language."""
    here = index_frame(addresses.ENTITIES, ui, settings)
    title = here.ui.say("Names")
    count = here.ui.count("{number} name", "{number} names", view.count)
    often = [
        (here.link(addresses.entity(card.id), card.name), card.articles) for card in view.often
    ]
    return write_page(
        Page(
            address=here.address,
            kind="index",
            title=title,
            ui=ui,
            everywhere=addresses.ENTITIES,
            head=sheet(here, settings),
            body=blocks(
                el("h1", title),
                el("p", count, class_="kicker"),
                _kinds(view, here),
                section(here.ui.say("A to Z"), *_scripts(view, here)),
                section(here.ui.say("Named most often"), bars(often, here.ui)),
                _countries(view, here),
            ),
        )
    )


def _counted(what: NamesList, leaf: Leaf[Entry], here: Frame) -> Html:
    name = here.link(_address(what), list_name(what, here.ui))
    return join(name, " ", el("small", here.ui.number(leaf.count)))


def _kinds(view: EntitiesView, here: Frame) -> Html:
    rows = [el("li", _counted(what, leaf, here)) for what, leaf in view.lists if what.kind]
    href = f"{here.home}{addresses.QUOTATIONS}"
    rows.append(el("li", link(href, here.ui.say("Quotations"))))
    return el("ul", *rows, class_="row kinds")


def _scripts(view: EntitiesView, here: Frame) -> Iterator[Html]:
    """Scripts with many names with their letters, the others in a row."""
    short = []
    for what, leaf in view.lists:
        if what.script is not None and leaf.parts:
            letters = letters_row(leaf.parts, _address(what), here)
            yield el("div", el("p", _counted(what, leaf, here)), letters, class_="script")
        elif what.script is not None:
            short.append(el("li", _counted(what, leaf, here)))
    if short:
        yield el("ul", *short, class_="row")


def _countries(view: EntitiesView, here: Frame) -> Html | None:
    found = [(what, leaf) for what, leaf in view.lists if what.country is not None]
    found.sort(key=lambda item: sort_letters(list_name(item[0], here.ui)))
    rows = [el("li", _counted(what, leaf, here)) for what, leaf in found]
    return section(
        here.ui.say("By country"), el("ul", *rows, class_="columns-list") if rows else None
    )


def names_page(what: NamesList, leaf: Leaf[Entry], settings: Settings) -> bytes:
    """One page of a list of names."""
    base = _address(what)
    here = frame(base + leaf.path, settings.default_language)
    name = list_name(what, here.ui)
    title = " – ".join((name, *(shown_letters(step) for step in leaf.steps[-1:])))
    up = [here.link(addresses.ENTITIES, here.ui.say("Names"))]
    if leaf.steps:
        up.append(here.link(base, name))
    count = here.ui.count("{number} name", "{number} names", leaf.count)
    return write_page(
        Page(
            address=here.address,
            kind="index",
            title=title,
            ui=here.ui.language,
            head=sheet(here, settings),
            body=blocks(
                el(
                    "header",
                    el("p", join(*up, by=" › "), class_="kicker"),
                    el("h1", title),
                    el("p", count, class_="soft"),
                ),
                letters_row(leaf.parts, base, here),
                _entries(leaf.entries, here),
            ),
        )
    )


def _entries(entries: Sequence[Entry], here: Frame) -> Html | None:
    if not entries:
        return None
    rows = []
    counts = Counter(entry.name for entry in entries)
    for entry in entries:
        marks = foreign(entry.language, here.ui.language)
        parts = [here.link(addresses.entity(entry.id), entry.name, **marks)]
        besides = [entry.also, entry.hint if counts[entry.name] > 1 else ""]
        parts += [el("span", text, class_="soft") for text in besides if text]
        parts.append(el("small", here.ui.number(entry.articles)))
        rows.append(el("li", join(*parts, by=" ")))
    return el("ul", *rows, class_="columns-list")
