"""The data that ships with the package, read from `generator/data/`, and with the packages that it needs."""

import gzip
import json
import pickle
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml


@cache
def resource(name: str) -> bytes:
    """The bytes of `generator/data/<name>`; names ending in `.gz` come unpacked."""
    data = (files("generator") / "data").joinpath(*name.split("/")).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


def packaged(package: str, name: str) -> bytes:
    """The bytes of a file that another package brings along."""
    return files(package).joinpath(*name.split("/")).read_bytes()


@cache
def yaml_resource(name: str) -> Any:
    """A packaged YAML file as plain values; do not change what comes back, it is shared."""
    return yaml.load(resource(name), Loader=yaml.CSafeLoader)


@cache
def json_resource(name: str) -> Any:
    """A packaged JSON file as plain values; do not change what comes back, it is shared."""
    return json.loads(resource(name))


@cache
def asset(name: str) -> str:
    """The text of one of the theme's own files, `generator/theme/assets/<name>`."""
    path = (files("generator") / "theme" / "assets").joinpath(*name.split("/"))
    return path.read_text(encoding="utf-8")


@cache
def interface_languages() -> tuple[str, ...]:
    """The languages that have a catalogue, sorted."""
    folders = (files("generator") / "locales").iterdir()
    found = (item.name for item in folders if (item / "LC_MESSAGES" / "variorum.po").is_file())
    return tuple(sorted(found))


@cache
def catalogue(language: str) -> bytes:
    """The gettext catalogue (`.po`) of the interface in a language."""
    path = files("generator") / "locales" / language / "LC_MESSAGES" / "variorum.po"
    return path.read_bytes()


@cache
def calendar_names(language: str) -> Mapping[str, Any]:
    """The names of months and days in a language (CLDR), by table (`months`, `days`), context and width.

    Babel keeps what a locale inherits in tables that locales share, so that what one of them says depends on who
    was asked before. These are read from its files anew. Raises what `babel.Locale.parse` does for a language it
    does not know.
    """
    from babel import Locale, localedata
    from babel.core import get_global

    name = str(Locale.parse(language))
    chain = [name]
    while name != "root":
        name = get_global("parent_exceptions").get(name) or name.rpartition("_")[0] or "root"
        chain.append(name)
    data: dict[str | int | None, Any] = {}
    for name in reversed(chain):
        file = Path(localedata.resolve_locale_filename(name))
        localedata.merge(data, pickle.loads(file.read_bytes()))
    return localedata.LocaleDataDict({key: data[key] for key in ("months", "days")})
