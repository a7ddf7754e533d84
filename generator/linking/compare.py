"""Whether two articles are versions of one: how much text they share, and what is different in the rest.

A capture full of menus shares little by ratio and everything by content, so containment decides, not
resemblance. Announcements from one template share nearly all of their wording: there the numbers
decide, and the titles. Numbers in the same surroundings that differ ask for far more shared text; titles that are
the same, or numbers that all agree, ask for less. Of another day, and with other numbers than before in its lead, a
text is the next report, however much the rest of it says again.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.linking.profile import Profile
from generator.model import TitleRelation, Verdict, VerdictKind
from generator.record import record, replace

#: Numbers say something when those of the text with fewer are so long together.
TELLING_LENGTH = 6

#: Shared surroundings of numbers from which on they count.
TELLING_SLOTS = 2


#: Shares of numbers in common surroundings: from here on they agree, disagree, are another day's numbers.
AGREE, DISAGREE, REPLACED = 0.95, 0.8, 0.5

#: A correction changes fewer numbers than this; the next report from a template changes more.
REPORT = 6

#: Two texts in which the numbers were replaced throughout are one only if hardly anything else is there.
TEMPLATE = 0.97

#: A text with fewer shingles is no evidence by itself: without the same title, and under another title.
SHORT, SHORT_ELSEWHERE = 8, 24

#: A text that is contained in one at least so many times its size is an excerpt, unless it is the same page.
MUCH_LONGER = 2.0


@record
class Need:
    """How much text two articles must share to be versions.

    `contained` of the shorter one, or `alike` of both; `agreeing` of both is enough where all
    numbers agree, `disagreeing` of both is needed where numbers in the same surroundings differ.
    """

    contained: float
    alike: float
    agreeing: float
    disagreeing: float


NEEDS = {
    TitleRelation.SAME: Need(contained=0.75, alike=0.6, agreeing=0.38, disagreeing=0.82),
    TitleRelation.ALIKE: Need(contained=0.85, alike=0.85, agreeing=0.45, disagreeing=0.92),
    TitleRelation.OTHER: Need(contained=0.85, alike=0.85, agreeing=0.6, disagreeing=0.92),
    TitleRelation.UNKNOWN: Need(contained=0.75, alike=0.75, agreeing=0.75, disagreeing=0.9),
    TitleRelation.CONFLICT: Need(contained=2.0, alike=2.0, agreeing=0.9, disagreeing=2.0),
}


def compare(a: Profile, b: Profile) -> Verdict:
    """Compare two articles; the same in either order but for `covered`."""
    covered, words = shares(a.runs, b.runs), shares(a.bag, b.bag)
    verdict = Verdict(
        kind=VerdictKind.DIFFERENT,
        identical=a.wording == b.wording,
        similarity=resemblance(words),
        containment=max(words),
        covered=covered,
        figures=figure_share(a, b),
        title=title_relation(a, b),
    )
    return replace(verdict, kind=judge(a, b, verdict))


def shares(a: NDArray[Any], b: NDArray[Any]) -> tuple[float, float]:
    """How much of the first and of the second is in the other."""
    common = np.intersect1d(a, b, assume_unique=True).size
    return common / max(1, a.size), common / max(1, b.size)


def resemblance(covered: tuple[float, float]) -> float:
    """The share of both together that is in both."""
    return 2 / (1 / covered[0] + 1 / covered[1]) if covered[0] else 0.0


def judge(a: Profile, b: Profile, found: Verdict) -> VerdictKind:
    """What the numbers mean."""
    same_page = a.url != "" and a.url == b.url
    title = TitleRelation.SAME if same_page else found.title
    numbers = common_slots(a, b)
    if not readable_together(a, b) or too_short(a, b, title):
        return VerdictKind.DIFFERENT
    if not same_page and (other_numbers(numbers) or next_report(a, b)):
        return VerdictKind.DIFFERENT
    if not enough(found, agreement(numbers), NEEDS[title]):
        return VerdictKind.DIFFERENT
    small, large = sorted(found.covered)
    elsewhere = title in (TitleRelation.ALIKE, TitleRelation.OTHER, TitleRelation.CONFLICT)
    if elsewhere and large >= MUCH_LONGER * small:
        return VerdictKind.EXCERPT
    return VerdictKind.VERSIONS


def readable_together(a: Profile, b: Profile) -> bool:
    """Whether both are in one language, and not expressly in two scripts of it."""
    return a.language == b.language and not (a.script and b.script and a.script != b.script)


def too_short(a: Profile, b: Profile, title: TitleRelation) -> bool:
    """Whether the shorter text, a caption or a notice, could stand under many titles."""
    size = min(a.runs.size, b.runs.size)
    if title in (TitleRelation.SAME, TitleRelation.UNKNOWN):
        return size == 0
    return size < (SHORT if title is TitleRelation.ALIKE else SHORT_ELSEWHERE)


def enough(found: Verdict, numbers: float | None, need: Need) -> bool:
    """Whether so much text is shared as these numbers and titles ask for."""
    alike = resemblance(found.covered)
    if numbers is not None and numbers < DISAGREE:
        return alike >= (need.disagreeing if numbers >= REPLACED else TEMPLATE)
    agree = (found.figures or 0) >= AGREE and (numbers is None or numbers >= AGREE)
    if agree and alike >= need.agreeing:
        return True
    return max(found.covered) >= need.contained or alike >= need.alike


def title_relation(a: Profile, b: Profile) -> TitleRelation:
    """What the titles say; alike but each with a number that the other has not is a conflict."""
    if not a.title or not b.title:
        return TitleRelation.UNKNOWN
    if a.title == b.title:
        return TitleRelation.SAME
    first, second = set(a.title), set(b.title)
    if 2 * len(first & second) < min(len(first), len(second)):
        return TitleRelation.OTHER
    conflict = a.title_figures - b.title_figures and b.title_figures - a.title_figures
    return TitleRelation.CONFLICT if conflict else TitleRelation.ALIKE


def figure_share(a: Profile, b: Profile) -> float | None:
    """The share of the numbers of the text with fewer that the other has too; longer numbers count more."""
    least = min(size(a.figures), size(b.figures))
    return size(a.figures & b.figures) / least if least >= TELLING_LENGTH else None


def size(figures: frozenset[str]) -> int:
    """How telling some numbers are: their lengths, each at most eight."""
    return sum(min(8, len(figure)) for figure in figures)


def common_slots(a: Profile, b: Profile) -> tuple[int, int]:
    """In how many common surroundings of numbers a common number stands, and in how many none."""
    common = a.slots.keys() & b.slots.keys()
    agreeing = sum(bool(a.slots[key] & b.slots[key]) for key in common)
    return agreeing, len(common) - agreeing


def agreement(numbers: tuple[int, int]) -> float | None:
    """The share of common surroundings that have a common number; None if they are too few to say."""
    return numbers[0] / sum(numbers) if sum(numbers) >= TELLING_SLOTS else None


def other_numbers(numbers: tuple[int, int]) -> bool:
    """Whether so many numbers were replaced that it is the next report, not a correction."""
    return numbers[1] >= REPORT and numbers[0] < DISAGREE * sum(numbers)


def next_report(a: Profile, b: Profile) -> bool:
    """Whether they are of two days, and most of what could differ in their leads does: numbers, dates.

    Of two days are those with two dates, and those that name two in their leads along with other numbers.
    """
    common = a.lead.keys() & b.lead.keys()
    replaced = {key for key in common if a.lead[key].isdisjoint(b.lead[key])}
    dates = a.days & b.days
    dated = a.day is not None and b.day is not None and a.day != b.day
    same_month = {key for key in dates if not any(map(short_number, a.lead[key] & b.lead[key]))}
    return (dated or bool(replaced & dates and replaced - dates)) and (
        len(replaced) > len(common - replaced - same_month)
    )


def short_number(value: str) -> bool:
    """Whether it could be a day of a month."""
    return value.isdigit() and len(value) <= 2
