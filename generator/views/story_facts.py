"""Who reports what: names, figures and quotations down, outlets across; single reports and differing figures marked."""

import re
from collections.abc import Mapping, Sequence

from generator.model import (
    ArticleId,
    EntityId,
    FactKind,
    FactRow,
    LanguageCode,
    QuotationGroupId,
    Rights,
    SourceId,
    Story,
)
from generator.record import record
from generator.text import base_language, shortened
from generator.views import addresses
from generator.views.comparing import cell, folded, section, told_once
from generator.views.markup import Html, el, join
from generator.views.page import Frame, foreign, run
from generator.views.quotation_words import SharedWords, leading_words
from generator.views.shelf import Card, Shelf

#: The number that a figure begins with.
NUMBER = re.compile(r"^[\d\s.,'’٫٬]+")
#: With more outlets than this, a table has no room for a column each.
COLUMNS = 8
#: Rows of a kind before the rest is folded.
ROWS = 12


@record
class Value:
    """What an outlet gives: the form, empty where that it has the thing says enough."""

    source: SourceId
    text: str
    language: LanguageCode


@record
class Fact:
    """One row: what it is about, with an address if it has a page, and what each outlet gives."""

    kind: FactKind
    name: str
    language: LanguageCode | None
    address: str | None
    values: tuple[Value, ...]
    differs: bool


@record
class Outlet:
    """An outlet that reports the story. A column if `compared`: if all of some article of it may be shown; of others it is
    not known what they report."""

    id: SourceId
    name: str
    language: LanguageCode
    compared: bool


def outlets(cards: Sequence[Card]) -> tuple[Outlet, ...]:
    """The outlets of a story, in the order in which they came to it; one that has a name in each of several languages
    with all that the articles carry."""
    found: dict[SourceId, list[Card]] = {}
    for card in cards:
        found.setdefault(card.source, []).append(card)
    return tuple(
        Outlet(
            id=source,
            name=" / ".join(dict.fromkeys(card.source_name for card in own)),
            language=own[0].language,
            compared=any(card.rights is Rights.FULL for card in own),
        )
        for source, own in found.items()
    )


def facts(
    shelf: Shelf, story: Story, quotations: Mapping[QuotationGroupId, SharedWords], ui: str
) -> tuple[Fact, ...]:
    """The rows of a story, those that differ first, then those that most outlets have. `quotations`
    are the shared ones of the story."""
    found = []
    for row in story.facts:
        values = _values(shelf, row, ui)
        fact = None
        if row.kind is FactKind.ENTITY:
            fact = _entity(shelf, row, values, ui)
        elif row.kind is FactKind.FIGURE:
            fact = _figure(row, values)
        elif QuotationGroupId(row.key) in quotations:
            fact = _quotation(quotations[QuotationGroupId(row.key)], values, ui)
        if fact is not None and fact.values:
            found.append(fact)
    found.sort(key=lambda item: (not item.differs, -len(item.values), item.name))
    return tuple(found)


def _quotation(shared: SharedWords, values: Sequence[Value], ui: str) -> Fact:
    first = leading_words(shared.renderings, ui)
    return Fact(
        kind=FactKind.QUOTATION,
        name=shortened(first.text, 90) if first and first.text else "",
        language=first.card.language if first else None,
        address=addresses.quotation(shared.id),
        values=_without_text(values),
        differs=False,
    )


def _values(shelf: Shelf, row: FactRow, ui: str) -> tuple[Value, ...]:
    """One value for each outlet, from its earliest article, if it can be one in the interface's language; only from
    those of which all may be shown."""
    found: dict[SourceId, Value] = {}
    cards = shelf.cards_of(ArticleId(article) for article in sorted(row.values))
    free = [card for card in cards if card.rights is Rights.FULL]
    for card in sorted(free, key=lambda card: base_language(card.language) != ui):
        text = row.values[card.id]
        value = Value(source=card.source, text=text, language=card.language)
        if card.source not in found or (text and not found[card.source].text):
            found[card.source] = value
    return tuple(found.values())


def _without_text(values: Sequence[Value]) -> tuple[Value, ...]:
    return tuple(Value(source=item.source, text="", language=item.language) for item in values)


def _entity(shelf: Shelf, row: FactRow, values: tuple[Value, ...], ui: str) -> Fact | None:
    card = shelf.bare_name_card(EntityId(row.key), ui)
    if card is None:
        return None
    return Fact(
        kind=row.kind,
        name=card.name,
        language=None,
        address=addresses.entity(card.id),
        values=_without_text(values),
        differs=False,
    )


def _figure(row: FactRow, values: tuple[Value, ...]) -> Fact | None:
    """Named by what it counts; left out where every article that has it may not be shown."""
    shown = [value for value in values if value.text]
    if not shown:
        return None
    # The row is headed by words that an article with full rights has, whatever its key.
    own = next((value for value in shown if row.key in value.text), shown[0])
    name = row.key if row.key in own.text else own.text
    # Where the numbers differ, none of them heads the row.
    unit = NUMBER.sub("", name).strip() if row.differs else ""
    return Fact(
        kind=row.kind,
        name=unit or name,
        language=own.language,
        address=None,
        values=values,
        differs=row.differs,
    )


def facts_section(rows: Sequence[Fact], told: Sequence[Outlet], here: Frame) -> Html | None:
    """The table of a story, a part for each kind, and whose articles are not in it."""
    ui = here.ui
    columns = [outlet for outlet in told if outlet.compared]
    others = [outlet for outlet in told if not outlet.compared]
    kinds: Mapping[FactKind, str] = {
        FactKind.FIGURE: ui.say("Figures"),
        FactKind.ENTITY: ui.say("Names"),
        FactKind.QUOTATION: ui.say("Quotations"),
    }
    parts = []
    for kind, name in kinds.items():
        found = [row for row in rows if row.kind is kind]
        if found:
            parts += [el("h3", name), _table(found[:ROWS], columns, here)]
        if len(found) > ROWS:
            more = ui.count("{number} more", "{number} more", len(found) - ROWS)
            parts.append(folded(more, _table(found[ROWS:], columns, here)))
    if parts and others:
        parts.append(_left_out(others, here))
    return section(ui.say("Who reports what"), *parts, class_="facts")


def _left_out(others: Sequence[Outlet], here: Frame) -> Html:
    names = join(*(run(item.name, item.language, here) for item in others), by=" · ")
    told = here.ui.rich(
        "Not compared here, because not all of the text may be shown: {outlets}", outlets=names
    )
    return el("p", told, class_="soft")


def _table(rows: Sequence[Fact], columns: Sequence[Outlet], here: Frame) -> Html:
    wide = len(columns) > COLUMNS
    heads = [el("th", run(column.name, column.language, here), scope="col") for column in columns]
    return el(
        "table",
        el("thead", el("tr", el("td"), *heads)),
        el("tbody", *(_row(row, columns, here) for row in rows)),
        class_="compare facts stacked" if wide else "compare facts",
        style=told_once([column.name for column in columns], has=here.ui.say("reports this")),
    )


def _row(row: Fact, columns: Sequence[Outlet], here: Frame) -> Html:
    given = {value.source: value for value in row.values}
    cells = []
    for column in columns:
        value = given.get(column.id)
        cells.append(
            cell(_cell(value, here), column.name, len(columns))
            if value
            else el("td", class_="none")
        )
    return el("tr", el("th", _name(row, columns, here), scope="row"), *cells)


def _cell(value: Value, here: Frame) -> Html:
    if value.text:
        return run(value.text, value.language, here)
    return el("b", "●")


def _name(row: Fact, columns: Sequence[Outlet], here: Frame) -> Html:
    ui = here.ui
    marks = foreign(row.language, ui.language) if row.language else {}
    text = row.name or ui.say("a statement")
    if row.kind is FactKind.QUOTATION and row.name:
        text = f"“{row.name}”"
    name = here.link(row.address, text, **marks) if row.address else el("bdi", text, **marks)
    notes = []
    if row.differs:
        notes.append(el("small", ui.say("figures differ"), class_="flag"))
    if len(row.values) == 1 and len(columns) > 1:
        only = next(column for column in columns if column.id == row.values[0].source)
        told = ui.rich("only {outlet}", outlet=run(only.name, only.language, here))
        notes.append(el("small", told, class_="flag single"))
    return join(name, *notes, by=" ")
