"""Cutting the search records of a language into shards by the calendar."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from operator import attrgetter

from generator.model import SearchEntry

#: Ever shorter periods, each with how the period of a day is called.
_LEVELS: tuple[Callable[[str], str], ...] = (
    lambda day: "all",
    lambda day: f"{day[:3]}x",
    lambda day: day[:4],
    lambda day: f"{day[:4]}-h{(int(day[5:7]) + 5) // 6}",
    lambda day: f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}",
    lambda day: day[:7],
    lambda day: f"{day[:8]}{_day(day) // 10}x",
    lambda day: f"{day[:8]}{_day(day) // 10}{'ab'[_day(day) % 10 // 5]}",
    lambda day: day,
)

UNDATED = "undated"

_Days = Mapping[str, list[SearchEntry]]

_IDENTITY = attrgetter("kind", "id")


def _day(day: str) -> int:
    """The day of the month; the last two belong to those before."""
    return min(int(day[8:]), 29)


def cut_shards(records: Iterable[SearchEntry], limit: int) -> dict[str, list[SearchEntry]]:
    """The records by period, newest first; no shard has more than `limit`.

    A period is cut into shorter ones when it has too many: all, decade, year, half, quarter, month, ten days, five
    days, day, then by the record's id. So where a record goes never depends on what lies in other periods, and one more
    record changes one shard.
    """
    days: dict[str, list[SearchEntry]] = defaultdict(list)
    for item in records:
        days[item.sort_date].append(item)
    shards: dict[str, list[SearchEntry]] = {}
    _cut(days, limit, 0, shards)
    ordered = sorted(shards, key=lambda name: (shards[name][0].sort_date, name), reverse=True)
    return {name: shards[name] for name in ordered}


def _cut(days: _Days, limit: int, level: int, shards: dict[str, list[SearchEntry]]) -> None:
    groups: dict[str, dict[str, list[SearchEntry]]] = defaultdict(dict)
    for day, records in days.items():
        groups[_LEVELS[level](day) if day or level == 0 else UNDATED][day] = records
    for name, group in groups.items():
        if sum(map(len, group.values())) <= limit:
            shards[name] = _in_order(group)
        elif name == UNDATED or level + 1 == len(_LEVELS):
            shards |= _cut_by_id(_in_order(group), limit, name)
        else:
            _cut(group, limit, level + 1, shards)


def _in_order(days: _Days) -> list[SearchEntry]:
    """The records of some days, newest first."""
    return [
        item
        for day in sorted(days, reverse=True)
        for item in sorted(days[day], key=_IDENTITY, reverse=True)
    ]


def _cut_by_id(
    records: list[SearchEntry], limit: int, name: str, bit: int = 0
) -> dict[str, list[SearchEntry]]:
    """Halves by a bit of a digest of the id; a half that is too large is cut by the next bit."""
    if len(records) <= limit or bit == 64:
        return {name: records} if records else {}
    halves: tuple[list[SearchEntry], list[SearchEntry]] = ([], [])
    for item in records:
        digest = blake2b(f"{item.kind}/{item.id}".encode(), digest_size=8).digest()
        halves[int.from_bytes(digest) >> bit & 1].append(item)
    separator = "" if bit else "."
    first = _cut_by_id(halves[0], limit, f"{name}{separator}0", bit + 1)
    return first | _cut_by_id(halves[1], limit, f"{name}{separator}1", bit + 1)
