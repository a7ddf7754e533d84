"""The network of a name: who stands in the same articles, around it in a ring, thicker for more articles."""

from collections.abc import Sequence
from math import cos, pi, sin

from generator.views.markup import Html, el

WIDTH, HEIGHT = 720, 420
RADIUS_X, RADIUS_Y = 175, 165
#: Letters of a name that fit beside the ring.
LETTERS = 22
#: Ties drawn for each name; more are a tangle.
TIES = 1.5


def network(
    centre: str, around: Sequence[tuple[str, int]], ties: Sequence[tuple[int, int, int]], title: str
) -> Html | None:
    """The picture: `around` are names with the number of shared articles, `ties` join two of them.
    None for fewer than three names, which a list tells as well."""
    if len(around) < 3:
        return None
    middle = (WIDTH // 2, HEIGHT // 2)
    places = [_place(number, len(around)) for number in range(len(around))]
    most = max(count for _, count in around)
    lines = [
        _line(middle, place, count / most) for place, (_, count) in zip(places, around, strict=True)
    ]
    ties = strongest(ties, round(TIES * len(around)))
    strong = max((count for *_, count in ties), default=1)
    between = [_line(places[a], places[b], count / strong, kind="tie") for a, b, count in ties]
    labels = [
        part
        for place, (name, _) in zip(places, around, strict=True)
        for part in (el("circle", cx=place[0], cy=place[1], r=5), _label(place, name))
    ]
    hub = el("circle", cx=middle[0], cy=middle[1], r=9, class_="hub")
    heart = el(
        "text", _short(centre), x=middle[0], y=middle[1] - 16, text_anchor="middle", class_="hub"
    )
    return el(
        "svg",
        el("title", title),
        *between,
        *lines,
        *labels,
        hub,
        heart,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        class_="network",
    )


def strongest(ties: Sequence[tuple[int, int, int]], most: int) -> list[tuple[int, int, int]]:
    """The ties of more than one article, strongest first, until the next ones would be too many."""
    found: list[tuple[int, int, int]] = []
    counts = sorted({count for *_, count in ties if count > 1}, reverse=True)
    for level in counts:
        more = [tie for tie in ties if tie[2] == level]
        if len(found) + len(more) > most:
            break
        found += more
    return found


def _place(number: int, count: int) -> tuple[int, int]:
    angle = 2 * pi * (number + 0.5) / count - pi / 2
    return (
        round(WIDTH / 2 + RADIUS_X * cos(angle)),
        round(HEIGHT / 2 + RADIUS_Y * sin(angle)),
    )


def _line(
    one: tuple[int, int], other: tuple[int, int], share: float, *, kind: str = "spoke"
) -> Html:
    width = round(0.6 + 3.4 * share, 1)
    return el(
        "line",
        x1=one[0],
        y1=one[1],
        x2=other[0],
        y2=other[1],
        stroke_width=str(width),
        class_=kind,
    )


def _label(place: tuple[int, int], name: str) -> Html:
    """A name on the outer side of its dot."""
    x, y = place
    side = 1 if x >= WIDTH / 2 else -1
    # `direction` would turn start and end about in an interface that reads from the right.
    anchor = "start" if side > 0 else "end"
    return el("text", _short(name), x=x + 10 * side, y=y + 5, text_anchor=anchor, direction="ltr")


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
