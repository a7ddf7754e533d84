"""Lists are cut by calendar, never by running number: a new article changes the page of its day alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b

from generator.record import record
from generator.views.dates import folders, parts
from generator.views.shelf import Card

#: How the keys of outlets begin.
AT = "at-"

Level = Callable[[Card], str]

#: Year, month and number of articles, by time.
Months = tuple[tuple[int, int, int], ...]


@record
class Node:
    """One page of a cut list. `keys` are its path below the list's own address; `cards` are listed
    here, `children` (key and number of articles) on pages of their own."""

    keys: tuple[str, ...]
    cards: tuple[Card, ...]
    children: tuple[tuple[str, int], ...]
    count: int


def year(card: Card) -> str:
    """The year, or the folder of what has no date."""
    return folders(card.date)[0]


def month(card: Card) -> str:
    """The month, empty if not known."""
    return folders(card.date)[1]


def day(card: Card) -> str:
    """The day, empty if not known."""
    return folders(card.date)[2]


def outlet(card: Card) -> str:
    """For days on which too much was written: the outlet. No key of a date begins like this."""
    return f"{AT}{card.source}"


def digest(card: Card) -> str:
    """When nothing else tells articles apart: two hex digits that no other article can change."""
    return f"part-{blake2b(card.id.encode(), digest_size=1).hexdigest()}"


BY_DATE: tuple[Level, ...] = (year, month, day, outlet, digest)
REST: tuple[Level, ...] = (outlet, digest)


def cut(
    cards: Sequence[Card], levels: Sequence[Level], limit: int, *, least: int = 0
) -> Iterator[Node]:
    """The pages of a list: the list itself, then its parts. Only what is longer than `limit` is cut,
    but the first `least` levels always. What lacks a key (a date without a day) stays where it is."""
    return _cut(tuple(cards), levels, limit, least, ())


def _cut(
    cards: tuple[Card, ...], levels: Sequence[Level], limit: int, least: int, keys: tuple[str, ...]
) -> Iterator[Node]:
    if not levels or (least <= 0 and len(cards) <= limit):
        yield Node(keys=keys, cards=cards, children=(), count=len(cards))
        return
    groups: dict[str, list[Card]] = {}
    for card in cards:
        groups.setdefault(levels[0](card), []).append(card)
    own = tuple(groups.pop("", ()))
    parts_of_own = [] if len(own) <= limit else list(_cut(own, REST, limit, 1, keys))
    children = [(key, len(part)) for key, part in sorted(groups.items())]
    if parts_of_own:
        children += parts_of_own[0].children
        own = ()
    yield Node(keys=keys, cards=own, children=tuple(children), count=len(cards))
    yield from parts_of_own[1:]
    for key, part in sorted(groups.items()):
        yield from _cut(tuple(part), levels[1:], limit, least - 1, (*keys, key))


def months(cards: Sequence[Card]) -> Months:
    """Year, month and number of articles, for the heat strip; what has no month is left out."""
    counts = Counter([parts(card.date)[:2] for card in cards])
    return tuple((*when, count) for when, count in sorted(counts.items()) if len(when) == 2)
