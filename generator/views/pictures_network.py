"""The network of a name: who stands in the same articles, around it in a ring, thicker for more articles."""

from collections.abc import Iterator, Sequence
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
    None for fewer than three names and for names without ties, which a list tells as well."""
    ties = strongest(ties, round(TIES * len(around)))
    if len(around) < 3 or not ties:
        return None
    middle = (WIDTH // 2, HEIGHT // 2)
    places = [_place(number, len(around)) for number in range(len(around))]
    most = max(count for _, count in around)
    spokes = [
        (middle, place, count / most) for place, (_, count) in zip(places, around, strict=True)
    ]
    strong = max(count for *_, count in ties)
    between = [(places[a], places[b], count / strong) for a, b, count in ties]
    dots = el("path", d="".join(f"M{x} {y}h0" for x, y in places), class_="dots")
    hub = el("circle", cx=middle[0], cy=middle[1], r=9, class_="hub")
    heart = el(
        "text", _short(centre), x=middle[0], y=middle[1] - 16, text_anchor="middle", class_="hub"
    )
    return el(
        "svg",
        el("title", title),
        *_lines(between, "tie"),
        *_lines(spokes, "spoke"),
        dots,
        *_labels(places, [name for name, _ in around]),
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


Line = tuple[tuple[int, int], tuple[int, int], float]
"""From where, to where, and its share of the thickest line."""


def _lines(lines: Sequence[Line], kind: str) -> Iterator[Html]:
    """Lines of one thickness as one path: half the bytes."""
    paths: dict[float, list[str]] = {}
    for (x1, y1), (x2, y2), share in lines:
        paths.setdefault(round(0.6 + 3.4 * share, 1), []).append(f"M{x1} {y1}L{x2} {y2}")
    for width, parts in sorted(paths.items(), reverse=True):
        yield el("path", d="".join(parts), stroke_width=str(width), class_=kind)


def _labels(places: Sequence[tuple[int, int]], names: Sequence[str]) -> Iterator[Html]:
    """Each name on the outer side of its dot."""
    for side, anchor in ((1, "start"), (-1, "end")):
        labels = [
            el("text", _short(name), x=x + 10 * side, y=y + 5)
            for (x, y), name in zip(places, names, strict=True)
            if (x >= WIDTH / 2) == (side > 0)
        ]
        # `direction` would turn start and end about in an interface that reads from the right.
        yield el("g", *labels, text_anchor=anchor, direction="ltr")


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
