"""What the pages that compare share: their style sheet, sections, labels, tables that become labelled rows."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generator.model import CaptureKind, Change, Decision, Difference
from generator.settings import Settings
from generator.text import has_unspaced
from generator.views import addresses
from generator.views.article_page import UNSPACED_CHARACTER
from generator.views.interface import Interface, own_name
from generator.views.markup import Html, Node, el, join
from generator.views.metadata import link_canonical
from generator.views.page import Frame, foreign, run
from generator.views.shelf import Card

#: What may not stand in a text of a style sheet inside HTML.
CSS_SPECIAL = re.compile(r"[\\'<>&\x00-\x1f]")

#: Columns after the first whose names the style sheet takes from their table.
NAMED_COLUMNS = 8


def css_text(text: str) -> str:
    """A text as a style sheet holds it; nothing in it ends the text, the rule or the element."""
    return "'" + CSS_SPECIAL.sub(lambda sign: f"\\{ord(sign.group()):x} ", text) + "'"


def told_once(names: Sequence[str] = (), **words: str) -> str | None:
    """The style of a table that holds what the style sheet says in its cells: the names of the columns after the first
    (none, if they are too many), and `words` that are only heard."""
    named = names if len(names) <= NAMED_COLUMNS else ()
    told = {**{str(number): name for number, name in enumerate(named, 2)}, **words}
    return ";".join(f"--{name}:{css_text(text)}" for name, text in told.items()) or None


def cell(content: Node, name: str, columns: int) -> Html:
    """A cell, which says the name of its column itself in a table with too many of them."""
    return el("td", content, data_label=name if columns > NAMED_COLUMNS else None)


def sheet(here: Frame, settings: Settings) -> Html:
    """The head of a page that compares: its own style sheet on top of the common one."""
    style = el("link", rel="stylesheet", href=f"{here.root}assets/compare.css")
    return join(link_canonical(here.address, settings), style)


def blocks(*parts: Html | None) -> tuple[str, ...]:
    """The parts of a page that are there."""
    return tuple(part for part in parts if part is not None)


def section(title: str | Html, *content: Node, **attributes: str) -> Html | None:
    """A heading with what is under it; none where nothing is."""
    found = [part for part in content if part is not None]
    return el("section", el("h2", title), *found, **attributes) if found else None


def folded(title: str, *content: Node, **attributes: str) -> Html:
    """Something that opens on request, without a script."""
    return el("details", el("summary", title), *content, **attributes)


def labelled_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[Node]],
    *,
    kind: str = "",
    caption: str = "",
    words: Mapping[str, str] = MappingProxyType({}),
) -> Html:
    """A table whose cells know the heading of their column, for screens too narrow for columns. `words` are what
    they say only to those who listen."""
    names = heads[1:]
    top = el("tr", *(el("th", head, scope="col") for head in heads))
    lines = [
        el(
            "tr",
            el("th", row[0], scope="row"),
            *(cell(item, name, len(names)) for name, item in zip(names, row[1:], strict=True)),
        )
        for row in rows
    ]
    return el(
        "table",
        el("caption", caption, class_="heard") if caption else None,
        el("thead", top),
        el("tbody", *lines),
        class_=f"compare {kind}".strip(),
        # Where there is one column, what it is stands above the table.
        style=told_once(names if len(names) > 1 else (), **words),
    )


def headline(card: Card, here: Frame) -> Html:
    """A headline as a link, in its script and direction."""
    marks = foreign(card.language, here.ui.language)
    return here.link(addresses.article(card.id), card.title, class_="headline", **marks)


def outlet(card: Card, here: Frame) -> Html:
    """The name of an outlet, marked with its language."""
    return run(card.source_name, card.language, here)


def outlet_and_language(card: Card, here: Frame) -> Html:
    """Outlet and language of an article, the language where it is not the interface's."""
    if card.language == here.ui.language:
        return outlet(card, here)
    return join(outlet(card, here), run(own_name(card.language), card.language, here), by=" · ")


def capture_name(ui: Interface, kind: CaptureKind | None) -> str:
    """How a version was captured."""
    return {
        CaptureKind.WEB: ui.say("web page"),
        CaptureKind.PRINT: ui.say("print export"),
        CaptureKind.TEXT: ui.say("plain text"),
        None: "–",
    }[kind]


def changes_text(counts: Mapping[Change, int], ui: Interface) -> str:
    """`1 addition, 2 deletions and 1 move`; empty where nothing changed."""
    added, deleted = counts.get(Change.ADDITION, 0), counts.get(Change.DELETION, 0)
    edited, moved = counts.get(Change.EDIT, 0), counts.get(Change.MOVE, 0)
    told = (
        (added, ui.count("{number} addition", "{number} additions", added)),
        (deleted, ui.count("{number} deletion", "{number} deletions", deleted)),
        (edited, ui.count("{number} edit", "{number} edits", edited)),
        (moved, ui.count("{number} move", "{number} moves", moved)),
    )
    return ui.together([text for number, text in told if number])


def headlines_differ(difference: Difference) -> bool:
    """Whether the headlines differ in more than typography."""
    return any(piece.changed for piece in difference.title)


def typography_differs(number: int, ui: Interface) -> str:
    """That so many places differ in quotation marks, dashes or blanks alone."""
    return ui.count(
        "{number} typographic detail differs", "{number} typographic details differ", number
    )


def common_share(difference: Difference, ui: Interface) -> str:
    """Never rounded up to the whole: 99.6 % of the words in common is not the same text."""
    shared = difference.shared
    return ui.percent(shared if shared >= 1 else min(shared, 0.99))


def decision_note(decision: Decision | None, here: Frame) -> Html | None:
    """That a person decided, who, when and why."""
    if decision is None:
        return None
    text = here.ui.say(
        "Decided by an editor ({who}, {date}): {why}",
        who=decision.who,
        date=here.ui.short_date(decision.when),
        why=decision.why,
    )
    return el("p", text, class_="decided")


def length_text(text: str, ui: Interface) -> str:
    """How long a text is: in words, in characters where words are not told by spaces."""
    characters = len(UNSPACED_CHARACTER.findall(text)) if has_unspaced(text) else 0
    tokens = len(text.split())
    if characters > tokens:
        return ui.count("{number} character", "{number} characters", characters)
    return ui.count("{number} word", "{number} words", tokens)
