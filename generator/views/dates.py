"""Dates as precise as they are known: their parts, their order, their earliest day."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache

from generator.model import ArticleDate
from generator.views.addresses import UNDATED

ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
#: The letters of a date that tell its month, and its day; many dates have these in common.
MONTH, DAY = len("2022-01"), len("2022-01-28")


#: Dates are asked for again and again, by every list that an article is in.
_remember = lru_cache(maxsize=200_000)


def parts(when: ArticleDate | None) -> tuple[int, ...]:
    """Year, month and day as far as they are known; empty for an unknown date."""
    return _parts(when.iso[:DAY]) if when is not None else ()


@_remember
def _parts(iso: str) -> tuple[int, ...]:
    match = ISO.match(iso)
    return tuple(int(part) for part in match.groups() if part) if match else ()


def folders(when: ArticleDate) -> tuple[str, str, str]:
    """Year, month and day as folders are called; empty if not known, but in place of an unknown year what stands for it."""
    return _keys(when.iso[:DAY])


@_remember
def _keys(iso: str) -> tuple[str, str, str]:
    known = _parts(iso)
    month, day, *_ = (*(f"{number:02d}" for number in known[1:]), "", "")
    return f"{known[0]:04d}" if known else UNDATED, month, day


def month_of(when: ArticleDate) -> str:
    """`YYYY-MM` as far as it is known."""
    return _as_known(when.iso[:MONTH])


def day_of(when: ArticleDate) -> str:
    """`YYYY-MM-DD` as far as it is known."""
    return _as_known(when.iso[:DAY])


@_remember
def _as_known(iso: str) -> str:
    return "-".join(filter(None, _keys(iso)))


def earliest_day(when: ArticleDate | None) -> date | None:
    """The first day a date can mean: 1 January for a year."""
    known = parts(when)
    return date(*(*known, 1, 1)[:3]) if known else None


def moment(when: ArticleDate) -> datetime | None:
    """The date with its time and offset; None where no time is known."""
    return datetime.fromisoformat(when.iso) if "T" in when.iso else None


def sort_key(when: ArticleDate | None) -> str:
    """A text that sorts by time; unknown dates come first, less precise ones before more precise."""
    return _sort_key(when.iso) if when is not None else ""


@_remember
def _sort_key(iso: str) -> str:
    if not _parts(iso):
        return ""
    exact = datetime.fromisoformat(iso) if "T" in iso else None
    if exact is None or exact.tzinfo is None:
        return iso
    # The first hours of year 1 and the last of 9999 have no universal time.
    with suppress(OverflowError):
        exact = exact.astimezone(UTC)
    return f"{exact.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def days(when: ArticleDate | None) -> str:
    """`YYYY-MM-DD` of the earliest day, empty if unknown."""
    return _days(when.iso[:DAY]) if when is not None else ""


@_remember
def _days(iso: str) -> str:
    day = earliest_day(ArticleDate(iso=iso))
    return day.isoformat() if day else ""
