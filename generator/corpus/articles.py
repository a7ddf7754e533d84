"""An article file becomes an `Article`."""

import re
from collections.abc import Mapping
from typing import Any

from generator.corpus.body import parse_body
from generator.corpus.characters import decode
from generator.corpus.dates import FORM, disorder
from generator.corpus.fields import place_in, read_fields
from generator.corpus.formats import FRONT_MATTER
from generator.corpus.kinds import ID
from generator.corpus.nodes import Node, Table, compose
from generator.corpus.report import WHOLE_FILE, Place, Placed, Report, shown
from generator.errors import Severity
from generator.model import Article, ArticleDate, ArticleId, Block, LanguageCode, Rights, Status

FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
FIRST_LINE = Place(1, 1)
UNDATED = "undated"

#: What to do where a file has the wrong name.
RENAME = (
    'rename the file (if it was published, with "- {from: old id, to: new id}" in redirects.yml)'
)

#: What stands for a required value that was reported, so that the others are looked at all the same.
STAND_INS: Mapping[str, Any] = {
    "title": "",
    "date": ArticleDate(iso="unknown"),
    "language": LanguageCode("und"),
}


def read_article(data: bytes, path: str, report: Report) -> Article | None:
    """The article in a file as far as it can be read, None where its source cannot.

    Other required values that cannot be read are reported, and something stands in for them. `path` is relative to the corpus. What depends on other files (its source, the article it
    translates) is not looked at.
    """
    text = decode(data, report)
    parts = None if text is None else split_article(text, report)
    if parts is None:
        return None
    front, body, body_line = parts
    table = compose(front, report, first_line=2) or Table([], 1, 1)
    values = read_fields(table, FRONT_MATTER, report)
    values["blocks"] = parse_body(body, report, first_line=body_line)
    values["id"] = ArticleId(path.rpartition("/")[2].removesuffix(".md"))
    _check_withdrawal(values, table, report)
    _check_id(path, values, table, report)
    for key, message in disorder(*(values.get(key) for key in ("date", "updated", "captured"))):
        report.add(place_in(table, key), key, message, severity=Severity.WARNING)
    return Article(path=path, **{**STAND_INS, **values}) if "source" in values else None


def read_blocks(data: bytes) -> tuple[Block, ...]:
    """The text of an article in a file that was found to be without a fault."""
    aside = Report("")
    parts = split_article(decode(data, aside) or "", aside)
    return () if parts is None else parse_body(parts[1], aside, first_line=parts[2])


def split_article(text: str, report: Report) -> tuple[str, str, int] | None:
    """Front matter, body, and the line on which the body starts."""
    opening = FENCE.match(text)
    if opening is None:
        line = text.split("\n", 1)[0]
        first = shown(line) if line else "nothing"
        report.add(
            FIRST_LINE, "", f"expected front matter that starts with a line of ---, got {first}"
        )
        return None
    closing = FENCE.search(text, opening.end() + 1)
    if closing is None:
        report.add(FIRST_LINE, "", "expected a line of --- that ends the front matter, got none")
        return None
    front = text[opening.end() + 1 : closing.start()]
    return front, text[closing.end() :], front.count("\n") + 2


def article_node(text: str) -> Node | None:
    """The front matter with its places, whatever its faults."""
    aside = Report("")
    parts = split_article(text, aside)
    return None if parts is None else compose(parts[0], aside, first_line=2)


def id_date(date: ArticleDate) -> str:
    """The date as ids have it: to the day, or `undated`."""
    return UNDATED if date.iso == "unknown" else date.iso[:10]


def empty_text_fault(article: Article, source_rights: Rights) -> str | None:
    """Text may lack only where none is shown: rights `metadata`, or withdrawn."""
    hidden = (
        Rights.METADATA in (article.rights, source_rights) or article.status is Status.WITHDRAWN
    )
    if article.blocks or hidden:
        return None
    return "expected text after the front matter, got none; without it, write rights: metadata"


def _check_withdrawal(values: dict[str, Any], table: Node, report: Report) -> None:
    withdrawn = values.get("status") is Status.WITHDRAWN
    if withdrawn and place_in(table, "reason") is table:
        report.add(
            place_in(table, "status"),
            "reason",
            "expected a reason for the withdrawal, got none; write reason: …",
        )
    for field, what in (("reason", "a reason"), ("withdrawn", "this date")):
        if not withdrawn and field in values:
            report.add(
                place_in(table, field),
                field,
                f"expected {what} only with status: withdrawn, got one without; use notes, or withdraw it",
            )


def _check_id(path: str, values: dict[str, Any], table: Node, report: Report) -> None:
    """The file name must say what the front matter says; a date may be known better since."""
    name = str(values["id"])
    folder = path.split("/")[-2]
    if not ID.fullmatch(name):
        expected = (
            "expected a file name of at most 200 lower-case letters a-z, digits and single hyphens"
        )
        report.add(WHOLE_FILE, "id", f"{expected}, got {shown(name)}")
        return
    year = name.split("-", 1)[0]
    if year != folder:
        report.add(
            WHOLE_FILE,
            "id",
            f"expected the folder articles/{year[:60]}, got articles/{folder[:60]}",
        )
    date, source = values.get("date"), values.get("source")
    if date is not None and source is not None:
        _check_name(name, date, source, table, report)


def _check_name(name: str, date: ArticleDate, source: str, table: Node, report: Report) -> None:
    day = id_date(date)
    if name.startswith(f"{day}-{source}-"):
        return
    stated = _stated_date(name)
    rest = name.removeprefix(f"{stated}-")
    if not rest.startswith(f"{source}-"):
        expected = f"expected the source of the file name ({shown(rest)}), got {shown(source)}"
        report.add(
            place_in(table, "source"),
            "source",
            f"{expected}; mend the source, or {RENAME}",
        )
    place: Placed = place_in(table, "date")
    if stated == UNDATED and day != UNDATED:
        message = f"expected no date, as the file name says undated, got {day}; leave it if it was found later"
        report.add(place, "date", message, severity=Severity.WARNING)
    elif not day.startswith(stated):
        expected = f"expected the date of the file name ({stated}), got {day}"
        report.add(place, "date", f"{expected}; mend the date, or {RENAME}")


def _stated_date(name: str) -> str:
    """The date that an id starts with; empty for none."""
    if name.startswith(f"{UNDATED}-"):
        return UNDATED
    match = FORM.match(name)
    return "" if match is None else match[0][:10]
