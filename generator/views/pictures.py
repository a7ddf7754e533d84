"""Pictures that are lists at the same time: the heat strip of months, and bars beside numbers."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil

from generator.views.interface import Interface
from generator.views.markup import Html, el, join

#: Shades of the heat strip.
SHADES = 5


def heat_strip(
    months: Sequence[tuple[int, int, int]], ui: Interface, href: Callable[[int, int], str | None]
) -> Html | None:
    """A row for each year, a cell for each month with its number of articles. `href` gives the
    page of a month, or None if there is none."""
    if not months:
        return None
    counts = {(year, month): count for year, month, count in months}
    most = max(counts.values())
    heads = [
        el(
            "th",
            el("abbr", ui.month_name(month, width="narrow"), title=ui.month_name(month)),
            scope="col",
        )
        for month in range(1, 13)
    ]
    rows = [
        el("tr", el("th", str(year), scope="row"), *_cells(year, counts, most, ui, href))
        for year in sorted({year for year, _ in counts}, reverse=True)
    ]
    table = el("table", el("thead", el("tr", el("td"), *heads)), el("tbody", *rows), class_="heat")
    return el("div", table, class_="wide")


def _cells(
    year: int,
    counts: Mapping[tuple[int, int], int],
    most: int,
    ui: Interface,
    href: Callable[[int, int], str | None],
) -> list[Html]:
    cells = []
    for month in range(1, 13):
        count = counts.get((year, month), 0)
        target = href(year, month) if count else None
        shown = ui.number(count) if count else ""
        inside = el("a", shown, href=target) if target else shown
        shade = f"h{ceil(SHADES * count / most)}" if count else None
        cells.append(el("td", inside, class_=shade))
    return cells


def bars(rows: Sequence[tuple[Html, int]], ui: Interface) -> Html | None:
    """A table of things with a number each, and the number as a bar."""
    if not rows:
        return None
    most = max(count for _, count in rows) or 1
    lines = [
        el(
            "tr",
            el("th", label, scope="row"),
            el("td", _bar(count / most)),
            el("td", ui.number(count), class_="number"),
        )
        for label, count in rows
    ]
    return el("table", join(*lines), class_="bars")


def _bar(share: float) -> Html:
    return el(
        "svg",
        el("rect", width=max(1, round(100 * share)), height=6),
        viewBox="0 0 100 6",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
