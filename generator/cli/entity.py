"""`variorum entity`: curate the authority file."""

import argparse
import json
import sys
from pathlib import Path
from typing import TypeAlias

from msgspec import to_builtins

from generator.analysis.unknown import Suggestion
from generator.cli.arguments import path, whole_number
from generator.model import EntityKind
from generator.pipeline.config import read_settings
from generator.pipeline.entity import Wanted, add_entity, suggest_entities, write_added
from generator.pipeline.recognisers import load_recogniser
from generator.pipeline.wikidata import SERVER, Server
from generator.settings import Settings

Actions: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_parser(commands: Actions) -> None:
    """Add the command and its two actions to the parser."""
    command = commands.add_parser(
        "entity",
        help="curate the authority file",
        description="Curate the authority file: add an entry from Wikidata, or list names that have none.",
    )
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    for action in (_add_parser(actions), _suggest_parser(actions)):
        action.add_argument(
            "--corpus",
            type=path,
            metavar="DIR",
            help="folder of the corpus (default: of mkdocs.yml)",
        )
        action.add_argument(
            "--config",
            type=path,
            default=Path("mkdocs.yml"),
            metavar="FILE",
            help="MkDocs' configuration (default: mkdocs.yml)",
        )


def _add_parser(actions: Actions) -> argparse.ArgumentParser:
    add = actions.add_parser(
        "add",
        help="write an entry from Wikidata for review",
        description="Write an entry with Wikidata's labels and aliases in the archive's languages, for review.",
    )
    option = add.add_argument
    option("name", metavar="QID|NAME", help="number of the item (Q58217), or a name to search")
    option(
        "--from-file", type=path, metavar="FILE", help="read a saved answer of Wikidata; no network"
    )
    kinds = [kind.value for kind in EntityKind]
    option("--kind", choices=kinds, help="what it is, where Wikidata does not tell")
    option(
        "--language",
        default="en",
        metavar="CODE",
        help="language of a name to search (default: en)",
    )
    option(
        "--server",
        default=SERVER,
        metavar="URL",
        help=f"where Wikidata answers (default: {SERVER})",
    )
    option("--dry-run", action="store_true", help="show the entry, write nothing")
    add.set_defaults(run=run_add)
    return add


def _suggest_parser(actions: Actions) -> argparse.ArgumentParser:
    suggestions = actions.add_parser(
        "suggest",
        help="list frequent names that the authority file does not know",
        description="List frequent names that the authority file does not know, with contexts. Nothing is written.",
    )
    option = suggestions.add_argument
    option("--json", action="store_true", help="print a JSON list")
    option(
        "--least",
        type=whole_number(1),
        default=2,
        metavar="N",
        help="articles a name must stand in (default: 2)",
    )
    option(
        "--limit", type=whole_number(1), default=50, metavar="N", help="names to list (default: 50)"
    )
    option(
        "--model",
        metavar="MODEL",
        help="also ask a model: spacy:NAME or gliner:NAME (needs variorum[ner])",
    )
    suggestions.set_defaults(run=run_suggest)
    return suggestions


def run_add(options: argparse.Namespace) -> int:
    """Print the entry on stdout and where it went on stderr."""
    settings = _settings(options)
    root = _root(options, settings)
    wanted = Wanted(
        name=options.name,
        file=options.from_file,
        kind=EntityKind(options.kind) if options.kind else None,
        language=options.language,
    )
    server = Server(
        address=options.server.rstrip("/"),
        contact=settings.site_url or settings.repo_url or "no address given",
    )
    added = add_entity(root, settings, wanted, server)
    sys.stdout.write(added.text)
    if not options.dry_run:
        print(f"{write_added(root, added)}: added {added.entity.id}; review it", file=sys.stderr)
    return 0


def run_suggest(options: argparse.Namespace) -> int:
    """Print the names, most frequent first."""
    settings = _settings(options)
    recogniser = load_recogniser(options.model) if options.model else None
    found = suggest_entities(
        _root(options, settings), settings, least=options.least, recogniser=recogniser
    )[: options.limit]
    if options.json:
        print(json.dumps(to_builtins(found), ensure_ascii=False, indent=2))
    else:
        for item in found:
            sys.stdout.write(formatted(item))
    return 0


def formatted(item: Suggestion) -> str:
    """A suggestion for people: the name, its other forms, what it may be, and contexts."""
    lines = [
        f"{item.name}  ({item.articles} articles; {', '.join(item.languages)}; {', '.join(item.evidence)})"
    ]
    others = [f"{form} ({count})" for form, count in item.forms if form != item.name]
    if others:
        lines.append(f"  also: {', '.join(others)}")
    if item.sounds_like:
        lines.append(f"  perhaps another spelling of: {', '.join(item.sounds_like)}")
    lines += [f"  … {context} …" for context in item.contexts]
    return "\n".join(lines) + "\n"


def _settings(options: argparse.Namespace) -> Settings:
    """A corpus that is named needs no configuration."""
    if options.corpus is not None and not options.config.is_file():
        return Settings()
    return read_settings(options.config)


def _root(options: argparse.Namespace, settings: Settings) -> Path:
    named: Path | None = options.corpus
    return options.config.parent / settings.corpus if named is None else named
