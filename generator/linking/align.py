"""Which paragraph of one version is which of the other: the same, edited, or moved."""

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.linking.tokens import plain_words, wording
from generator.linking.word_diff import ascending, runs
from generator.record import record

#: Two paragraphs are one, edited, when they share this much of their words.
ALIKE = 0.4

#: A word that stands in more new paragraphs than this tells nothing about which one is meant.
COMMON = 8


@record
class Pairing:
    """A paragraph of the old version, of the new one, or of both."""

    old: int | None
    new: int | None
    moved: bool = False


def align(old: Sequence[str], new: Sequence[str]) -> list[Pairing]:
    """Every paragraph of both, in the order of the new version; deleted ones where they stood."""
    both = set(old) & set(new)
    said, said_new = (
        [text if text in both else wording(text) for text in side] for side in (old, new)
    )
    pairs = unchanged(said, said_new)
    taken_old, taken_new = {i for i, _ in pairs}, {j for _, j in pairs}
    rest = Rest(
        old=[i for i in range(len(old)) if i not in taken_old],
        new=[j for j in range(len(new)) if j not in taken_new],
    )
    pairs += partners(old, new, rest)
    pairs.sort()
    in_order = {pairs[index] for index in ascending([j for _, j in pairs])}
    return ordered(len(old), len(new), in_order, moved=dict(reversed_pairs(pairs, in_order)))


@record
class Rest:
    """The paragraphs of both versions that have no partner yet."""

    old: list[int]
    new: list[int]


def reversed_pairs(
    pairs: Sequence[tuple[int, int]], in_order: set[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """New and old paragraph of the pairs that stand elsewhere."""
    return ((j, i) for i, j in pairs if (i, j) not in in_order)


def unchanged(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """A longest list of paragraphs that say the same, in the order of both."""
    return [
        pair
        for same, place, place_new in runs(old, new)
        if same
        for pair in zip(range(*place), range(*place_new), strict=True)
    ]


def partners(old: Sequence[str], new: Sequence[str], rest: Rest) -> list[tuple[int, int]]:
    """The best partners among the rest, the likest first, each paragraph once."""
    found = sorted(
        (-likeness, abs(i - j), i, j)
        for i, j, likeness in likenesses(old, new, rest)
        if likeness >= ALIKE
    )
    pairs: list[tuple[int, int]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, _, i, j in found:
        if i not in taken_old and j not in taken_new:
            pairs.append((i, j))
            taken_old.add(i)
            taken_new.add(j)
    return pairs


def likenesses(
    old: Sequence[str], new: Sequence[str], rest: Rest
) -> Iterator[tuple[int, int, float]]:
    """The share of common words of pairs that share a telling word or the same place among the rest."""
    bags_old = {i: Counter(plain_words(old[i])) for i in rest.old}
    bags_new = {j: Counter(plain_words(new[j])) for j in rest.new}
    holders: dict[str, list[int]] = {}
    for j, bag in bags_new.items():
        for word in bag:
            holders.setdefault(word, []).append(j)
    for place, (i, bag) in enumerate(bags_old.items()):
        near = set(rest.new[place : place + 1])
        for word in bag:
            found = holders.get(word, ())
            if len(found) <= COMMON:
                near.update(found)
        for j in sorted(near):
            yield i, j, likeness(bag, bags_new[j]) if old[i] != new[j] else 1.0


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """The share of the words that two paragraphs have in common."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def ordered(
    size_old: int, size_new: int, in_order: set[tuple[int, int]], *, moved: dict[int, int]
) -> list[Pairing]:
    """One list of all paragraphs."""
    anchors = [*sorted(in_order), (size_old, size_new)]
    gone_elsewhere = set(moved.values())
    rows: list[Pairing] = []
    i = j = 0
    for old, new in anchors:
        rows += [
            Pairing(old=place, new=None) for place in range(i, old) if place not in gone_elsewhere
        ]
        rows += [
            Pairing(old=moved.get(place), new=place, moved=place in moved)
            for place in range(j, new)
        ]
        if old < size_old or new < size_new:
            rows.append(Pairing(old=old, new=new))
        i, j = old + 1, new + 1
    return rows
