"""What differs between two versions apart from the text: typography, links, page furniture."""

from generator.model import Rights
from generator.views.comparing import folded, headlines_differ, typography_differs
from generator.views.diff_words import headline_line, places, words_of
from generator.views.markup import Html, el, outward_link
from generator.views.page import Frame, foreign
from generator.views.versions_view import Comparison, PairView


def typography(item: Comparison, view: PairView, here: Frame) -> Html | None:
    """Paragraphs in which only quotation marks, dashes, blanks or unseen signs differ, apart from what was edited."""
    number = item.difference.typographic
    if not number:
        return None
    title = typography_differs(number, here.ui)
    rows = [
        el(
            "div",
            el("p", places(line, item, here), class_="word"),
            words_of(line, item, here),
            class_="line",
        )
        for line in item.difference.lines
        if line.change is None and any(piece.typographic for piece in line.pieces)
    ]
    if view.rights is not Rights.FULL:
        rows = []
    if item.difference.title and not headlines_differ(item.difference):
        rows.insert(0, headline_line(item, here))
    if not rows:
        return el("p", title, class_="apart")
    told = here.ui.say(
        "The same words, with other quotation marks, dashes, spaces or unseen signs."
    )
    return folded(title, el("p", told), el("div", *rows, class_="diff"), class_="apart")


def links(item: Comparison, here: Frame) -> Html | None:
    """Addresses that only one of the captures lists, apart from the text."""
    removed, added = item.difference.links_removed, item.difference.links_added
    if not removed and not added:
        return None
    number = max(len(removed), len(added))
    title = here.ui.count("{number} link differs", "{number} links differ", number)
    rows = [_other("del", url, outward_link(url, url, dir="ltr"), here) for url in removed]
    rows += [_other("ins", url, outward_link(url, url, dir="ltr"), here) for url in added]
    return folded(title, el("ul", *rows), class_="apart")


def furniture(item: Comparison, view: PairView, here: Frame) -> Html | None:
    """Lines of page furniture that only one of the captures has, apart from the text."""
    removed, added = item.difference.furniture_removed, item.difference.furniture_added
    number = len(removed) + len(added)
    if not number:
        return None
    title = here.ui.count(
        "{number} line of page furniture differs",
        "{number} lines of page furniture differ",
        number,
    )
    if view.rights is not Rights.FULL:
        return el("p", title, class_="apart")
    marks = foreign(item.new.card.language, here.ui.language)
    rows = [_other("del", line, el("span", line, **marks), here) for line in removed]
    rows += [_other("ins", line, el("span", line, **marks), here) for line in added]
    return folded(title, el("ul", *rows), class_="apart")


def _other(name: str, key: str, content: Html, here: Frame) -> Html:
    ui = here.ui
    side = (
        ui.say("only in the second capture")
        if name == "ins"
        else ui.say("only in the first capture")
    )
    return el("li", el(name, content), " ", el("small", side)) if key else el("li")
