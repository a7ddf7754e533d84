"""Dates as the corpus writes them: as precise as they are known, never more."""

import re
from datetime import date, datetime

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
