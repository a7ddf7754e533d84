"""Reading the settings from `mkdocs.yml`, the only configuration file."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from generator.errors import Problem, ProblemsFound, UsageError, did_you_mean, shown
from generator.record import replace
from generator.settings import ADDRESS, TEXT_SETTINGS, Settings, parse_settings, told


class _Loader(yaml.CSafeLoader):
    """Takes MkDocs' own tags (`!ENV`, `!relative`, `!!python/name:…`) as nothing: no setting of ours uses them."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def read_settings(config_file: Path) -> Settings:
    """The settings of an archive; every value that does not fit is a problem, all in one exception."""
    if not config_file.is_file():
        got = "a folder" if config_file.is_dir() else "none"
        raise UsageError(
            f"{config_file}: expected MkDocs' configuration file, got {got};"
            " go to the folder of the archive, or name the file with --config FILE"
        )
    # Needed below alone, and not for a page of help.
    from generator.pipeline.config_places import placed, repeated_keys, settings_node

    path = str(config_file)
    text = _text(config_file)
    node, faults = settings_node(text)
    values = _values(text, path, faults)
    settings, problems = _settings(values, path)
    problems = [*placed(problems, node), *repeated_keys(node, path)]
    if problems:
        raise ProblemsFound(problems)
    return settings


def _text(config_file: Path) -> str:
    data = config_file.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        from generator.corpus.characters import decode
        from generator.corpus.report import Report

        report = Report(str(config_file))
        decode(data, report)
        raise ProblemsFound(report.problems) from error


def _values(text: str, path: str, faults: tuple[Problem, ...]) -> Mapping[Any, Any]:
    """What the file says; its faults as YAML are those that were found on the way to its places.

    Deep nesting is one of them, which would break the parser below.
    """
    if faults:
        raise ProblemsFound(replace(item, path=path) for item in faults)
    try:
        values = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or error
        fault = Problem(
            path=path,
            line=mark.line + 1 if mark else 0,
            column=mark.column + 1 if mark else 0,
            message=f"expected YAML, got a fault: {what}",
        )
        raise ProblemsFound([fault]) from error
    if not isinstance(values, dict):
        message = f"expected settings, one a line as name: value, got {told(values)}"
        raise ProblemsFound([Problem(path=path, message=message)])
    return values


def _settings(values: Mapping[Any, Any], path: str) -> tuple[Settings, list[Problem]]:
    """The settings, and what does not fit."""
    problems: list[Problem] = []

    def table(field: str, value: object) -> Mapping[Any, Any]:
        if isinstance(value, dict) or value is None:
            return value or {}
        message = f"expected settings below it, got {told(value)}"
        problems.append(Problem(path=path, field=field, message=message))
        return {}

    extra = table("extra", values.get("extra"))
    settings, found = parse_settings(table("extra.archive", extra.get("archive")), path=path)
    problems += found
    for name in () if "archive" in extra else map(str, extra):
        if cure := did_you_mean(name, ["archive"]):
            message = f"expected a section that some program reads, got {shown(name)}{cure}"
            problems.append(Problem(path=path, field=f"extra.{name}", message=message))
    own: dict[str, Any] = {}
    for name, setting in TEXT_SETTINGS.items():
        value = values.get(name)
        if isinstance(value, str) and value:
            own[setting] = value
        elif value is not None and not isinstance(value, str):
            message = f"expected a text, got {told(value)}; put it in quotes"
            problems.append(Problem(path=path, field=name, message=message))
    settings = replace(settings, **own)
    problems += (
        Problem(path=path, field=name, message=message)
        for name, message in _at_odds(values, settings)
    )
    return settings, problems


def _at_odds(values: Mapping[Any, Any], settings: Settings) -> Iterator[tuple[str, str]]:
    """Settings of MkDocs that no site can have, or that say otherwise than ours."""
    if settings.site_url and not _is_address(settings.site_url):
        told = f"expected an address that starts with https:// or http://, got {shown(settings.site_url)}"
        yield "site_url", told
    for name, ours in (("docs_dir", settings.docs), ("site_dir", settings.site)):
        theirs = values.get(name)
        if isinstance(theirs, str) and Path(theirs) != Path(ours):
            key = name.removesuffix("_dir")
            told = f"expected {shown(ours)} as extra.archive.{key} has it, got {shown(theirs)}"
            yield name, f"{told}; write one folder in both places"


def _is_address(text: str) -> bool:
    """Whether it is the address of a site as far as its form tells."""
    try:
        parts = urlsplit(text)
        return bool(ADDRESS.fullmatch(text) and parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
