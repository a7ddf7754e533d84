"""Quotations by speaker: the latest ones, then speakers by script and letter."""

import unicodedata
from collections.abc import Iterator, Sequence

from generator.record import record, replace
from generator.settings import Settings
from generator.views import addresses
from generator.views.comparing import blocks, section, sheet
from generator.views.dates import sort_key
from generator.views.indexes import index_frame
from generator.views.letters import (
    Leaf,
    cut_by_letters,
    script_name,
    script_of,
    shown_letters,
    sort_letters,
)
from generator.views.markup import Html, el, join
from generator.views.page import Frame, Page, frame, write_page
from generator.views.quotation_page import quotation_line
from generator.views.quotation_words import SharedWords, shared_words, speaker_name
from generator.views.shelf import Shelf
from generator.views.tasks import Task

#: Quotations on the first page, and of one speaker on a page of speakers.
LATEST = 12
OF_ONE = 5


@record
class Speaker:
    """A speaker with the first of their shared quotations, latest first."""

    name: str
    quotations: tuple[SharedWords, ...]
    count: int


@record
class SpeakersView:
    """One page of speakers: of a script, or of some letters of it."""

    script: str
    leaf: Leaf[Speaker]


@record
class QuotationsView:
    """The first page: the latest quotations, and each script with its speakers or its letters."""

    count: int
    latest: tuple[SharedWords, ...]
    scripts: tuple[tuple[str, Leaf[Speaker]], ...]


def quotation_index_tasks(shelf: Shelf) -> Iterator[Task]:
    """The index in every interface language, and its parts."""
    settings = shelf.settings
    found = speakers(shelf)
    scripts: dict[str, list[tuple[str, Speaker]]] = {}
    for speaker in found:
        scripts.setdefault(script_of(speaker.name), []).append((speaker.name, speaker))
    first = []
    for script, entries in sorted(scripts.items()):
        # A speaker takes several lines.
        leaves = list(cut_by_letters(entries, settings.listing_limit // OF_ONE))
        first.append((script, _without_entries(leaves[0])))
        for leaf in leaves:
            path = addresses.file(_address(script, leaf.path))
            inputs = (SpeakersView(script=script, leaf=leaf), settings)
            yield Task(path=path, make=speakers_page, inputs=inputs)
    groups = _latest(shelf)
    for ui in settings.languages:
        latest = tuple(_named_in(shelf, shared, ui) for shared in groups[:LATEST])
        view = QuotationsView(count=len(groups), latest=latest, scripts=tuple(first))
        local = addresses.in_language(addresses.QUOTATIONS, ui, settings.default_language)
        yield Task(path=addresses.file(local), make=quotations_page, inputs=(ui, view, settings))


def _address(script: str, path: str) -> str:
    return f"{addresses.SPEAKERS}{script.lower()}/{path}"


def _without_entries(leaf: Leaf[Speaker]) -> Leaf[Speaker]:
    return Leaf(path=leaf.path, steps=leaf.steps, entries=(), parts=leaf.parts, count=leaf.count)


def _latest(shelf: Shelf) -> tuple[SharedWords, ...]:
    ui = shelf.settings.default_language
    groups = [shared_words(shelf, group, ui) for group in shelf.archive.quotation_groups]
    kept = sorted((group for group in groups if group.renderings), key=lambda item: item.id)
    return tuple(sorted(kept, key=_first_said, reverse=True))


def _named_in(shelf: Shelf, shared: SharedWords, ui: str) -> SharedWords:
    """The same with its speaker as an interface language names them."""
    known = shared.speaker
    return replace(shared, speaker=shelf.bare_name_card(known.id, ui)) if known else shared


def _first_said(shared: SharedWords) -> str:
    return sort_key(shared.renderings[0].card.date)


def speakers(shelf: Shelf) -> tuple[Speaker, ...]:
    """All speakers by name, known ones under their heading, others as the articles write them. Two of one name are two."""
    found: dict[tuple[str, str], list[SharedWords]] = {}
    for shared in _latest(shelf):
        known = shared.speaker.id if shared.speaker else ""
        found.setdefault((speaker_name(shared) or "", known), []).append(shared)
    order = sorted(found.items(), key=lambda item: (sort_letters(item[0][0]), item[0]))
    limit = shelf.settings.listing_limit
    return tuple(_speaker_of(name, items, limit) for (name, _), items in order)


def _speaker_of(name: str, items: Sequence[SharedWords], limit: int) -> Speaker:
    """A speaker with a page of their own shows some quotations, another one all that a page may hold."""
    most = OF_ONE if items[0].speaker else limit
    return Speaker(name=name, quotations=tuple(items[:most]), count=len(items))


def quotations_page(ui: str, view: QuotationsView, settings: Settings) -> bytes:
    """The first page of quotations in an interface language."""
    here = index_frame(addresses.QUOTATIONS, ui, settings)
    title = here.ui.say("Quotations")
    lead = here.ui.say(
        "The same words as different outlets and translators render them, side by side."
    )
    count = here.ui.count("{number} shared quotation", "{number} shared quotations", view.count)
    rows = [quotation_line(shared, here) for shared in view.latest]
    return write_page(
        Page(
            address=here.address,
            kind="index",
            title=title,
            ui=ui,
            everywhere=addresses.QUOTATIONS,
            head=sheet(here, settings),
            body=blocks(
                el("h1", title),
                el("p", lead, class_="lead"),
                el("p", count, class_="kicker"),
                section(
                    here.ui.say("By speaker"),
                    *(_script(script, leaf, here) for script, leaf in view.scripts),
                ),
                section(here.ui.say("Newest"), el("ul", *rows, class_="listing") if rows else None),
            ),
        )
    )


def _script(script: str, leaf: Leaf[Speaker], here: Frame) -> Html:
    name = here.link(_address(script, ""), script_name(script, here.ui))
    count = here.ui.count("{number} speaker", "{number} speakers", leaf.count)
    head = el("p", join(name, count, by=" · "))
    return el("div", head, letters_row(leaf.parts, f"{addresses.SPEAKERS}{script.lower()}/", here))


def letters_row(parts: Sequence[tuple[str, str, int]], base: str, here: Frame) -> Html | None:
    """Links to the letters of a list."""
    if not parts:
        return None
    links = [
        el("li", here.link(base + path, shown_letters(letters), title=here.ui.number(count)))
        for path, letters, count in parts
    ]
    right_to_left = unicodedata.bidirectional(parts[0][1][:1]) in {"R", "AL"}
    return el("ul", *links, class_="letters", dir="rtl" if right_to_left else "ltr")


def speakers_page(view: SpeakersView, settings: Settings) -> bytes:
    """Speakers of a script or a letter with their quotations."""
    leaf = view.leaf
    here = frame(_address(view.script, leaf.path), settings.default_language)
    script = script_name(view.script, here.ui)
    title = " – ".join(
        (here.ui.say("Speakers"), script, *(shown_letters(step) for step in leaf.steps[-1:]))
    )
    up = here.link(addresses.QUOTATIONS, here.ui.say("Quotations"))
    return write_page(
        Page(
            address=here.address,
            kind="index",
            title=title,
            ui=here.ui.language,
            head=sheet(here, settings),
            body=blocks(
                el("header", el("p", up, class_="kicker"), el("h1", title)),
                letters_row(leaf.parts, f"{addresses.SPEAKERS}{view.script.lower()}/", here),
                *(_speaker(speaker, here) for speaker in leaf.entries),
            ),
        )
    )


def _speaker(speaker: Speaker, here: Frame) -> Html:
    ui = here.ui
    known = speaker.quotations[0].speaker
    name: str = speaker.name or ui.say("Speaker not named")
    heading = here.link(addresses.entity(known.id), name) if known else name
    rows = [quotation_line(shared, here) for shared in speaker.quotations]
    left = speaker.count - len(rows)
    more = ui.count("{number} more", "{number} more", left)
    rest = None
    if left and known:
        rest = el("p", here.link(addresses.said(known.id), more))
    return el(
        "section", el("h2", heading), el("ul", *rows, class_="listing"), rest, class_="speaker"
    )
