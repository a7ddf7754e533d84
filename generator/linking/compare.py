"""Whether two articles are versions of one: how much text they share, and what is different in the rest.

A capture full of menus shares little by ratio and everything by content, so containment decides, not
resemblance. Announcements from one template share nearly all of their wording: there the numbers
decide, and the titles. Numbers in the same surroundings that differ ask for far more shared text; titles that are
the same, or numbers that all agree, ask for less.
"""

import numpy as np

from generator.linking.profile import Profile
from generator.model import TitleRelation, Verdict, VerdictKind, record

#: Numbers say something when the shorter text has this many digits of them.
TELLING_DIGITS = 6

#: Shared surroundings of numbers from which on they count.
TELLING_SLOTS = 2


@record
class Need:
    """How much of the shorter text the longer must have: where the numbers agree, and else.

    Where they disagree, resemblance must reach `disagreeing`.
    """

    agreeing: float
    usual: float
    disagreeing: float


NEEDS = {
    TitleRelation.SAME: Need(agreeing=0.4, usual=0.6, disagreeing=0.82),
    TitleRelation.ALIKE: Need(agreeing=0.45, usual=0.85, disagreeing=0.92),
    TitleRelation.OTHER: Need(agreeing=0.6, usual=0.85, disagreeing=0.92),
    TitleRelation.UNKNOWN: Need(agreeing=0.75, usual=0.8, disagreeing=0.9),
    TitleRelation.CONFLICT: Need(agreeing=0.9, usual=2.0, disagreeing=2.0),
}


def compare(a: Profile, b: Profile) -> Verdict:
    """Compare two articles; the same in either order but for `covered`."""
    shared = np.intersect1d(a.runs, b.runs, assume_unique=True).size
    sizes = (max(1, a.runs.size), max(1, b.runs.size))
    figures, agreement = figure_share(a, b), slot_agreement(a, b)
    title = title_relation(a, b)
    similarity, containment = 2 * shared / sum(sizes), shared / min(sizes)
    same = a.language == b.language and not (a.script and b.script and a.script != b.script)
    need = NEEDS[title]
    if agreement is not None and agreement < 0.8:
        same = same and similarity >= need.disagreeing
    else:
        agree = figures is not None and figures >= 0.95 and (agreement or 1) >= 0.95
        same = same and containment >= (need.agreeing if agree else need.usual)
    return Verdict(
        kind=VerdictKind.VERSIONS if same else VerdictKind.DIFFERENT,
        similarity=similarity,
        containment=containment,
        covered=(shared / sizes[0], shared / sizes[1]),
        figures=figures,
        title=title,
    )


def title_relation(a: Profile, b: Profile) -> TitleRelation:
    """What the titles say; each having a number that the other has not is a conflict."""
    if not a.title or not b.title:
        return TitleRelation.UNKNOWN
    if a.title == b.title:
        return TitleRelation.SAME
    if a.title_figures - b.title_figures and b.title_figures - a.title_figures:
        return TitleRelation.CONFLICT
    first, second = set(a.title), set(b.title)
    alike = 2 * len(first & second) >= min(len(first), len(second))
    return TitleRelation.ALIKE if alike else TitleRelation.OTHER


def figure_share(a: Profile, b: Profile) -> float | None:
    """The share of the numbers of the text with fewer that the other has too; longer numbers count more."""
    least = min(digits(a.figures), digits(b.figures))
    return digits(a.figures & b.figures) / least if least >= TELLING_DIGITS else None


def digits(figures: frozenset[str]) -> int:
    """The digits of some numbers, at most eight of each."""
    return sum(min(8, sum(character.isdigit() for character in figure)) for figure in figures)


def slot_agreement(a: Profile, b: Profile) -> float | None:
    """The share of the surroundings common to both texts in which a common number stands."""
    common = a.slots.keys() & b.slots.keys()
    if len(common) < TELLING_SLOTS:
        return None
    return sum(bool(a.slots[key] & b.slots[key]) for key in common) / len(common)
