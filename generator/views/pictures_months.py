"""Articles by month as bars, drawn as one shape that is stretched to any screen."""

from collections.abc import Sequence

from generator.views.interface import Interface
from generator.views.markup import Html, el

#: Of the drawing; it is as wide as the page has room.
WIDTH, HEIGHT = 1000, 84
#: With more months than this the bars stand for years.
MONTHS = 60


def month_bars(counts: Sequence[tuple[int, int, int]], title: str, ui: Interface) -> Html | None:
    """The picture of (year, month, number); None where all articles are of one month."""
    if len(counts) < 2:
        return None
    slots = _by_month(counts, ui)
    if len(slots) > MONTHS:
        slots = _by_year(counts)
    most = max(number for _, number in slots)
    width = 100 / len(slots)
    bars = []
    for place, (_, number) in enumerate(slots):
        if number:
            left = place * width if ui.direction == "ltr" else 100 - (place + 1) * width
            tall = max(3, round(HEIGHT * number / most))
            wide = WIDTH * width * 0.84 / 100
            bars.append(
                f"M{WIDTH * (left + width * 0.08) / 100:.0f} {HEIGHT}v-{tall}h{wide:.0f}v{tall}"
            )
    picture = el(
        "svg",
        el("title", title),
        el("path", d="".join(bars)),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        class_="months",
    )
    ends = el("figcaption", el("span", slots[0][0]), el("span", slots[-1][0]))
    return el("figure", picture, ends, class_="months")


def _by_month(counts: Sequence[tuple[int, int, int]], ui: Interface) -> list[tuple[str, int]]:
    found = {12 * year + month - 1: number for year, month, number in counts}
    return [
        (ui.month(place // 12, place % 12 + 1), found.get(place, 0))
        for place in range(min(found), max(found) + 1)
    ]


def _by_year(counts: Sequence[tuple[int, int, int]]) -> list[tuple[str, int]]:
    found: dict[int, int] = {}
    for year, _, number in counts:
        found[year] = found.get(year, 0) + number
    return [(str(year), found.get(year, 0)) for year in range(min(found), max(found) + 1)]
