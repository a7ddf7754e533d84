"""A list of articles: headline in its script and direction, outlet, language, versions, story."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from generator.model import ArticleDate
from generator.views import addresses
from generator.views.dates import parts, sort_key
from generator.views.interface import own_name
from generator.views.markup import Html, el, join
from generator.views.page import Frame, foreign, run
from generator.views.shelf import Card


def newest_first(cards: Iterable[Card]) -> list[Card]:
    """Cards by date, newest first; undated ones last; those of one moment by id."""
    by_id = sorted(cards, key=lambda card: card.id)
    return sorted(by_id, key=lambda card: sort_key(card.date), reverse=True)


def listing(cards: Sequence[Card], here: Frame, *, level: str = "h2") -> list[Html]:
    """Articles under a heading for each day, newest first."""
    blocks = []
    for date, items in groupby(newest_first(cards), key=lambda card: _day(card.date)):
        blocks.append(el(level, here.ui.full_date(ArticleDate(iso=date)), class_="day"))
        blocks.append(el("ul", *(entry(card, here) for card in items), class_="listing"))
    return blocks


def _day(when: ArticleDate) -> str:
    """The date without its time."""
    return when.iso.split("T")[0] if parts(when) else "unknown"


def plain_listing(cards: Sequence[Card], here: Frame) -> Html:
    """Articles in the order given, each with its date."""
    return el("ul", *(entry(card, here, dated=True) for card in cards), class_="listing")


def entry(card: Card, here: Frame, *, dated: bool = False) -> Html:
    """One article of a list."""
    marks = foreign(card.language, here.ui.language)
    return el(
        "li",
        here.link(addresses.article(card.id), card.title, **marks),
        el("p", join(*_about(card, here, dated=dated), by=" · ")),
    )


def _about(card: Card, here: Frame, *, dated: bool) -> Iterable[Html | str]:
    if dated:
        yield here.ui.short_date(card.date)
    yield run(card.source_name, card.language, here)
    if card.language != here.ui.language:
        yield run(own_name(card.language), card.language, here)
    if card.versions > 1:
        yield here.ui.count("{number} version", "{number} versions", card.versions)
    if card.story is not None:
        yield here.link(addresses.story(card.story), here.ui.say("story"))
