"""The data export: every table as packed NDJSON and CSV, cut by year, month or day, and the page that describes it.

A site has the files only if its settings say so (`data_export`), the page always.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, repeat
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from generator.model import Archive, Article, ArticleId, OutputFile
from generator.record import record, replace
from generator.settings import Settings
from generator.views import addresses
from generator.views.dates import day_of
from generator.views.interface import Interface
from generator.views.marks import Marks
from generator.views.markup import Html, el, join, safe_url
from generator.views.metadata import link_canonical
from generator.views.packing import PACKED, packed
from generator.views.page import Frame, Page, frame, write_page
from generator.views.shelf import Shelf
from generator.views.table_rows import Row
from generator.views.tables import TEXTS, WHOLE, YEARLY, Table, number_of_rows, rows
from generator.views.tasks import Group, Task, run

ENCODE = msgspec.json.Encoder().encode

#: The name of the export as a data package.
PACKAGE = "variorum"
#: What describes the files to programs.
DESCRIPTION = f"{addresses.DATA}datapackage.json"

#: A year with more articles is cut by month, and the texts of a month with more by day, so that one article more changes little.
MOST = 1_000
#: Rows that are as much work as a page.
ROWS = 60

Columns = tuple[tuple[str, str, str], ...]


@record
class Resource:
    """A table as the export offers it: name, title, columns, files (without ending) with their rows."""

    name: str
    title: str
    columns: Columns
    files: tuple[tuple[str, int], ...]
    forms: tuple[str, ...]


class Period(NamedTuple):
    """A time by which tables are cut: its name, what tells whether anything of it changed, and its articles by their ids."""

    name: str
    seen: bytes
    articles: Callable[[], Sequence[ArticleId]]


def export_groups(shelf: Shelf, marks: Marks) -> Iterator[Task | Group]:
    """What the site has of the export: its page, and if they are wanted all files, those of a table and a time in one
    group. `marks` stand for articles and what is around them."""
    resources = []
    for resource, files in _tables(shelf, marks, by_day=shelf.settings.data_export):
        resources.append(resource)
        if shelf.settings.data_export:
            yield from files
    inputs = (tuple(resources), shelf.settings)
    if shelf.settings.data_export:
        yield Task(path=DESCRIPTION, make=datapackage, inputs=inputs)
    yield Task(path=addresses.file(addresses.DATA), make=data_page, inputs=inputs)


def export_files(archive: Archive, settings: Settings) -> Iterator[OutputFile]:
    """The files of the export, whatever the site has of them, one at a time and without the page. Their paths are those
    below `data/`."""
    shelf = Shelf(archive, settings)
    resources = []
    for resource, files in _tables(shelf, Marks(shelf), by_day=True):
        resources.append(resource)
        yield from map(_below_data, run(files))
    content = datapackage(tuple(resources), settings)
    yield _below_data(OutputFile(path=DESCRIPTION, content=content))


def _below_data(file: OutputFile) -> OutputFile:
    return replace(file, path=file.path.removeprefix(addresses.DATA))


def _tables(
    shelf: Shelf, marks: Marks, *, by_day: bool
) -> Iterator[tuple[Resource, Iterable[Task | Group]]]:
    """Each table as the export offers it, with its files, which are made only if somebody wants them. Who wants to know no
    more than how many rows there are need not have a month with many texts cut `by_day`."""
    years, months = list(_by_year(shelf, marks)), list(_by_month(shelf, marks, by_day=by_day))
    for table, periods in (*zip(YEARLY, repeat(years)), (TEXTS, months)):
        numbers = []
        for period in periods:
            count = marks.number((table.name, period.seen), partial(_count, shelf, table, period))
            if count:
                numbers.append((period, count))
        files = [(period.name, count) for period, count in numbers]
        yield (
            _resource(table.name, table.title, table.columns, files, table.forms),
            [_group(shelf, table, period) for period, _ in numbers],
        )
    for name, (title, make, columns) in WHOLE.items():
        found = tuple(make(shelf))
        files = [("all", len(found))] if found else []
        yield (
            _resource(name, title, columns, files, tuple(FORMS)),
            _write((name, "all"), columns, found, tuple(FORMS)),
        )


def _group(shelf: Shelf, table: Table, period: Period) -> Group:
    """The files of a table and a time."""
    tasks = partial(_part, shelf, table, period)
    return Group(name=f"data {table.name} {period.name}", seen=(period.seen,), tasks=tasks)


def _by_year(shelf: Shelf, marks: Marks) -> Iterator[Period]:
    for name, months in _years(shelf.months).items():
        articles = partial(_of_months, shelf, months)
        yield Period(name, b"".join(map(marks.month, months)), articles)


def _of_months(shelf: Shelf, months: Sequence[str]) -> list[ArticleId]:
    return sorted(chain.from_iterable(map(shelf.months.__getitem__, months)))


def _by_month(shelf: Shelf, marks: Marks, *, by_day: bool) -> Iterator[Period]:
    for month, articles in shelf.months.items():
        if len(articles) <= MOST or not by_day:
            yield Period(month, marks.month(month), partial(_of_months, shelf, [month]))
            continue
        days: dict[str, list[ArticleId]] = {}
        for name in articles:
            days.setdefault(day_of(shelf.cards[name].date), []).append(name)
        for day, some in sorted(days.items()):
            yield Period(day, marks.of_articles(some), some.copy)


def _count(shelf: Shelf, table: Table, period: Period) -> int:
    return number_of_rows(table, shelf, _articles(shelf, period))


def _articles(shelf: Shelf, period: Period) -> Iterator[Article]:
    return map(shelf.archive.articles.__getitem__, period.articles())


def _part(shelf: Shelf, table: Table, period: Period) -> Iterator[Task]:
    found = tuple(rows(table, shelf, _articles(shelf, period)))
    for task in _write((table.name, period.name), table.columns, found, table.forms):
        yield replace(task, seen=(period.seen,))


def _write(
    place: tuple[str, str], columns: Columns, found: tuple[Row, ...], forms: tuple[str, ...]
) -> Iterator[Task]:
    if not found:
        return
    path = addresses.DATA + "/".join(place)
    inputs = (tuple(column for column, _, _ in columns), found)
    weight = 1 + len(found) // ROWS
    for form in forms:
        place_of_form = f"{path}.{form}{PACKED}"
        yield Task(path=place_of_form, make=FORMS[form], inputs=inputs, weight=weight)


def _years(months: Mapping[str, Sequence[ArticleId]]) -> dict[str, list[str]]:
    """The months of each year; those of a year with too many articles are by themselves."""
    numbers: Counter[str] = Counter()
    for name, articles in months.items():
        numbers[_year_of(name)] += len(articles)
    found: dict[str, list[str]] = {}
    for name in months:
        # A year with too many and articles of which nothing but the year is known have one name.
        whole = name if numbers[_year_of(name)] > MOST else _year_of(name)
        found.setdefault(whole, []).append(name)
    return dict(sorted(found.items()))


def _year_of(month: str) -> str:
    return month.partition("-")[0]


def _resource(
    name: str,
    title: str,
    columns: Columns,
    files: Sequence[tuple[str, int]],
    forms: tuple[str, ...],
) -> Resource:
    files = tuple(sorted(files))
    return Resource(name=name, title=title, columns=columns, files=files, forms=forms)


def ndjson(_columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """One JSON object a line, packed."""
    lines = [line for row in rows for line in (ENCODE(row), b"\n")]
    return packed(b"".join(lines))


def comma_separated(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """CSV with a line of names, packed; lists are joined with a semicolon."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row.get(column)) for column in columns] for row in rows])
    return packed(out.getvalue().encode())


#: What writes each form.
FORMS: Mapping[str, Callable[[Sequence[str], Sequence[Row]], bytes]] = MappingProxyType(
    {"ndjson": ndjson, "csv": comma_separated}
)


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
        "name": PACKAGE,
        "title": settings.site_name,
        "homepage": settings.site_url or None,
        "resources": [
            {
                "name": f"{item.name}-{form}",
                "title": item.title,
                "path": [f"{item.name}/{part}.{form}{PACKED}" for part, _ in item.files],
                "format": form,
                "compression": PACKED[1:],
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
    """The page of the export: tables, columns, rights, how to cite; and the files, or where they are."""
    here = frame(addresses.DATA, settings.default_language)
    ui, offered = here.ui, settings.data_export
    title = ui.say("Data")
    body = (
        el("h1", title),
        *(() if offered else (_elsewhere(ui, settings),)),
        el(
            "p",
            ui.say(
                "Everything the archive knows, as tables: one JSON object a line (NDJSON) and as"
                " CSV, cut by year. Where the rights of a text forbid showing it, the tables have"
                " its metadata, its hash and the places of what was found in it, and no words."
            ),
            class_="lead",
        ),
        *(_ways(here) if offered else ()),
        *(_table(item, ui, offered=offered) for item in resources if item.files),
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


def _ways(here: Frame) -> Iterator[Html]:
    """What there is to know of the files, and what describes them."""
    yield el("p", here.ui.say("All files are packed with gzip."))
    yield el("p", here.link(DESCRIPTION, "datapackage.json"))


def _elsewhere(ui: Interface, settings: Settings) -> Html:
    """Where the files are that a site does not have."""
    command = el("code", "variorum export")
    if safe_url(settings.repo_url) is None:
        text = ui.rich(
            "The files of these tables are not part of this site: {command} makes them from the corpus.",
            command=command,
        )
        return el("p", text, class_="lead")
    address = f"{settings.repo_url.rstrip('/')}/releases"
    releases = el("a", ui.say("releases of the repository"), href=address)
    text = ui.rich(
        "The files of these tables are not part of this site: they are among the {releases}, and"
        " {command} makes them from the corpus.",
        releases=releases,
        command=command,
    )
    return el("p", text, class_="lead")


def _table(item: Resource, ui: Interface, *, offered: bool) -> Html:
    count = ui.count("{number} row", "{number} rows", sum(count for _, count in item.files))
    files = [
        el(
            "li",
            f"{part} ",
            *(
                el("a", f"{form}{PACKED}", href=f"{item.name}/{part}.{form}{PACKED}")
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
        el("ul", *files, class_="row") if offered else None,
        el("details", el("summary", ui.say("Columns")), el("table", *columns, class_="columns-of")),
    )
