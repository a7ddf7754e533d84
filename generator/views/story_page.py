"""The page of a story: headlines, timeline, who reports what, the same words, and why it all belongs together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from generator.model import ArticleLink, Decision, EntityId, Story, StoryId
from generator.record import record, replace
from generator.settings import Settings
from generator.text import base_language
from generator.views import addresses
from generator.views.article_boxes import report_link
from generator.views.article_view import reason_names
from generator.views.comparing import (
    blocks,
    decision_note,
    folded,
    headline,
    outlet,
    outlet_and_language,
    section,
    sheet,
)
from generator.views.dates import sort_key
from generator.views.interface import own_name
from generator.views.marks import Marks
from generator.views.markup import Html, el, join
from generator.views.page import Frame, Page, foreign, frame, run, write_page
from generator.views.pictures_timeline import Happening, timeline
from generator.views.quotation_words import SharedWords, shared_words, side_by_side, speaker_name
from generator.views.reasons import reasons_text, relation_name
from generator.views.rights import told_reasons
from generator.views.shelf import Card, Shelf
from generator.views.story_facts import Fact, Outlet, facts, facts_section, outlets
from generator.views.story_strip import period
from generator.views.tasks import Group, Task

#: Quotations and reasons shown before the rest is folded; headlines of one day likewise.
QUOTATIONS = 6
REASONS = 8
HEADLINES = 40


@record
class Neighbour:
    """Another story of the same affair, by its first headline."""

    id: StoryId
    card: Card
    articles: int


@record
class StoryView:
    """The whole input of a story's page."""

    id: StoryId
    ui: str
    cards: tuple[Card, ...]
    outlets: tuple[Outlet, ...]
    facts: tuple[Fact, ...]
    quotations: tuple[SharedWords, ...]
    links: tuple[tuple[Card, Card, ArticleLink], ...]
    names: Mapping[EntityId, str]
    thread: tuple[Neighbour, ...]
    decision: Decision | None


@record
class Telling:
    """What the pages of all stories share: the stories by id, and the quotations of each."""

    stories: Mapping[StoryId, Story]
    quotations: Mapping[StoryId, tuple[SharedWords, ...]]


def story_groups(shelf: Shelf, marks: Marks) -> Iterator[Group]:
    """The pages of all stories, each a group of its own."""
    stories = shelf.stories
    telling = Telling(stories=stories, quotations=_quotations_by_story(shelf))
    for identifier, story in sorted(stories.items()):
        if len(shelf.cards_of(story.members)) > 1:
            others = [stories[other] for other in story.thread if other in stories]
            seen = (
                story,
                marks.of_articles(story.members),
                telling.quotations.get(identifier, ()),
                b"".join(map(marks.story, others)),
                shelf.around,
            )
            tasks = partial(_story_task, shelf, story, telling)
            yield Group(name=f"story {identifier}", seen=seen, tasks=tasks)


def _story_task(shelf: Shelf, story: Story, telling: Telling) -> Iterator[Task]:
    view = story_view(shelf, story, telling)
    path = addresses.file(addresses.story(story.id))
    yield Task(path=path, make=story_page, inputs=(view, shelf.settings))


def _quotations_by_story(shelf: Shelf) -> Mapping[StoryId, tuple[SharedWords, ...]]:
    """The shared quotations of each story: what two of its articles or more render."""
    ui = shelf.settings.default_language
    found: dict[StoryId, list[SharedWords]] = {}
    for group in shelf.archive.quotation_groups:
        shared = shared_words(shelf, group, ui)
        stories = [item.card.story for item in shared.renderings if item.card.story is not None]
        for story in sorted(set(stories)):
            if stories.count(story) > 1:
                found.setdefault(story, []).append(shared)
    return {story: tuple(items) for story, items in found.items()}


def story_view(shelf: Shelf, story: Story, telling: Telling) -> StoryView:
    """Gather what is known of a story."""
    ui = shelf.settings.default_language
    cards = tuple(
        sorted(shelf.cards_of(story.members), key=lambda card: (sort_key(card.date), card.id))
    )
    links = [
        (shelf.cards[link.article], shelf.cards[link.other], _told(shelf, link))
        for link in story.links
        if link.article in shelf.cards and link.other in shelf.cards
    ]
    reasons = [reason for _, _, link in links for reason in link.reasons]
    quotations = telling.quotations.get(story.id, ())
    return StoryView(
        id=story.id,
        ui=ui,
        cards=cards,
        outlets=outlets(cards),
        facts=facts(shelf, story, {item.id: item for item in quotations}, ui),
        quotations=tuple(sorted(quotations, key=lambda item: (-len(item.renderings), item.id))),
        links=tuple(sorted(links, key=lambda item: (-item[2].score, item[0].id, item[1].id))),
        names=reason_names(shelf, reasons, ui),
        thread=tuple(_neighbours(shelf, story, telling)),
        decision=story.decision,
    )


def _told(shelf: Shelf, link: ArticleLink) -> ArticleLink:
    """A link with as much of its reasons as the rights of both ends allow."""
    strictest = shelf.strictest(link.article, link.other)
    return replace(link, reasons=told_reasons(link.reasons, strictest))


def _neighbours(shelf: Shelf, story: Story, telling: Telling) -> Iterator[Neighbour]:
    for identifier in story.thread:
        other = telling.stories.get(identifier)
        cards = shelf.cards_of(other.members) if other else ()
        if cards and identifier != story.id:
            card = leading_card(cards, shelf.settings.default_language)
            yield Neighbour(id=identifier, card=card, articles=len(cards))


def leading_card(cards: Sequence[Card], ui: str) -> Card:
    """The headline that stands for a story: the first in the interface's language, else the first."""
    same = [card for card in cards if base_language(card.language) == base_language(ui)]
    return (same or list(cards))[0]


def story_page(view: StoryView, settings: Settings) -> bytes:
    """The Markdown file of a story."""
    here = frame(addresses.story(view.id), view.ui)
    lead = leading_card(view.cards, view.ui)
    return write_page(
        Page(
            address=here.address,
            kind="story",
            title=lead.title,
            ui=view.ui,
            description=_numbers(view, here),
            head=sheet(here, settings),
            body=blocks(
                _header(view, lead, here),
                decision_note(view.decision, here),
                _timeline(view, here),
                _headlines(view, here),
                facts_section(view.facts, view.outlets, here),
                _same_words(view, here),
                _reasons(view, here, settings),
                _thread(view, here),
            ),
        )
    )


def _header(view: StoryView, lead: Card, here: Frame) -> Html:
    story = here.link(addresses.STORIES, here.ui.say("Story"))
    kicker = el("p", join(story, period(view.cards, here), by=" · "), class_="kicker")
    title = el("h1", lead.title, **foreign(lead.language, view.ui))
    return el("header", kicker, title, el("p", _numbers(view, here), class_="soft"))


def _numbers(view: StoryView, here: Frame) -> str:
    ui = here.ui
    languages = {base_language(card.language) for card in view.cards}
    return " · ".join(
        (
            ui.count("{number} article", "{number} articles", len(view.cards)),
            ui.count("{number} outlet", "{number} outlets", len(view.outlets)),
            ui.count("{number} language", "{number} languages", len(languages)),
        )
    )


def _timeline(view: StoryView, here: Frame) -> Html | None:
    names = {outlet.id: outlet.name for outlet in view.outlets}
    happenings = [
        Happening(lane=names[card.source], language=card.language, date=card.date, title=card.title)
        for card in view.cards
    ]
    picture = timeline(happenings, here.ui.say("When each outlet reported"), here.ui)
    if picture is None:
        return None
    note = here.ui.say(
        "A dot is an hour, a bar a day on which the hour is not known. Times in UTC; the headlines"
        " below come in the same order, each with the time of its place."
    )
    return el("figure", picture, el("figcaption", note), class_="timeline")


def _headlines(view: StoryView, here: Frame) -> Html | None:
    rows = [_headline(card, here) for card in view.cards]
    more = here.ui.count("{number} more", "{number} more", max(0, len(rows) - HEADLINES))
    rest = rows[HEADLINES:]
    return section(
        here.ui.say("Headlines"),
        el("ol", *rows[:HEADLINES], class_="headlines"),
        folded(more, el("ol", *rest, class_="headlines")) if rest else None,
    )


def _headline(card: Card, here: Frame) -> Html:
    ui = here.ui
    about: list[str] = [outlet(card, here)]
    if base_language(card.language) != base_language(ui.language):
        about.append(run(own_name(card.language), card.language, here))
    if card.versions > 1:
        text = ui.count("{number} version", "{number} versions", card.versions)
        about.append(here.link(addresses.versions(card.id), text))
    return el(
        "li",
        el("p", ui.full_date(card.date), class_="when"),
        headline(card, here),
        el("p", join(*about, by=" · "), class_="where"),
    )


def _same_words(view: StoryView, here: Frame) -> Html | None:
    if not view.quotations:
        return None
    told = [_quotation(item, here) for item in view.quotations]
    rest = told[QUOTATIONS:]
    more = here.ui.count("{number} more", "{number} more", max(0, len(rest)))
    return section(
        here.ui.say("The same words"),
        el("p", neutral(here), class_="soft"),
        *told[:QUOTATIONS],
        folded(more, *rest) if rest else None,
        class_="words",
    )


def neutral(here: Frame) -> str:
    """What the marks mean, and what they do not."""
    return here.ui.say(
        "Marked words differ from the first rendering in the same language. Nothing here says which one"
        " is right."
    )


def _quotation(item: SharedWords, here: Frame) -> Html:
    ui = here.ui
    name = speaker_name(item) or ui.say("Speaker not named")
    link = here.link(addresses.quotation(item.id), name)
    sure = (
        None if item.certain else el("small", ui.say("probably the same statement"), class_="flag")
    )
    return el("div", el("h3", link, " ", sure), side_by_side(item.renderings, here), class_="group")


def _reasons(view: StoryView, here: Frame, settings: Settings) -> Html | None:
    rows = [_reason(*item, view=view, here=here) for item in view.links]
    rest = rows[REASONS:]
    more = here.ui.count("{number} more", "{number} more", max(0, len(rest)))
    report = report_link(here, settings, f"{addresses.STORIES}{view.id}")
    question = el("p", here.ui.say("Not the same story?"), " ", report) if report else None
    return section(
        here.ui.say("Why these belong together"),
        el("ul", *rows[:REASONS], class_="reasons") if rows else None,
        folded(more, el("ul", *rest, class_="reasons")) if rest else None,
        question,
    )


def _reason(one: Card, other: Card, link: ArticleLink, *, view: StoryView, here: Frame) -> Html:
    told = reasons_text(here.ui, link.reasons, view.names)
    why = told or relation_name(here.ui, link.relation)
    return el(
        "li",
        el("p", headline(one, here), el("small", outlet_and_language(one, here))),
        el("p", headline(other, here), el("small", outlet_and_language(other, here))),
        el("p", why, class_="why"),
        decision_note(link.decision, here),
    )


def _thread(view: StoryView, here: Frame) -> Html | None:
    rows = list(_thread_rows(view.thread, here))
    title = here.ui.say("Other stories of the same affair")
    return section(title, el("ol", *rows, class_="headlines") if rows else None)


def _thread_rows(thread: Iterable[Neighbour], here: Frame) -> Iterator[Html]:
    for item in thread:
        marks = foreign(item.card.language, here.ui.language)
        count = here.ui.count("{number} article", "{number} articles", item.articles)
        link = here.link(addresses.story(item.id), item.card.title, class_="headline", **marks)
        when = el("p", here.ui.short_date(item.card.date), class_="when")
        yield el("li", when, link, el("p", count, class_="where"))
