"""Cutting the search records of a language into shards by the calendar."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

from generator.model import SearchRecord

#: Characters of `sort_date` that are the same within a shard, and how a shard is called that has them.
_LEVELS = ((0, "all"), (3, "{}x"), (4, "{}"), (7, "{}"), (10, "{}"))


def cut_shards(records: Sequence[SearchRecord], limit: int) -> dict[str, list[SearchRecord]]:
    """The records by period, newest first; no shard has more than `limit`.

    A period is cut into shorter ones when it has too many: all, decade, year, month, day, then
    by the record's id. So where a record goes never depends on what lies in other periods, and one more
    record changes one shard.
    """
    shards: dict[str, list[SearchRecord]] = {}
    _cut(list(records), limit, 0, shards)
    ordered = sorted(shards, key=_newest, reverse=True)
    return {name: sorted(shards[name], key=_order, reverse=True) for name in ordered}


def _cut(
    records: list[SearchRecord], limit: int, level: int, shards: dict[str, list[SearchRecord]]
) -> None:
    length, name = _LEVELS[level]
    groups = defaultdict(list)
    for item in records:
        groups[item.sort_date[:length]].append(item)
    for key, group in groups.items():
        called = name.format(key) if key or length == 0 else "undated"
        last = level + 1 == len(_LEVELS) or called == "undated"
        if len(group) <= limit:
            shards[called] = group
        elif last:
            shards |= _cut_by_id(group, limit, called)
        else:
            _cut(group, limit, level + 1, shards)


def _cut_by_id(
    records: list[SearchRecord], limit: int, name: str, bit: int = 0
) -> dict[str, list[SearchRecord]]:
    """Halves by a bit of a digest of the id; a half that is too large is cut by the next bit."""
    if len(records) <= limit or bit == 64:
        return {name: records} if records else {}
    halves: tuple[list[SearchRecord], list[SearchRecord]] = ([], [])
    for item in records:
        digest = blake2b(_identity(item).encode(), digest_size=8).digest()
        halves[int.from_bytes(digest) >> bit & 1].append(item)
    separator = "" if bit else "."
    first = _cut_by_id(halves[0], limit, f"{name}{separator}0", bit + 1)
    return first | _cut_by_id(halves[1], limit, f"{name}{separator}1", bit + 1)


def _identity(item: SearchRecord) -> str:
    return f"{item.kind}/{item.id}"


def _order(item: SearchRecord) -> tuple[str, str]:
    return item.sort_date, _identity(item)


def _newest(name: str) -> tuple[bool, str]:
    """`undated` goes last; `202x` counts as its last year."""
    return not name.startswith("undated"), name.replace("x", "9")
