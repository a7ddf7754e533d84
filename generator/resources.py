"""The data that ships with the package, read from `generator/data/` and nothing else."""

import gzip
import json
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def resource(name: str) -> bytes:
    """The bytes of `generator/data/<name>`; names ending in `.gz` come unpacked."""
    data = (files("generator") / "data").joinpath(*name.split("/")).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


@cache
def yaml_resource(name: str) -> Any:
    """A packaged YAML file as plain values; do not change what comes back, it is shared."""
    return yaml.load(resource(name), Loader=yaml.CSafeLoader)


@cache
def json_resource(name: str) -> Any:
    """A packaged JSON file as plain values; do not change what comes back, it is shared."""
    return json.loads(resource(name))


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
