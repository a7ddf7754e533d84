"""What a person says of captures: options for all of them, and a file with values for each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.corpus.dates import parse_date
from generator.corpus.kinds import url_fault
from generator.corpus.languages import language_fault
from generator.errors import Problem, ProblemsFound, did_you_mean

TEXTS = (
    "title", "subtitle", "date", "updated", "source", "language", "agency", "place", "url", "canonical_url",
    "section", "captured", "rights", "licence", "notes",
)  # fmt: skip
FIELDS = (*TEXTS, "authors")
DATES = ("date", "updated", "captured")
ADDRESSES = ("url", "canonical_url")

Values = Mapping[str, Any]


def read_meta(path: Path) -> dict[str, Values]:
    """File name → values, from YAML; every fault of the file in one exception."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except OSError as error:
        reason = (
            "a folder" if path.is_dir() else "none there" if not path.exists() else error.strerror
        )
        message = f"--meta: expected a YAML file with values for each input, got {reason}"
        raise ProblemsFound([Problem(path=str(path), message=message)]) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = Problem(
            path=str(path),
            line=mark.line + 1 if mark else 0,
            message=f"expected YAML that can be read ({error})",
        )
        raise ProblemsFound([problem]) from error
    if not isinstance(content, dict) or not all(
        isinstance(item, dict) for item in content.values()
    ):
        message = "expected file names, each with its values below it: `page.html:` and then `  source: herald`"
        raise ProblemsFound([Problem(path=str(path), message=message)])
    problems = [
        Problem(path=str(path), field=f"{name}.{key}", message=fault)
        for name, values in content.items()
        for key, value in values.items()
        if (fault := value_fault(key, value))
    ]
    if problems:
        raise ProblemsFound(problems)
    return content


def value_fault(key: str, value: object) -> str:
    """What is wrong with a value; empty if nothing is."""
    if key not in FIELDS:
        return f"expected one of {', '.join(FIELDS)}, got {key}{did_you_mean(key, FIELDS)}"
    if key == "authors":
        good = isinstance(value, str) or (
            isinstance(value, list) and all(isinstance(item, str) for item in value)
        )
        return "" if good else "expected a list of names"
    if not isinstance(value, str):
        return f"expected a text, got {value!r}"
    if key in DATES and isinstance(fault := parse_date(value), str):
        return fault
    if key in ADDRESSES and (wrong := url_fault(value)):
        return f"{wrong}, got {value!r}"
    if key == "language":
        return language_fault(value) or ""
    if key == "rights" and value not in ("full", "opening", "metadata"):
        return f"expected full, opening or metadata, got {value}"
    return ""


def values_for(name: str, meta: Mapping[str, Values], overrides: Values) -> dict[str, Any]:
    """The values of one input: those of the file win over those for all."""
    own = meta.get(name) or meta.get(name.replace("\\", "/").rpartition("/")[2]) or {}
    merged = {**{key: value for key, value in overrides.items() if value}, **own}
    if isinstance(authors := merged.get("authors"), str):
        merged["authors"] = [authors]
    return merged
