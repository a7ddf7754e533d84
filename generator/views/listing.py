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


def listing(cards: Sequence[Card], here: Frame, *, hide: str = "") -> list[Html]:
    """Articles, newest first, under a heading for each day, or each month if there are several.

    `hide` is an outlet or a language that the page is about and its entries need not name.
    """
    within = len({parts(card.date)[:2] for card in cards}) == 1
    # By the outlets' own days first: one moment may be two days, and each day has one heading.
    ordered = sorted(
        newest_first(cards), key=lambda card: _known(card.date, within=within), reverse=True
    )
    blocks = []
    for date, items in groupby(ordered, key=lambda card: _period(card.date, within=within)):
        rows = (entry(card, here, dated=not within, hide=hide) for card in items)
        blocks.append(
            el("h2", here.ui.heading(here.ui.full_date(ArticleDate(iso=date))), class_="day")
        )
        blocks.append(el("ul", *rows, class_="listing"))
    return blocks


def _period(when: ArticleDate, *, within: bool) -> str:
    """The day of a date if all of a list lie within one month, else its month."""
    return "-".join(f"{part:02d}" for part in _known(when, within=within)) or "unknown"


def _known(when: ArticleDate, *, within: bool) -> tuple[int, ...]:
    known = parts(when)
    return known if within else known[:2]


def plain_listing(cards: Sequence[Card], here: Frame) -> Html:
    """Articles in the order given, each with its date."""
    return el("ul", *(entry(card, here, dated=True) for card in cards), class_="listing")


def entry(card: Card, here: Frame, *, dated: bool = False, hide: str = "") -> Html:
    """One article of a list."""
    marks = foreign(card.language, here.ui.language)
    about = join(*_about(card, here, dated=dated, hide=hide), by=" · ")
    link = here.link(addresses.article(card.id), card.title, **marks)
    return el("li", link, el("p", about) if about else None)


def brief_listing(cards: Sequence[Card], here: Frame) -> list[Html]:
    """Articles in the order given under their years, each with its headline and its day."""
    blocks = []
    for year, items in groupby(cards, key=lambda card: parts(card.date)[:1]):
        rows = (_brief(card, here) for card in items)
        blocks.append(el("h3", str(*year) if year else here.ui.say("undated")))
        blocks.append(el("ul", *rows, class_="brief"))
    return blocks


def _brief(card: Card, here: Frame) -> Html:
    marks = foreign(card.language, here.ui.language)
    link = here.link(addresses.article(card.id), card.title, **marks)
    return el("li", link, " ", el("small", here.ui.short_date(card.date)))


def _about(card: Card, here: Frame, *, dated: bool, hide: str) -> Iterable[Html | str]:
    if dated:
        yield here.ui.short_date(card.date)
    told = [card.source_name] if card.source != hide else []
    if card.language not in (here.ui.language, hide):
        told.append(own_name(card.language))
    if "dir" in foreign(card.language, here.ui.language):
        # Each for itself: a line that breaks within would put the dot between them at its wrong end.
        yield from (run(text, card.language, here) for text in told)
    elif told:
        yield run(" · ".join(told), card.language, here)
    if card.versions > 1:
        yield here.ui.count("{number} version", "{number} versions", card.versions)
    if card.story is not None:
        yield here.link(addresses.story(card.story), here.ui.say("story"))
