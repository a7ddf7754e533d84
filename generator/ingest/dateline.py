"""The dateline of an agency's report: place, day and agency, as they stand before its first words."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import regex

from generator.record import record
from generator.resources import yaml_resource
from generator.text import fold, normal

#: Longest dateline, in characters.
LONGEST = 90
PLACE = r"(?P<place>\p{Lu}[\p{L}.'’\-/]*(?:[ ,]+(?:\p{Lu}|d[eiu]|la|le)[\p{L}.'’\-/]*){0,5})"
DASH = r"\s*(?:[-–—―]{1,2}|/[.,]?|:)\s*"
DAY = r"(?P<day>[\p{L}.]+\s+\d{1,2}|\d{1,2}\.?\s+(?:de\s+)?[\p{L}.]+|\d{1,2}月\d{1,2}日)(?P<year>,?\s+\d{4})?"
AGENCY = r"(?P<agency>[^/()\[\]—–]{2,40}?)"
FORMS = (
    # PLACE, January 28. /AGENCY/. Text
    regex.compile(rf"{PLACE},?\s+{DAY}(?:\s*г\.?)?[.,]?\s*[-–—]?\s*/{AGENCY}/\s*[.,:–—-]*\s+"),
    # PLACE, January 28 (AGENCY) - Text; PLACE (AGENCY) — Text
    regex.compile(rf"{PLACE}(?:,?\s+{DAY})?[.,]?\s*[-–—]?\s*[(\[]{AGENCY}[)\]]{DASH}"),
    # (AGENCY) - Text; /AGENCY/ Text
    regex.compile(rf"[(\[/]{AGENCY}[)\]/]{DASH}"),
    # 【AGENCY】 and （AGENCY）: Text
    regex.compile(rf"[【（(]{AGENCY}[】）)]\s*"),
    # PLACE, 28 января - AGENCY. Text
    regex.compile(rf"{PLACE},\s+{DAY}\s*[-–—]\s*{AGENCY}[.,:]\s+"),
)


@record
class Dateline:
    """What a dateline says; `month` and `day` are 0 and `year` empty where it does not."""

    text: str
    place: str = ""
    agency: str = ""
    month: int = 0
    day: int = 0
    year: str = ""


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph begins with, if an agency is known by a name it gives."""
    head = normal(paragraph)[: LONGEST + 40]
    for form in FORMS:
        match = form.match(head)
        if match is None or match.end() > LONGEST:
            continue
        groups = match.groupdict()
        agency = agency_name(groups.get("agency") or "")
        if not agency:
            continue
        month, day = _day(groups.get("day") or "")
        return Dateline(
            text=match.group().strip(),
            place=_place(groups.get("place") or ""),
            agency=agency,
            month=month,
            day=day,
            year=(groups.get("year") or "").strip(" ,"),
        )
    return None


def agency_name(text: str) -> str:
    """The usual name of an agency, by any name or part of a list such as `AFP, dpa`; empty if unknown."""
    for part in regex.split(r"\s*[,/;&+]\s*|\s-\s", text):
        if name := _agencies().get(fold(part).strip(" .")):
            return name
    return ""


def is_month(word: str) -> bool:
    """Whether a word is the name of a month, in any language and form."""
    return fold(word).strip(".") in _months()


def _place(text: str) -> str:
    """A place as names are written: not in capitals."""
    text = text.strip(" ,")
    return text.title() if text.isupper() and len(text) > 3 else text


def _day(text: str) -> tuple[int, int]:
    numbers = [int(number) for number in regex.findall(r"\d+", text)]
    if "月" in text and len(numbers) == 2:
        return numbers[0], numbers[1]
    names = [_months().get(fold(word).strip("."), 0) for word in regex.findall(r"\p{L}+", text)]
    month = next((number for number in names if number), 0)
    return (month, numbers[0]) if month and numbers and 1 <= numbers[0] <= 31 else (0, 0)


@cache
def _agencies() -> Mapping[str, str]:
    data = yaml_resource("ingest/agencies.yml")
    return MappingProxyType(
        {fold(form): name for name, forms in data.items() for form in (name, *forms)}
    )


@cache
def _months() -> Mapping[str, int]:
    """Month by name, in any language and form: `january`, `jan`, `января`."""
    data = yaml_resource("ingest/months.yml")
    names: dict[str, int] = {}
    for months in data.values():
        for number, forms in enumerate(months, start=1):
            for form in forms.split():
                names.setdefault(fold(form), number)
    return MappingProxyType(names)


def contradiction(date: str, month: int, day: int) -> list[str]:
    """A warning where a dateline's month and day (0: none) are more than a day from the date."""
    if len(date) < 10 or not day:
        return []
    apart = abs((month - int(date[5:7])) * 31 + day - int(date[8:10]))
    if apart <= 1 or apart >= 11 * 31:
        return []
    return [f"the date is {date[:10]}, the dateline says month {month}, day {day}"]
