"""The page of one version: what changed, word by word, in line, and by the script side by side on wide screens."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.model import Change, DiffLine, Piece, PieceKind, Rights
from generator.settings import Settings
from generator.views import addresses
from generator.views.comparing import (
    blocks,
    capture_name,
    changes_text,
    common_share,
    css_text,
    decision_note,
    headline,
    headlines_differ,
    outlet,
    sheet,
)
from generator.views.diff_apart import furniture, links, typography
from generator.views.diff_words import headline_line, places, words_of
from generator.views.interface import Interface
from generator.views.markup import Html, el, join
from generator.views.page import Frame, Page, foreign, frame, write_page
from generator.views.reasons import version_name
from generator.views.versions_view import Comparison, Edition, PairView


def pair_page(view: PairView, settings: Settings) -> bytes:
    """The Markdown file of one version beside the main one and the one before."""
    here = frame(addresses.pair(view.main.id, view.other.id), view.ui)
    ui = here.ui
    title = ui.say("{title}: what changed", title=view.other.title)
    back = here.link(addresses.versions(view.main.id), ui.say("All versions"))
    return write_page(
        Page(
            address=here.address,
            kind="pair",
            title=title,
            ui=view.ui,
            head=join(sheet(here, settings), _told_before(ui)),
            body=blocks(
                el(
                    "header",
                    el("p", back, " · ", ui.say("What changed"), class_="kicker"),
                    el("h1", view.other.title, **foreign(view.other.language, view.ui)),
                    _verdict(view, here),
                ),
                decision_note(view.decision, here),
                _legend(view, here),
                *(_comparison(item, view, here) for item in view.comparisons),
            ),
        )
    )


def change_name(change: Change, ui: Interface) -> str:
    """One of the four words for a change."""
    return {
        Change.ADDITION: ui.say("Addition"),
        Change.DELETION: ui.say("Deletion"),
        Change.EDIT: ui.say("Edit"),
        Change.MOVE: ui.say("Move"),
    }[change]


def _told_before(ui: Interface) -> Html:
    """What is said before marked words to those who hear them: once for all words of the page, by the style sheet."""
    told = (
        ("ins", ui.say("added")),
        ("del", ui.say("removed")),
        ("ins.moved", ui.say("moved to here")),
        ("del.moved", ui.say("moved from here")),
    )
    rules = [f"{words}{{--told:{css_text(f'[{text}: ')}}}" for words, text in told]
    return el("style", Html("".join(rules)))


def _verdict(view: PairView, here: Frame) -> Html | None:
    if view.relation is None:
        return None
    return el("p", version_name(here.ui, view.relation, earlier=view.earlier), class_="soft")


def _legend(view: PairView, here: Frame) -> Html | None:
    """How changes are marked; said only where marked words follow."""
    marked = any(any(item.difference.counts.values()) for item in view.comparisons)
    if view.rights is not Rights.FULL or not marked:
        return None
    ui = here.ui
    struck, underlined = ui.say("struck through"), ui.say("underlined")
    text = ui.rich(
        "Words {only_first} are only in the first text, words {only_second} only in the second.",
        only_first=el("del", struck),
        only_second=el("ins", underlined),
    )
    return el("p", text, class_="legend")


def _comparison(item: Comparison, view: PairView, here: Frame) -> Html:
    ui = here.ui
    title = ui.say("Compared with the main version")
    if not item.with_main:
        title = ui.say("Compared with the version before")
    return el(
        "section",
        el("h2", title),
        el("p", _counts(item, ui), class_="answer"),
        _sides(item, here),
        _headline(item, here),
        _text(item, view, here),
        typography(item, view, here),
        links(item, here),
        furniture(item, view, here),
    )


def _counts(item: Comparison, ui: Interface) -> str:
    """The changes of the text in numbers."""
    changes = changes_text(item.difference.counts, ui)
    if not changes:
        return ui.say("The text is the same.")
    share = common_share(item.difference, ui)
    return ui.say("{changes}; {share} of the words in common.", changes=changes, share=share)


def _sides(item: Comparison, here: Frame) -> Html:
    first, second = here.ui.say("First text"), here.ui.say("Second text")
    return el(
        "div", _side(first, item.old, here), _side(second, item.new, here), class_="sides heads"
    )


def _side(name: str, edition: Edition, here: Frame) -> Html:
    """What tells a version from others: two captures of one page may differ in nothing but their kind."""
    ui, card = here.ui, edition.card
    about = [outlet(card, here), join(ui.full_date(card.date))]
    if edition.updated is not None:
        about.append(join(ui.titled(ui.say("Updated"), ui.full_date(edition.updated))))
    if edition.capture is not None:
        about.append(join(capture_name(ui, edition.capture)))
    return el("p", el("b", name), " ", headline(card, here), el("small", join(*about, by=" · ")))


def _headline(item: Comparison, here: Frame) -> Html | None:
    """The words of both headlines where they differ; a headline may always be shown."""
    if not headlines_differ(item.difference):
        return None
    return el("div", headline_line(item, here), class_="diff")


def _text(item: Comparison, view: PairView, here: Frame) -> Html | None:
    if view.rights is not Rights.FULL:
        text = here.ui.say("The texts may not be shown here beside each other.")
        return el("p", text, class_="note")
    if not any(item.difference.counts.values()):
        return None
    rows = [
        row
        for same, lines in groupby(item.difference.lines, key=lambda line: line.change is None)
        for row in ([_same(list(lines), item, here)] if same else _changed(lines, item, here))
    ]
    return el("div", *rows, class_="diff")


def _same(lines: Sequence[DiffLine], item: Comparison, here: Frame) -> Html:
    """Paragraphs that both have: their number, which leads to the first of them in the article."""
    told = here.ui.count(
        "{number} unchanged paragraph", "{number} unchanged paragraphs", len(lines)
    )
    place = lines[0].new
    if place is None or place >= len(item.new_paragraphs):
        return el("p", told, class_="same")
    address = f"{addresses.article(item.new.card.id)}#{item.new_paragraphs[place]}"
    return el("p", here.link(address, told), class_="same")


def _changed(lines: Iterator[DiffLine], item: Comparison, here: Frame) -> Iterator[Html]:
    for line in lines:
        if line.change is not None:
            name = el("b", change_name(_told(line.change, line.pieces), here.ui))
            label = el("p", name, " ", places(line, item, here), class_="word")
            yield el("div", label, words_of(line, item, here), class_=f"line {line.change}")


def _told(change: Change, pieces: Sequence[Piece]) -> Change:
    """The word for a paragraph: an edited one that only lost or only gained words is called by that."""
    if change is not Change.EDIT:
        return change
    changed = [piece for piece in pieces if piece.changed]
    kinds = {piece.kind for piece in changed if not piece.moved}
    if not kinds:
        return Change.MOVE if changed else change
    alone = {PieceKind.INSERTED: Change.ADDITION, PieceKind.DELETED: Change.DELETION}
    return alone[kinds.pop()] if len(kinds) == 1 else change
