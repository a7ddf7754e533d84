"""Lists are cut by calendar, never by running number: a new article changes the page of its day alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

from generator.model import ArticleDate
from generator.record import record
from generator.views.dates import MONTH, folders
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


class Part(NamedTuple):
    """What of a list has pages of its own: where, and how it is cut further."""

    keys: tuple[str, ...]
    cards: Sequence[Card]
    levels: Sequence[Level]


class Place(NamedTuple):
    """A part of a list, and the keys of the pages beside its own."""

    part: Part
    before: tuple[str, ...] | None = None
    after: tuple[str, ...] | None = None


def cut(
    cards: Sequence[Card], levels: Sequence[Level], limit: int, *, keys: tuple[str, ...] = ()
) -> Iterator[Node]:
    """The pages of a list: the list itself, then its parts. Only what is longer than `limit` is cut. What lacks a key
    (a date without a day) stays where it is. `keys` are where the list itself is part of another."""
    if not levels or len(cards) <= limit:
        yield Node(keys=keys, cards=tuple(cards), children=(), count=len(cards))
        return
    node, parts = above(grouped(cards, levels[0]), levels[1:], limit, keys)
    yield node
    for part in parts:
        yield from cut(part.cards, part.levels, limit, keys=part.keys)


def above(
    groups: Mapping[str, Sequence[Card]],
    levels: Sequence[Level],
    limit: int,
    keys: tuple[str, ...],
) -> tuple[Node, list[Part]]:
    """The page above the parts of a list, and these parts; what has no key there is cut by outlet where it is too much."""
    own = groups.get("", ())
    count = sum(map(len, groups.values()))
    parts = [Part((*keys, key), items, levels) for key, items in sorted(groups.items()) if key]
    if len(own) > limit:
        outlets = sorted(grouped(own, outlet).items())
        parts = [Part((*keys, key), items, REST[1:]) for key, items in outlets] + parts
        own = ()
    children = sorted((part.keys[-1], len(part.cards)) for part in parts)
    return Node(keys=keys, cards=tuple(own), children=tuple(children), count=count), parts


def divided(
    cards: Sequence[Card], limit: int, *, always: bool
) -> tuple[list[tuple[Node, Place]], list[Place]]:
    """What `cut` makes by date in parts: the upper pages, that of the list itself first, and the parts below, each
    of them a month or what else is not cut by month. `always` cuts so far even a short list."""
    whole = Place(Part((), cards, BY_DATE))
    if not always and len(cards) <= limit:
        return [], [whole]
    years: dict[str, dict[str, list[Card]]] = {}
    for (begun, inside), items in by_month(cards).items():
        years.setdefault(begun, {})[inside] = items
    of_years = {key: list(chain.from_iterable(items.values())) for key, items in years.items()}
    first, parts = above(of_years, BY_DATE[1:], limit, ())
    upper, places = [(first, whole)], []
    for place in beside(parts):
        if not always and len(place.part.cards) <= limit:
            places.append(place)
            continue
        keys = place.part.keys
        node, below = above(years[keys[-1]], BY_DATE[2:], limit, keys)
        upper.append((node, place))
        places += beside(below)
    return upper, places


def beside(parts: Sequence[Part]) -> list[Place]:
    """The parts of one page in their order."""
    keys = [part.keys for part in parts]
    return [*map(Place, parts, (None, *keys[:-1]), (*keys[1:], None))]


def grouped(cards: Iterable[Card], level: Level) -> dict[str, list[Card]]:
    """Cards by their key at a level."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(level(card), []).append(card)
    return found


def by_month(cards: Iterable[Card]) -> dict[tuple[str, str], list[Card]]:
    """Cards by the keys of year and month, in the order of these."""
    begun: dict[str, list[Card]] = {}
    for card in cards:
        begun.setdefault(card.date.iso[:MONTH], []).append(card)
    found: dict[tuple[str, str], list[Card]] = {}
    for iso, items in begun.items():
        found.setdefault(folders(ArticleDate(iso=iso))[:2], []).extend(items)
    return dict(sorted(found.items()))


def months(cards: Iterable[Card]) -> Months:
    """Year, month and number of articles, for the heat strip; what has no month is left out."""
    found: Counter[tuple[str, str]] = Counter()
    for begun, count in Counter([card.date.iso[:MONTH] for card in cards]).items():
        found[folders(ArticleDate(iso=begun))[:2]] += count
    return tuple(
        (int(when), int(inside), count) for (when, inside), count in sorted(found.items()) if inside
    )
