"""The page of a quotation: how each outlet renders the same words, side by side and without a verdict."""

from collections.abc import Iterator, Mapping
from functools import partial

from generator.model import QuotationGroup, StoryId
from generator.record import record
from generator.settings import Settings
from generator.text import base_language, shortened
from generator.views import addresses
from generator.views.article_boxes import report_link
from generator.views.comparing import blocks, decision_note, section, sheet
from generator.views.dates import parts
from generator.views.marks import Marks
from generator.views.markup import Html, el, join
from generator.views.page import Frame, Page, foreign, frame, write_page
from generator.views.quotation_words import (
    SharedWords,
    leading_words,
    shared_words,
    side_by_side,
    speaker_name,
)
from generator.views.reasons import reasons_text
from generator.views.shelf import Card, Shelf
from generator.views.story_page import leading_card, neutral
from generator.views.tasks import Group, Task

#: Characters of a quotation that a title holds.
TITLE = 160


@record
class QuotationView:
    """The input of a quotation's page: the group, and the stories it was said in."""

    shared: SharedWords
    ui: str
    stories: tuple[tuple[StoryId, Card], ...]


def quotation_groups(shelf: Shelf, marks: Marks) -> Iterator[Group]:
    """The pages of all quotations that articles share, each a group of its own."""
    leads = _story_leads(shelf, shelf.settings.default_language)
    for group in shelf.archive.quotation_groups:
        cards = shelf.cards_of(member.article for member in group.members)
        told = sorted({card.story for card in cards if card.story})
        seen = (
            marks.quotation(group),
            b"".join([marks.story(shelf.stories[story]) for story in told]),
            shelf.around,
        )
        tasks = partial(_quotation_task, shelf, group, leads)
        yield Group(name=f"quotation {group.id}", seen=seen, tasks=tasks)


def _quotation_task(
    shelf: Shelf, group: QuotationGroup, leads: Mapping[StoryId, Card]
) -> Iterator[Task]:
    view = quotation_view(shelf, group, leads)
    if view is not None:
        path = addresses.file(addresses.quotation(group.id))
        yield Task(path=path, make=quotation_page, inputs=(view, shelf.settings))


def quotation_view(
    shelf: Shelf, group: QuotationGroup, leads: Mapping[StoryId, Card]
) -> QuotationView | None:
    """What the page of a quotation needs; None where nothing of it may be told."""
    ui = shelf.settings.default_language
    shared = shared_words(shelf, group, ui)
    if not shared.renderings:
        return None
    told = {item.card.story for item in shared.renderings if item.card.story is not None}
    stories = tuple((story, leads[story]) for story in sorted(told) if story in leads)
    return QuotationView(shared=shared, ui=ui, stories=stories)


def _story_leads(shelf: Shelf, ui: str) -> Mapping[StoryId, Card]:
    stories = {story.id: shelf.cards_of(story.members) for story in shelf.stories.values()}
    return {story: leading_card(cards, ui) for story, cards in stories.items() if cards}


def quotation_title(shared: SharedWords, here: Frame) -> tuple[str | None, str]:
    """A quotation in short, and the language of these words; None where none may be shown."""
    first = leading_words(shared.renderings, here.ui.language)
    if first is None or first.text is None:
        return None, here.ui.language
    return shortened(first.text.strip(), TITLE).rstrip(",;:，、، "), first.card.language


def _heading(shared: SharedWords, here: Frame) -> Html:
    title, language = quotation_title(shared, here)
    if title is None:
        return el("h1", here.ui.say("A statement whose words may not be shown"))
    return el("h1", el("q", title), **foreign(language, here.ui.language))


def quotation_page(view: QuotationView, settings: Settings) -> bytes:
    """The Markdown file of a quotation."""
    shared = view.shared
    here = frame(addresses.quotation(shared.id), view.ui)
    title, _ = quotation_title(shared, here)
    told = f"“{title}”" if title else here.ui.say("A statement whose words may not be shown")
    name = speaker_name(shared)
    return write_page(
        Page(
            address=here.address,
            kind="quotation",
            title=f"{name}: {told}" if name else told,
            ui=view.ui,
            head=sheet(here, settings),
            body=blocks(
                el(
                    "header",
                    el("p", *_kicker(shared, here), class_="kicker"),
                    _heading(shared, here),
                    el("p", _numbers(shared, here), class_="soft"),
                ),
                _sureness(shared, here),
                decision_note(shared.decision, here),
                side_by_side(shared.renderings, here),
                _neutral(shared, here),
                _reasons(shared, here, settings),
                _stories(view, here),
            ),
        )
    )


def _kicker(shared: SharedWords, here: Frame) -> Iterator[str]:
    yield here.link(addresses.QUOTATIONS, here.ui.say("Quotation"))
    name = speaker_name(shared)
    if name:
        yield " · "
        yield here.link(addresses.entity(shared.speaker.id), name) if shared.speaker else name


def _numbers(shared: SharedWords, here: Frame) -> str:
    ui, cards = here.ui, [item.card for item in shared.renderings]
    told = [
        ui.count("{number} rendering", "{number} renderings", len(cards)),
        ui.count("{number} outlet", "{number} outlets", len({card.source for card in cards})),
        ui.count(
            "{number} language",
            "{number} languages",
            len({base_language(card.language) for card in cards}),
        ),
    ]
    dated = [card.date for card in cards if parts(card.date)]
    return " · ".join([*told, *(ui.short_date(date) for date in dated[:1])])


def _sureness(shared: SharedWords, here: Frame) -> Html | None:
    if shared.certain:
        return None
    text = here.ui.say("These are probably renderings of the same statement; it is not certain.")
    return el("p", text, class_="note")


def _neutral(shared: SharedWords, here: Frame) -> Html | None:
    languages = [base_language(item.card.language) for item in shared.renderings if item.text]
    return el("p", neutral(here), class_="soft") if len(languages) > len(set(languages)) else None


def _reasons(shared: SharedWords, here: Frame, settings: Settings) -> Html | None:
    told = reasons_text(here.ui, shared.reasons, shared.names)
    report = report_link(here, settings, addresses.quotation(shared.id).rstrip("/"))
    return section(
        here.ui.say("Why these belong together"),
        el("p", told) if told else None,
        el("p", here.ui.say("Not the same statement?"), " ", report) if report else None,
    )


def _stories(view: QuotationView, here: Frame) -> Html | None:
    rows = [
        el(
            "li",
            here.link(
                addresses.story(story),
                card.title,
                class_="headline",
                **foreign(card.language, here.ui.language),
            ),
            el("p", here.ui.short_date(card.date), class_="where"),
        )
        for story, card in view.stories
    ]
    return section(
        here.ui.say("In these stories"), el("ul", *rows, class_="listing") if rows else None
    )


def quotation_line(shared: SharedWords, here: Frame) -> Html:
    """A quotation in a list: its words, who said them, and how many render them."""
    title, language = quotation_title(shared, here)
    if title is None:
        words = join(here.ui.say("A statement whose words may not be shown"))
    else:
        words = el("q", title)
    marks = foreign(language, here.ui.language)
    return el(
        "li",
        here.link(addresses.quotation(shared.id), words, class_="headline", **marks),
        el("p", join(*_line(shared, here), by=" · ")),
    )


def _line(shared: SharedWords, here: Frame) -> Iterator[str]:
    name = speaker_name(shared)
    if name:
        yield el("bdi", name)
    yield _numbers(shared, here)
    if not shared.certain:
        yield here.ui.say("probably the same statement")
