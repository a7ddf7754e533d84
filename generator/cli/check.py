"""`variorum check`: every problem of the corpus, with its place."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.cli.arguments import path
from generator.corpus.reader import check_paths, read_corpus
from generator.errors import Problem, Severity
from generator.pipeline.config import read_settings
from generator.pipeline.decisions import stale_decisions
from generator.settings import Settings

FORMATS = ("text", "json", "github")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "check",
        help="list every problem of the corpus",
        description="List every problem of the corpus as path:line:column: field: expected …, got …",
    )
    command.add_argument(
        "paths",
        nargs="*",
        type=path,
        metavar="PATH",
        help="list only the problems of these files and folders of the corpus",
    )
    command.add_argument(
        "--corpus", type=path, metavar="DIR", help="folder of the corpus (default: of mkdocs.yml)"
    )
    command.add_argument(
        "--config",
        type=path,
        default=Path("mkdocs.yml"),
        metavar="FILE",
        help="MkDocs' configuration (default: mkdocs.yml)",
    )
    command.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text: a line each; json: one list; github: annotations of a pull request",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the problems on stdout, a summary on stderr; 1 where there are errors."""
    settings = _settings(options)
    root = options.config.parent / settings.corpus if options.corpus is None else options.corpus
    if options.paths:
        problems = check_paths(root, settings, options.paths)
        problems = _with_decisions(problems, root, settings, options.paths)
        checked = _count(len(options.paths), "path")
    else:
        corpus, problems = read_corpus(root, settings)
        problems = tuple(sorted((*problems, *stale_decisions(corpus, root))))
        checked = _count(len(corpus.articles), "good article")
    sys.stdout.write(formatted(problems, options.format))
    print(f"{root}: {checked}, {summary(problems)}", file=sys.stderr)
    return int(any(problem.severity is Severity.ERROR for problem in problems))


def _with_decisions(
    problems: Sequence[Problem], root: Path, settings: Settings, paths: Sequence[Path]
) -> tuple[Problem, ...]:
    """The problems of some paths, with the stale decisions in them: for these alone all articles are read."""
    folder, chosen = (root / "decisions").resolve(), [path.resolve() for path in paths]
    if not any(path.is_relative_to(folder) or folder.is_relative_to(path) for path in chosen):
        return tuple(problems)
    corpus, _ = read_corpus(root, settings)
    stale = (
        problem
        for problem in stale_decisions(corpus, root)
        if any(Path(problem.path).resolve().is_relative_to(path) for path in chosen)
    )
    return tuple(sorted((*problems, *stale)))


def _settings(options: argparse.Namespace) -> Settings:
    """A corpus that is named can be checked anywhere, without a configuration."""
    if options.corpus is not None and not options.config.is_file():
        return Settings()
    return read_settings(options.config)


def formatted(problems: Sequence[Problem], form: str) -> str:
    """The problems as `text`, `json` or `github`, ending in a line feed where there are any."""
    if form == "json":
        return (
            json.dumps([_plain(problem) for problem in problems], ensure_ascii=False, indent=2)
            + "\n"
        )
    line = str if form == "text" else annotation
    return "".join(f"{line(problem)}\n" for problem in problems)


def annotation(problem: Problem) -> str:
    """A workflow command of GitHub that shows the problem at its line."""
    place = {"file": problem.path, "line": problem.line, "col": problem.column}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    field = f"{problem.field}: " if problem.field else ""
    return f"::{problem.severity} {properties}::{_data(field + problem.message)}"


def summary(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning` or `no problems`."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    counts = {"error": errors, "warning": len(problems) - errors}
    parts = [_count(count, name) for name, count in counts.items() if count]
    return ", ".join(parts) or "no problems"


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}" + ("" if number == 1 else "s")


def _plain(problem: Problem) -> dict[str, str | int]:
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "field": problem.field,
        "message": problem.message,
        "severity": problem.severity.value,
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
