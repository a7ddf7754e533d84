"""The timeline of a story: a lane for each outlet, a dot where the hour is known, a bar where only the day is."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from babel.dates import format_skeleton

from generator.model import ArticleDate
from generator.record import record
from generator.views.dates import earliest_day, moment, parts
from generator.views.interface import Interface
from generator.views.markup import Html, el

#: Lanes of a picture; what is more shares the last one.
LANES = 12
LANE_HEIGHT, TOP = 34, 22

#: Steps of the axis, and how many of them a narrow screen can carry.
STEPS = tuple(
    timedelta(hours=hours)
    for hours in (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 744, 1488, 2976, 8784, 17568, 43920)
)
TICKS = 4


@record
class Happening:
    """An article on a lane. `lane` is the outlet's name, `language` that of the name."""

    lane: str
    language: str
    date: ArticleDate
    title: str


@record
class Stretch:
    """When something was published, in UTC: a moment, or the day it is known to."""

    start: datetime
    end: datetime


def stretch(when: ArticleDate) -> Stretch | None:
    """The time a date can mean; None for one that is not known to the day."""
    exact = moment(when)
    if exact is not None:
        at = exact.astimezone(UTC) if exact.tzinfo else exact.replace(tzinfo=UTC)
        return Stretch(start=at, end=at)
    day = earliest_day(when)
    if day is None or len(parts(when)) < 3:
        return None
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Stretch(start=start, end=start + timedelta(days=1))


def universal(when: ArticleDate) -> ArticleDate:
    """The date as the axis counts it; one without an offset stays as it is."""
    exact = moment(when)
    if exact is None or exact.tzinfo is None:
        return when
    return ArticleDate(iso=exact.astimezone(UTC).isoformat())


def timeline(happenings: Iterable[Happening], title: str, ui: Interface) -> Html | None:
    """The picture; none where fewer than two articles have a day. Its positions are shares of the
    width, so that letters keep their size on any screen."""
    with suppress(OverflowError):  # the first hours of year 1 and the last of 9999 are on no axis
        return _drawn(happenings, title, ui)
    return None


def _drawn(happenings: Iterable[Happening], title: str, ui: Interface) -> Html | None:
    placed = [(item, at) for item in happenings if (at := stretch(item.date)) is not None]
    if len(placed) < 2:
        return None
    first, last = min(at.start for _, at in placed), max(at.end for _, at in placed)
    axis = Axis(first, max(last - first, timedelta(hours=1)), ui)
    lanes = list(dict.fromkeys(item.lane for item, _ in placed))
    if len(lanes) > LANES:
        lanes[LANES - 1 :] = [ui.say("other outlets")]
    height = TOP + LANE_HEIGHT * len(lanes)
    parts_of = [el("title", title), *axis.ticks(height)]
    for number, lane in enumerate(lanes):
        language = next((item.language for item, _ in placed if item.lane == lane), ui.language)
        y = TOP + LANE_HEIGHT * number
        parts_of.append(_lane(lane, language, y, ui))
    for item, at in sorted(placed, key=lambda pair: (pair[1].start, pair[0].title)):
        number = lanes.index(item.lane) if item.lane in lanes else LANES - 1
        parts_of.append(_mark(item, at, axis, TOP + LANE_HEIGHT * number + 24))
    return el("svg", *parts_of, width="100%", height=height + 4, role="img", class_="timeline")


class Axis:
    """From time to place; time runs as the interface is read."""

    def __init__(self, first: datetime, length: timedelta, ui: Interface) -> None:
        self.first = first
        self.length = length
        self.ui = ui

    def share(self, at: datetime) -> float:
        """The place of a time in per cent of the width, with a margin at both ends."""
        share = 2 + 96 * ((at - self.first) / self.length)
        return round(100 - share if self.ui.direction == "rtl" else share, 2)

    def ticks(self, height: int) -> list[Html]:
        """Lines at round times, with the date or the hour above them."""
        step = next((step for step in STEPS if self.length / step <= TICKS), STEPS[-1])
        midnight = self.first.replace(hour=0, minute=0, second=0, microsecond=0)
        at = midnight + step * -((midnight - self.first) // step)
        lines: list[Html] = []
        names: list[Html] = []
        while at <= self.first + self.length:
            x = f"{self.share(at)}%"
            lines.append(el("line", x1=x, x2=x, y1=TOP - 4, y2=height, class_="tick"))
            name = self._name(at, first=not names)
            names.append(el("text", name, x=x, y=12, text_anchor=self._anchor(at)))
            at += step
        return lines + names

    def _anchor(self, at: datetime) -> str:
        """A name near an edge goes inwards."""
        share = 2 + 96 * ((at - self.first) / self.length)
        return "start" if share < 12 else "end" if share > 88 else "middle"

    def _name(self, at: datetime, *, first: bool) -> str:
        """The date at midnight, else the hour; the first tick says the date in any case."""
        skeleton = "MMMd" if self.length < timedelta(days=300) else "yMMM"
        date = str(format_skeleton(skeleton, at, locale=self.ui.locale))
        if not at.hour:
            return date
        hour = self.ui.clock(at.timetz())
        return self.ui.with_clock(date, hour, width="short") if first else hour


def _lane(name: str, language: str, y: int, ui: Interface) -> Html:
    x = "100%" if ui.direction == "rtl" else "0"
    label = el("text", name, x=x, y=y + 13, class_="lane", lang=language)
    return Html(label + el("line", x1="0", x2="100%", y1=y + 24, y2=y + 24))


def _mark(item: Happening, at: Stretch, axis: Axis, y: int) -> Html:
    told = el("title", axis.ui.titled(axis.ui.full_date(universal(item.date)), item.title))
    start, end = axis.share(at.start), axis.share(at.end)
    if at.start == at.end:
        return el("circle", told, cx=f"{start}%", cy=y, r=6)
    left, width = min(start, end), max(0.5, round(abs(end - start), 2))
    return el("rect", told, x=f"{left}%", y=y - 5, width=f"{width}%", height=10, rx=5)
