"""The small line of a story beside its articles: a dot for each day on which somebody reported."""

from collections.abc import Sequence

from generator.model import ArticleId
from generator.views.dates import days as day_of
from generator.views.dates import earliest_day, parts
from generator.views.markup import Html, el
from generator.views.page import Frame
from generator.views.shelf import Card

WIDTH = 200
#: Year, month and day: what a date needs to be given a place on the line.
WHOLE = 3


def story_strip(coverage: Sequence[Card], current: ArticleId, here: Frame) -> Html:
    """A line with dots and, under it, its first and last day: the list of the story in small."""
    known = (card for card in coverage if len(parts(card.date)) == WHOLE)
    days = {card.id: day for card in known if (day := earliest_day(card.date)) is not None}
    count = here.ui.count("{number} article", "{number} articles", len(coverage))
    told = " · ".join(filter(None, (period(coverage, here), count)))
    if not days:
        return el("p", told)
    first, last = min(days.values()), max(days.values())
    length = max((last - first).days, 1)
    dots = sorted(
        {
            (round(8 + (WIDTH - 16) * (day - first).days / length), item == current)
            for item, day in days.items()
        }
    )
    circles = [
        el("circle", cx=x, cy=8, r=5 if mine else 3, class_="mine" if mine else None)
        for x, mine in dots
    ]
    picture = el(
        "svg",
        el("title", count),
        el("path", d=f"M8 8H{WIDTH - 8}"),
        *circles,
        viewBox=f"0 0 {WIDTH} 16",
        role="img",
        class_="strip",
    )
    return el("p", picture, el("span", told))


def period(cards: Sequence[Card], here: Frame) -> str:
    """From the first day to the last, each as precise as it is known and as the place of its article counts it."""
    dated = sorted((card.date for card in cards if parts(card.date)), key=day_of)
    days = list(dict.fromkeys(here.ui.short_date(date) for date in dated))
    return " – ".join([days[0], days[-1]] if len(days) > 1 else days)
