"""The page of a version group: an answer in one sentence, all versions, which has which sentence."""

from collections.abc import Iterator
from functools import partial

from generator.model import Difference, Relation, Rights, SentenceRow, VersionGroup
from generator.settings import Settings
from generator.views import addresses
from generator.views.comparing import (
    blocks,
    capture_name,
    changes_text,
    common_share,
    decision_note,
    headline,
    headlines_differ,
    labelled_table,
    length_text,
    outlet,
    section,
    sheet,
    typography_differs,
)
from generator.views.diff_page import pair_page
from generator.views.interface import Interface
from generator.views.marks import Marks
from generator.views.markup import Html, Node, el, join
from generator.views.page import Frame, Page, foreign, frame, write_page
from generator.views.reasons import version_name
from generator.views.shelf import Shelf
from generator.views.tasks import Group, Task
from generator.views.versions_view import (
    Version,
    VersionsView,
    groups,
    pair_view,
    versions_view,
)

SAME_TEXT = frozenset({Relation.IDENTICAL, Relation.RECAPTURE})


def versions_groups(shelf: Shelf, marks: Marks) -> Iterator[Group]:
    """The tasks of each version group. `marks` stand for its articles and what is around them; how these differ follows."""
    for group in groups(shelf):
        seen = (marks.of_articles(group.members),)
        tasks = partial(_tasks_of, shelf, group)
        yield Group(name=f"versions {group.main}", seen=seen, tasks=tasks)


def _tasks_of(shelf: Shelf, group: VersionGroup) -> Iterator[Task]:
    """The page of a group, and those of its pairs."""
    settings = shelf.settings
    view = versions_view(shelf, group)
    path = addresses.file(addresses.versions(group.main))
    yield Task(path=path, make=versions_page, inputs=(view, settings))
    for version in view.versions:
        pair = pair_view(shelf, group, version.card.id) if version.paired else None
        if pair is not None:
            path = addresses.file(addresses.pair(group.main, version.card.id))
            yield Task(path=path, make=pair_page, inputs=(pair, settings))


def versions_page(view: VersionsView, settings: Settings) -> bytes:
    """The Markdown file of a group of versions."""
    here = frame(addresses.versions(view.main.id), view.ui)
    ui = here.ui
    title = ui.say("{title}: versions", title=view.main.title)
    heading = el("h1", view.main.title, **foreign(view.main.language, view.ui))
    back = here.link(addresses.article(view.main.id), ui.say("Back to the article"))
    return write_page(
        Page(
            address=here.address,
            kind="versions",
            title=title,
            ui=view.ui,
            description=answer(view, ui),
            head=sheet(here, settings),
            body=blocks(
                el("header", el("p", ui.say("Versions"), " · ", back, class_="kicker"), heading),
                el("p", answer(view, ui), class_="lead answer"),
                decision_note(view.decision, here),
                _table(view, here),
                *(decision_note(item.link.decision, here) for item in view.versions if item.link),
                _sentences(view, here),
                _withheld(view, here),
            ),
        )
    )


def answer(view: VersionsView, ui: Interface) -> str:
    """What the versions have in common and how they differ, in sentences."""
    others = [item for item in view.versions if item.link is not None]
    changed = [item for item in others if not same_text(item)]
    typography = max((typography_of(item.difference) for item in others), default=0)
    links = max((links_that_differ(item.difference) for item in others), default=0)
    furniture = max((furniture_that_differs(item.difference) for item in others), default=0)
    things = [
        ui.count("{number} typographic detail", "{number} typographic details", typography)
        if typography
        else "",
        ui.count("{number} link", "{number} links", links) if links else "",
        ui.count("{number} line of page furniture", "{number} lines of page furniture", furniture)
        if furniture
        else "",
    ]
    told = ui.together([thing for thing in things if thing])
    sentences = [_of_text(view, changed, ui)]
    if any(item.difference and headlines_differ(item.difference) for item in others):
        sentences.append(ui.say("The headlines differ."))
    if told and any(item.difference for item in changed):
        sentences.append(ui.say("They also differ in {things}.", things=told))
    elif told:
        sentences.append(ui.say("They differ in {things}.", things=told))
    return " ".join(sentences).replace("。 ", "。")


def same_text(version: Version) -> bool:
    """Whether a version carries the words of the main one."""
    if version.difference is not None:
        return not any(version.difference.counts.values())
    return version.link is not None and version.link.relation in SAME_TEXT


def _of_text(view: VersionsView, changed: list[Version], ui: Interface) -> str:
    total = len(view.versions)
    if not changed:
        if total == 2:
            return ui.say("Both versions carry the same text.")
        return ui.count(
            "All {number} versions carry the same text.",
            "All {number} versions carry the same text.",
            total,
        )
    if total == 2:
        difference = changed[0].difference
        told = changes_text(difference.counts, ui) if difference else ""
        if told:
            return ui.say("The text of the two versions differs: {changes}.", changes=told)
        return ui.say("The text of the two versions differs.")
    return ui.count(
        "{number} of the {total} versions differs in its text from the main one.",
        "{number} of the {total} versions differ in their text from the main one.",
        len(changed),
        total=ui.number(total),
    )


def typography_of(difference: Difference | None) -> int:
    """Places where only quotation marks, dashes or blanks differ."""
    return 0 if difference is None else difference.typographic


def links_that_differ(difference: Difference | None) -> int:
    """A link in place of another counts once."""
    if difference is None:
        return 0
    return max(len(difference.links_removed), len(difference.links_added))


def furniture_that_differs(difference: Difference | None) -> int:
    """Lines of page furniture that one capture has and the other has not."""
    if difference is None:
        return 0
    return len(difference.furniture_removed) + len(difference.furniture_added)


def _table(view: VersionsView, here: Frame) -> Html:
    ui = here.ui
    heads = (
        ui.say("Version"),
        ui.say("Date"),
        ui.say("Kind of capture"),
        ui.say("Length"),
        ui.say("Text in common"),
        ui.say("Relation"),
    )
    rows = [_row(view, number, item, here) for number, item in enumerate(view.versions, 1)]
    return labelled_table(heads, rows, kind="versions", caption=ui.say("All versions"))


def _row(view: VersionsView, number: int, item: Version, here: Frame) -> tuple[Node, ...]:
    ui, card = here.ui, item.card
    name = join(
        el("b", ui.number(number), class_="count"),
        headline(card, here),
        el("small", outlet(card, here)),
    )
    kind = capture_name(ui, item.edition.capture)
    if item.link is None:
        relation: Node = el("b", ui.say("main version"))
        shared = "–"
    else:
        shared = common_share(item.difference, ui) if item.difference else "–"
        relation = _relation(view, number, item, here)
    return name, _dates(item, ui), kind, length_text(item.text, ui), shared, relation


def _dates(item: Version, ui: Interface) -> Node:
    """When it was published, and when the outlet changed it: what tells two editions of one day apart."""
    published = ui.full_date(item.card.date)
    if item.edition.updated is None:
        return published
    changed = join(ui.say("Updated"), ui.full_date(item.edition.updated), by=" · ")
    return join(published, el("br"), el("small", changed))


def _relation(view: VersionsView, number: int, item: Version, here: Frame) -> Html:
    """How a version is tied to the main one, with the way to what differs."""
    ui = here.ui
    told = [version_name(ui, item.link.relation, earlier=item.earlier)] if item.link else []
    if item.difference is not None:
        changes = changes_text(item.difference.counts, ui)
        told += [changes] if changes else []
        links = links_that_differ(item.difference)
        furniture = furniture_that_differs(item.difference)
        if item.difference.typographic:
            told.append(typography_differs(item.difference.typographic, ui))
        if links:
            told.append(ui.count("{number} link differs", "{number} links differ", links))
        if furniture:
            told.append(
                ui.count(
                    "{number} line of page furniture differs",
                    "{number} lines of page furniture differ",
                    furniture,
                )
            )
    text = ui.say("; ").join(told)
    if not item.paired:
        return join(text)
    which = ui.say(
        "version {number}, {outlet}", number=ui.number(number), outlet=item.card.source_name
    )
    compare = ui.say("Compare")
    name = ui.titled(compare, which)
    link = here.link(addresses.pair(view.main.id, item.card.id), compare, aria_label=name)
    return join(text, el("p", link, class_="go"))


def _withheld(view: VersionsView, here: Frame) -> Html | None:
    if view.rights is Rights.FULL:
        return None
    text = here.ui.say(
        "The texts may not be shown here beside each other; only the numbers of changes are told."
    )
    return el("p", text, class_="note")


def _sentences(view: VersionsView, here: Frame) -> Html | None:
    if not view.sentences:
        return None
    ui = here.ui
    heads = [ui.say("Sentence"), *(ui.number(n) for n in range(1, len(view.versions) + 1))]
    rows = [_sentence(row, view, here) for row in view.sentences]
    words = {"has": ui.say("has this sentence"), "not": ui.say("has not")}
    return section(
        ui.say("Which version has which sentence"),
        el(
            "p",
            ui.say(
                "Sentences that are not in all versions. The numbers are those of the table above."
            ),
            class_="soft",
        ),
        labelled_table(heads, rows, kind="matrix", words=words),
    )


def _sentence(row: SentenceRow, view: VersionsView, here: Frame) -> list[Node]:
    marks = foreign(view.main.language, here.ui.language)
    dot, none = el("b", "●"), el("i", "–")
    cells = [dot if item.card.id in row.articles else none for item in view.versions]
    return [el("span", row.text, class_="sentence", **marks), *cells]
