"""`variorum add`: captures become cleaned articles of the corpus."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from generator.cli.arguments import path
from generator.errors import UsageError, printable, readable
from generator.ingest.clean import place
from generator.ingest.decode import LARGEST, CaptureError
from generator.model import Relation, RemovedKind
from generator.pipeline.add import Added, Failed, Input, Outcome, Plan, add_captures
from generator.pipeline.add_meta import read_meta, value_fault
from generator.pipeline.config import read_settings
from generator.pipeline.fetch import fetch
from generator.pipeline.progress import Progress
from generator.settings import Settings

OVERRIDES = ("source", "date", "language", "title", "url")
#: How an address begins, of all inputs.
ADDRESS = ("http://", "https://")
#: What an article is to one that was there before.
RELATIONS: Mapping[Relation, str] = {
    Relation.IDENTICAL: "identical to",
    Relation.RECAPTURE: "another capture of",
    Relation.REVISION: "a revision of",
    Relation.SYNDICATED: "the same text at another outlet as",
    Relation.EXCERPT: "an excerpt of, or the whole of,",
    Relation.RELATED: "related to",
}
#: Removed blocks that a summary shows.
SHOWN = 40


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "add",
        help="turn captures (pages, PDFs, texts) into cleaned articles",
        description="Turn captures into cleaned articles in the corpus, each with its capture and what was removed.",
    )
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="FILE|URL",
        help="a saved page, PDF or text, or an address to fetch",
    )
    for name in OVERRIDES:
        command.add_argument(
            f"--{name}", default="", help=f"the {name} of all inputs, whatever they say themselves"
        )
    command.add_argument(
        "--meta",
        type=path,
        metavar="FILE",
        help="YAML: file name, and below it values of that input",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="print the article files, write nothing"
    )
    command.add_argument("--json", action="store_true", help="print the whole result as JSON")
    command.add_argument(
        "--replace",
        action="store_true",
        help="overwrite the article of the same capture or address",
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
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Add all inputs that can be; 1 if any could not."""
    overrides = {name: getattr(options, name) for name in OVERRIDES if getattr(options, name)}
    for name, value in overrides.items():
        if fault := value_fault(name, value):
            raise UsageError(f"--{name}: {fault}")
    meta = read_meta(options.meta) if options.meta else {}
    settings = _settings(options)
    home = options.config.parent / settings.corpus
    root = options.corpus or home
    plan = Plan(
        overrides=overrides,
        meta=meta,
        dry_run=options.dry_run,
        replace=options.replace,
        # What the archive's own builds have read and measured already.
        cache=options.config.parent / settings.cache
        if options.config.is_file() and root.resolve() == home.resolve()
        else None,
    )
    inputs = [_reader(text) for text in _once(options.inputs)]
    progress = Progress(quiet=options.json)
    with progress.step("add", total=len(inputs)):
        outcomes = add_captures(root, settings, inputs, plan, progress.advance)
    _print(outcomes, meta, options)
    return 1 if any(isinstance(outcome, Failed) for outcome in outcomes) else 0


def _settings(options: argparse.Namespace) -> Settings:
    """A corpus is begun anywhere where it is named, else only beside a configuration."""
    if options.config.is_file():
        return read_settings(options.config)
    if options.corpus is None:
        raise UsageError(
            f"{options.config}: expected MkDocs' configuration file, got none;"
            " go to the folder of the archive, or name a corpus with --corpus DIR"
        )
    return Settings()


def _once(inputs: Iterable[str]) -> Iterable[str]:
    """The inputs, each once, however its path is written."""
    seen: dict[str, str] = {}
    for text in inputs:
        seen.setdefault(text if text.startswith(ADDRESS) else os.path.normpath(text), text)
    return seen.values()


def _reader(text: str) -> Callable[[], Input]:
    if text.startswith(ADDRESS):
        return partial(_fetched, name=text)
    return partial(_file, Path(text), name=readable(text))


def _fetched(name: str) -> Input:
    page = fetch(name)
    return Input(name=name, data=page.data, url=page.url, captured=page.day)


def _file(path: Path, name: str) -> Input:
    try:
        if not path.is_file():
            found = "a folder" if path.is_dir() else "something else" if path.exists() else "none"
            raise CaptureError(f"expected a file or an address, got {found}")
        if path.stat().st_size > LARGEST:
            raise CaptureError(
                f"expected a capture of at most {LARGEST:,} bytes, got {path.stat().st_size:,}"
            )
        return Input(name=name, data=path.read_bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CaptureError(
            f"expected a file that can be read, got one that cannot ({reason})"
        ) from error


def _print(
    outcomes: tuple[Outcome, ...], meta: Mapping[str, Any], options: argparse.Namespace
) -> None:
    if options.json:
        print(json.dumps([_plain(outcome) for outcome in outcomes], ensure_ascii=False, indent=2))
        return
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            for problem in outcome.problems:
                print(printable(str(problem)), file=sys.stderr)
        elif options.dry_run:
            print(outcome.content, end="")
            for warning in outcome.warnings:
                print(printable(f"{outcome.name}: warning: {warning}"), file=sys.stderr)
        else:
            print(_summary(outcome))
    names = {name for outcome in outcomes for name in (outcome.name, Path(outcome.name).name)}
    for name in sorted(set(meta) - names):
        print(
            printable(f"{options.meta}: warning: {name}: no input has this name"), file=sys.stderr
        )
    added = sum(1 for outcome in outcomes if isinstance(outcome, Added))
    verb = "would be added" if options.dry_run else "added"
    rest = f", {len(outcomes) - added} not" if len(outcomes) > added else ""
    print(f"{added} {verb}{rest}", file=sys.stderr)


def _summary(added: Added) -> str:
    article = added.article
    removed = added.provenance.removed
    links = [block for block in removed if block.kind is RemovedKind.LINKS]
    furniture = [block for block in removed if block.kind is RemovedKind.FURNITURE]
    told = added.capture.title == article.title
    where = added.capture.evidence.get("title", "given") if told else "given"
    lines = [
        f"{printable(added.name)} → {article.path}",
        f"  title     {article.title}  ({where})",
        f"  date      {article.date.iso}, source {article.source}, language {article.language} ({added.capture.confidence:.0%})",
    ]
    if article.agency or article.authors:
        who = ", ".join([*article.authors, *([article.agency] if article.agency else [])])
        lines.append(f"  by        {who}{f', {article.place}' if article.place else ''}")
    lines.append(
        f"  text      {_count(len(article.blocks), 'paragraph')}; removed {_count(len(furniture), 'block')} of furniture, {len(links)} of links"
    )
    lines += [
        f"  - {block.text[:70]!r}: {block.rule} ({place(block.origin)})"
        for block in removed[:SHOWN]
    ]
    if len(removed) > SHOWN:
        lines.append(
            f"  - and {len(removed) - SHOWN} more: {article.capture.path.rpartition('/')[0] if article.capture else ''}/provenance.json"
        )
    if added.kin is not None:
        lines.append(
            f"  version   {RELATIONS[added.kin.relation]} {added.kin.article}: {added.kin.reason}"
        )
    if added.new_source is not None:
        lines.append(f"  outlet    {added.new_source.id} is new in sources.yml: complete its entry")
    lines += [
        f"  paragraph {index + 1} is in {code}"
        for index, code in sorted(added.capture.foreign.items())
    ]
    lines += [f"  warning: {warning}" for warning in added.warnings]
    return "\n".join(lines)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _plain(outcome: Outcome) -> Any:
    if isinstance(outcome, Failed):
        problems = [
            {"field": problem.field, "message": problem.message} for problem in outcome.problems
        ]
        return {"input": outcome.name, "problems": problems}
    return {
        "input": outcome.name,
        "article": msgspec.to_builtins(outcome.article),
        "provenance": msgspec.to_builtins(outcome.provenance),
        "confidence": outcome.capture.confidence,
        "evidence": dict(outcome.capture.evidence),
        "foreign": {str(index): code for index, code in outcome.capture.foreign.items()},
        "version": msgspec.to_builtins(outcome.kin),
        "warnings": list(outcome.warnings),
        "file": outcome.content,
    }
