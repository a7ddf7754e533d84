"""The small line of a story beside its articles: a dot for each day on which somebody reported."""

from collections.abc import Sequence

from generator.model import ArticleId
from generator.views.dates import earliest_day
from generator.views.markup import Html, el
from generator.views.page import Frame
from generator.views.shelf import Card

WIDTH = 200


def story_strip(coverage: Sequence[Card], current: ArticleId, here: Frame) -> Html:
    """A line with dots and, under it, its first and last day: the list of the story in small."""
    days = {card.id: day for card in coverage if (day := earliest_day(card.date)) is not None}
    count = here.ui.count("{number} article", "{number} articles", len(coverage))
    if not days:
        return el("p", count)
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
    ends = sorted({first, last})
    text = " – ".join(here.ui.short_day(day) for day in ends)
    return el("p", picture, el("span", f"{text} · {count}"))
