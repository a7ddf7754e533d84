"""A small site around the search page: the index, the names, a shell as the views write it, and pages to land on."""

import json
import shutil
from collections.abc import Iterable
from concurrent.futures import Executor
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from generator.analysis.names import variants
from generator.model import Entity, SearchEntry, SearchRecord
from generator.settings import Settings
from generator.site.search_index import IndexReport, build_index
from generator.site.search_names import name_table
from generator.text import direction, paragraph_address
from generator.views.search_page import FILES
from generator.views.search_records import search_entry
from generator.views.search_script import SCRIPT, search_script, search_style

ASSETS = Path(__file__).resolve().parent.parent / "generator" / "theme" / "assets"

SHELL = """<!doctype html><html lang="{ui}" dir="{dir}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Search</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="../assets/variorum.css">
<script type="module" src="../{script}"></script>
{preload}<style>{style}</style>{strings}
<body><main id="main" class="md-typeset"><article><h1>Search</h1>
<div id="search" data-root="../" data-ui="{ui}"></div></article></main></body></html>"""

#: The words of the page; a page without them fetches them.
STRINGS = '<script type="application/json" id="search-strings">{}</script>'

ARTICLE = """<!doctype html><html lang="{language}" dir="{dir}"><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,"><main><article><h1>{title}</h1>{paragraphs}</article></main>
<script>if (/[?&]mark=/.test(location.search)) import(new URL("../../assets/search/mark.js", location.href));</script>
</html>"""


def index_records(records: Iterable[SearchRecord], out: Path, **options: Any) -> IndexReport:
    """Index records that are made already."""
    return build_index(map(as_entry, records), out, **options)


def as_entry(record: SearchRecord) -> SearchEntry:
    """What the index knows of a record."""
    return search_entry(record, partial(_itself, record))


def _itself(record: SearchRecord) -> SearchRecord:
    return record


def write_search_site(
    folder: Path,
    records: Iterable[SearchRecord],
    entities: Iterable[Entity] = (),
    *,
    settings: Settings | None = None,
    pages: bool = True,
    executor: Executor | None = None,
) -> IndexReport:
    """Write a site whose only working parts are the search page and its articles."""
    records = list(records)
    shutil.copytree(ASSETS, folder / "assets", dirs_exist_ok=True)
    index = folder / "search" / "index"
    names = name_table(entities, address=lambda entity: f"entities/{entity}/", variants=variants)
    report = index_records(
        records,
        index,
        settings=settings or Settings(),
        executor=executor,
        names=json.loads(names[0].content),
    )
    for file in names:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    preload = "".join(
        f'<link rel="preload" as="fetch" crossorigin href="../{file}">\n' for file in FILES
    )
    (folder / SCRIPT).write_text(search_script(), encoding="utf-8")
    for ui in ("en", "ar"):
        prefix = "" if ui == "en" else f"{ui}-"
        page = folder / f"{prefix}search" / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        strings = STRINGS.format((ASSETS / "search" / "strings.json").read_text(encoding="utf-8"))
        shell = SHELL.format(
            ui=ui,
            dir=direction(ui),
            preload=preload,
            script=SCRIPT,
            style=search_style(),
            strings=strings if ui == "en" else "",
        )
        page.write_text(shell, encoding="utf-8")
    for record in records if pages else ():
        _write_page(folder, record)
    return report


def _write_page(folder: Path, record: SearchRecord) -> None:
    page = folder / record.url / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    texts = record.content.split("\n")
    paragraphs = "".join(
        f"<p><a id={paragraph_address(text)}></a>{escape(text)}</p>" for text in texts if text
    )
    html = ARTICLE.format(
        language=record.language,
        dir=direction(record.language),
        title=escape(record.title),
        paragraphs=paragraphs,
    )
    page.write_text(html, encoding="utf-8")
