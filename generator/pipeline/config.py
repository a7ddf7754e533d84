"""Reading the settings from `mkdocs.yml`, the only configuration file."""

from pathlib import Path
from typing import Any

import yaml

from generator.errors import Problem, ProblemsFound, UsageError, did_you_mean
from generator.record import replace
from generator.settings import Settings, parse_settings


class _Loader(yaml.CSafeLoader):
    """Takes MkDocs' own tags (`!ENV`, `!relative`, `!!python/name:…`) as nothing: no setting of ours uses them."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def read_settings(config_file: Path) -> Settings:
    """The settings of an archive; every value that does not fit is a problem, all in one exception."""
    if not config_file.is_file():
        raise UsageError(
            f"{config_file}: expected MkDocs' configuration file; there is none. Try --config"
        )
    values = _read(config_file)
    extra = _table(values, "extra", config_file)
    archive = extra.get("archive") or {}
    if not isinstance(archive, dict):
        problem = Problem(
            path=str(config_file),
            field="extra.archive",
            message=f"expected settings, got {archive!r}",
        )
        raise ProblemsFound([problem])
    settings, problems = parse_settings(archive, path=str(config_file))
    for name in () if "archive" in extra else map(str, extra):
        if cure := did_you_mean(name, ["archive"]):
            message = f"expected a section that some program reads, got {name!r}{cure}"
            problems += (Problem(path=str(config_file), field=f"extra.{name}", message=message),)
    if problems:
        raise ProblemsFound(problems)
    return replace(
        settings,
        site_name=str(values.get("site_name") or settings.site_name),
        site_url=str(values.get("site_url") or ""),
        repo_url=str(values.get("repo_url") or ""),
        description=str(values.get("site_description") or ""),
    )


def _read(config_file: Path) -> dict[str, Any]:
    try:
        values = yaml.load(config_file.read_text(encoding="utf-8"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        what = getattr(error, "problem", None) or "text in UTF-8"
        problem = Problem(
            path=str(config_file),
            line=line,
            column=column,
            message=f"expected YAML, got a fault: {what}",
        )
        raise ProblemsFound([problem]) from error
    if not isinstance(values, dict):
        message = "expected settings, one a line as `name: value`"
        raise ProblemsFound([Problem(path=str(config_file), message=message)])
    return values


def _table(values: dict[str, Any], name: str, config_file: Path) -> dict[str, Any]:
    found = values.get(name) or {}
    if not isinstance(found, dict):
        message = f"expected settings below it, got {found!r}"
        raise ProblemsFound([Problem(path=str(config_file), field=name, message=message)])
    return found
