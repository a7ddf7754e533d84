"""Cutting the search records of a language into shards by the calendar."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from hashlib import blake2b

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


def _day(day: str) -> int:
    """The day of the month; the last two belong to those before."""
    return min(int(day[8:]), 29)


def cut_shards(records: Sequence[SearchEntry], limit: int) -> dict[str, list[SearchEntry]]:
    """The records by period, newest first; no shard has more than `limit`.

    A period is cut into shorter ones when it has too many: all, decade, year, half, quarter, month, ten days, five
    days, day, then by the record's id. So where a record goes never depends on what lies in other periods, and one more
    record changes one shard.
    """
    shards: dict[str, list[SearchEntry]] = {}
    _cut(list(records), limit, 0, shards)
    ordered = sorted(shards, key=lambda name: _newest(shards[name], name), reverse=True)
    return {name: sorted(shards[name], key=_order, reverse=True) for name in ordered}


def _cut(
    records: list[SearchEntry], limit: int, level: int, shards: dict[str, list[SearchEntry]]
) -> None:
    groups = defaultdict(list)
    for item in records:
        dated = item.sort_date or level == 0
        groups[_LEVELS[level](item.sort_date) if dated else UNDATED].append(item)
    for name, group in groups.items():
        if len(group) <= limit:
            shards[name] = group
        elif name == UNDATED or level + 1 == len(_LEVELS):
            shards |= _cut_by_id(group, limit, name)
        else:
            _cut(group, limit, level + 1, shards)


def _cut_by_id(
    records: list[SearchEntry], limit: int, name: str, bit: int = 0
) -> dict[str, list[SearchEntry]]:
    """Halves by a bit of a digest of the id; a half that is too large is cut by the next bit."""
    if len(records) <= limit or bit == 64:
        return {name: records} if records else {}
    halves: tuple[list[SearchEntry], list[SearchEntry]] = ([], [])
    for item in records:
        digest = blake2b(_identity(item).encode(), digest_size=8).digest()
        halves[int.from_bytes(digest) >> bit & 1].append(item)
    separator = "" if bit else "."
    first = _cut_by_id(halves[0], limit, f"{name}{separator}0", bit + 1)
    return first | _cut_by_id(halves[1], limit, f"{name}{separator}1", bit + 1)


def _identity(item: SearchEntry) -> str:
    return f"{item.kind}/{item.id}"


def _order(item: SearchEntry) -> tuple[str, str]:
    return item.sort_date, _identity(item)


def _newest(records: list[SearchEntry], name: str) -> tuple[str, str]:
    """By the latest day; periods of the same records' days do not overlap."""
    return max(item.sort_date for item in records), name
