"""The data export: every table as packed NDJSON and CSV, cut by year, and the page that describes it."""

import csv
import gzip
import io
import json
from collections.abc import Iterator, Sequence

from generator.model import Article, record
from generator.settings import Settings
from generator.views import addresses
from generator.views.calendar_cut import month, year
from generator.views.interface import Interface
from generator.views.markup import Html, el, join
from generator.views.metadata import link_canonical
from generator.views.page import Page, frame, write_page
from generator.views.shelf import Shelf
from generator.views.tables import TEXTS, WHOLE, YEARLY, Row, Table
from generator.views.tasks import Task

#: The endings of the forms; NDJSON is for programs, all of which read it packed, at a quarter of the bytes.
ENDINGS = {"ndjson": "ndjson.gz", "csv": "csv"}

Columns = tuple[tuple[str, str, str], ...]


@record
class Resource:
    """A table as the export offers it: name, title, columns, files (without ending) with their rows."""

    name: str
    title: str
    columns: Columns
    files: tuple[tuple[str, int], ...]
    forms: tuple[str, ...] = ("ndjson", "csv")


def export_tasks(shelf: Shelf) -> Iterator[Task]:
    """All files of the export; texts as NDJSON only, cut by month."""
    resources = []
    for table in YEARLY:
        parts = {name: tuple(table.rows(shelf, items)) for name, items in _years(shelf).items()}
        yield from _write(table.name, table.columns, parts)
        resources.append(_resource(table, parts))
    texts = {name: tuple(TEXTS.rows(shelf, items)) for name, items in _months(shelf).items()}
    for name, rows in texts.items():
        if rows:
            yield Task(path=f"data/texts/{name}.{ENDINGS['ndjson']}", make=ndjson, inputs=(rows,))
    resources.append(_resource(TEXTS, texts, forms=("ndjson",)))
    for name, (title, make, columns) in WHOLE.items():
        rows = tuple(make(shelf))
        yield from _write(name, columns, {"all": rows})
        files = (("all", len(rows)),) if rows else ()
        resources.append(Resource(name=name, title=title, columns=columns, files=files))
    inputs = (tuple(resources), shelf.settings)
    yield Task(path="data/datapackage.json", make=datapackage, inputs=inputs)
    yield Task(path=addresses.file(addresses.DATA), make=data_page, inputs=inputs)


def _years(shelf: Shelf) -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for article in sorted(shelf.published, key=lambda item: item.id):
        found.setdefault(year(shelf.cards[article.id]), []).append(article)
    return dict(sorted(found.items()))


def _months(shelf: Shelf) -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for article in sorted(shelf.published, key=lambda item: item.id):
        card = shelf.cards[article.id]
        name = "-".join(part for part in (year(card), month(card)) if part)
        found.setdefault(name, []).append(article)
    return dict(sorted(found.items()))


def _resource(
    table: Table, parts: dict[str, tuple[Row, ...]], *, forms: tuple[str, ...] = ("ndjson", "csv")
) -> Resource:
    files = tuple((name, len(rows)) for name, rows in sorted(parts.items()) if rows)
    return Resource(
        name=table.name, title=table.title, columns=table.columns, files=files, forms=forms
    )


def _write(name: str, columns: Columns, parts: dict[str, tuple[Row, ...]]) -> Iterator[Task]:
    names = tuple(column for column, _, _ in columns)
    for part, rows in parts.items():
        if rows:
            path = f"data/{name}/{part}."
            yield Task(path=path + ENDINGS["ndjson"], make=ndjson, inputs=(rows,))
            yield Task(path=path + ENDINGS["csv"], make=comma_separated, inputs=(names, rows))


def ndjson(rows: Sequence[Row]) -> bytes:
    """One JSON object a line, packed; without a time, so that the same rows give the same bytes."""
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)


def comma_separated(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """CSV with a line of names; lists are joined with a semicolon."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row.get(column)) for column in columns] for row in rows])
    return out.getvalue().encode()


def _cell(value: object) -> str:
    """A value as spreadsheets read it; what they would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@" and len(text) > 1 else text


def datapackage(resources: Sequence[Resource], settings: Settings) -> bytes:
    """The description of the export for programs (Frictionless Data Package)."""
    data = {
        "profile": "data-package",
        "name": "variorum",
        "title": settings.site_name,
        "homepage": settings.site_url or None,
        "resources": [
            {
                "name": f"{item.name}-{form}",
                "title": item.title,
                "path": [f"{item.name}/{part}.{ENDINGS[form]}" for part, _ in item.files],
                "format": form,
                **({"compression": "gz"} if ENDINGS[form].endswith(".gz") else {}),
                "encoding": "utf-8",
                "rows": sum(count for _, count in item.files),
                "schema": {
                    "fields": [
                        {
                            "name": name,
                            "type": kind if form == "ndjson" else _flat(kind),
                            "description": text,
                        }
                        for name, kind, text in item.columns
                    ]
                },
            }
            for item in resources
            for form in item.forms
            if item.files
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _flat(kind: str) -> str:
    return "string" if kind == "array" else kind


def data_page(resources: Sequence[Resource], settings: Settings) -> bytes:
    """The page of the export: tables, columns, files, rights, how to cite."""
    here = frame(addresses.DATA, settings.default_language)
    ui = here.ui
    title = ui.say("Data")
    body = (
        el("h1", title),
        el(
            "p",
            ui.say(
                "Everything the archive knows, as tables: one JSON object a line (NDJSON) and as"
                " CSV, cut by year. Where the rights of a text forbid showing it, the tables have"
                " its metadata, its hash and the places of what was found in it, and no words."
            ),
            class_="lead",
        ),
        el("p", here.link(f"{addresses.DATA}datapackage.json", "datapackage.json")),
        *(_table(item, ui) for item in resources if item.files),
        el("h2", ui.say("Cite")),
        el("p", f"{settings.site_name}. {settings.site_url}{addresses.DATA}"),
    )
    return write_page(
        Page(
            address=addresses.DATA,
            kind="data",
            title=title,
            ui=ui.language,
            head=join(link_canonical(addresses.DATA, settings)),
            body=body,
        )
    )


def _table(item: Resource, ui: Interface) -> Html:
    count = ui.count("{number} row", "{number} rows", sum(count for _, count in item.files))
    files = [
        el(
            "li",
            f"{part} ",
            *(
                el("a", ENDINGS[form], href=f"{item.name}/{part}.{ENDINGS[form]}")
                for form in item.forms
            ),
        )
        for part, _ in item.files
    ]
    columns = [
        el("tr", el("th", el("code", name), scope="row"), el("td", kind), el("td", text))
        for name, kind, text in item.columns
    ]
    return el(
        "section",
        el("h2", item.name),
        el("p", f"{item.title} · {count}", class_="soft"),
        el("ul", *files, class_="row"),
        el("details", el("summary", ui.say("Columns")), el("table", *columns, class_="columns-of")),
    )
