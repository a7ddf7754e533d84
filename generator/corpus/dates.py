"""Dates as the corpus writes them: as precise as they are known, never more."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from generator.model import ArticleDate

FORM = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)
LOOSE = re.compile(r"(?P<year>[0-9]{4})[-./ ]?(?P<month>[0-9]{1,2})[-./ ]?(?P<day>[0-9]{1,2})")
DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[-./ ](?P<month>[0-9]{1,2})[-./ ](?P<year>[0-9]{4})")
EXPECTED = "expected a date (2024-12-31, 2024-12, 2024, 2024-12-31T18:30:00+03:00 or unknown)"


def parse_date(text: str) -> ArticleDate | str:
    """The date in its one form (seconds always, offset as `+00:00`), or what is wrong with it."""
    if text == "unknown":
        return ArticleDate(iso=text)
    match = FORM.fullmatch(text)
    if match is None:
        return EXPECTED + _cure(text)
    fault = _fault(match)
    if fault is not None:
        return fault
    if match["time"] is None:
        return ArticleDate(iso=text)
    time = match["time"] if len(match["time"]) == 8 else f"{match['time']}:00"
    offset = "+00:00" if match["offset"] == "Z" else match["offset"]
    return ArticleDate(iso=f"{text[:10]}T{time}{offset}")


def disorder(
    published: ArticleDate | None, updated: ArticleDate | None, captured: ArticleDate | None
) -> Iterator[tuple[str, str]]:
    """The dates that lie before that of publication, by key, and what was expected instead.

    A day without its time may be that of any time zone, and that of a capture the machine's own.
    """
    if published is None:
        return
    for key, later in (("updated", updated), ("captured", captured)):
        if later is None or "unknown" in (published.iso, later.iso):
            continue
        if _ends(published)[0] - _ends(later)[1] > _slack(key, published, later):
            told = f"expected a date from that of publication on ({published.iso}), got {later.iso}"
            yield key, f"{told}; one of the two is wrong"


def _slack(key: str, published: ArticleDate, later: ArticleDate) -> timedelta:
    if key == "captured":
        return timedelta(days=2)
    alike = ("T" in published.iso) == ("T" in later.iso)
    return timedelta(hours=0 if alike else 14)


def _ends(when: ArticleDate) -> tuple[datetime, datetime]:
    """The first and the last moment that a date may mean, days taken as those of UTC."""
    if "T" in when.iso:
        moment = datetime.fromisoformat(when.iso)
        return moment, moment
    year, month, day = (int(part) for part in f"{when.iso}-00-00"[:10].split("-"))
    last = day or monthrange(year, month or 12)[1]
    return (
        datetime(year, month or 1, day or 1, tzinfo=UTC),
        datetime(year, month or 12, last, 23, 59, 59, tzinfo=UTC),
    )


def _fault(match: re.Match[str]) -> str | None:
    if match["time"] is not None and match["offset"] is None:
        return _fault_of_time(match[0]) or (
            f"expected a time with its offset; write {match[0]}+00:00 for UTC"
        )
    try:
        if match["time"] is None:
            date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        else:
            return _fault_of_time(match[0])
    except ValueError as error:
        return f"expected a date that exists ({error})"
    return None


def _fault_of_time(text: str) -> str | None:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        told = "the offset is at most 23:59" if "timedelta" in str(error) else error
        return f"expected a time that exists ({told})"
    return None


def _cure(text: str) -> str:
    """The date that was probably meant; silent where day and month could be either."""
    timed = (
        re.sub(r"(?<=[0-9])[ t] *(?=[0-9])", "T", text, count=1).replace(" ", "").replace("z", "Z")
    )
    if "T" in timed and timed != text and FORM.fullmatch(timed):
        return f"; did you mean {timed}?"
    match = LOOSE.fullmatch(text) or DAY_FIRST.fullmatch(text)
    if match is None:
        return ""
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    if match.re is DAY_FIRST and month > 12 >= day:
        month, day = day, month
    elif match.re is DAY_FIRST and day <= 12 and day != month:
        return "; write year, month and day in this order"
    try:
        return f"; did you mean {date(year, month, day).isoformat()}?"
    except ValueError:
        return ""
