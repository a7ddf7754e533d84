"""`variorum show`: everything known of an article, and why."""

import argparse
import difflib
import json
import sys
from pathlib import Path

from generator.cli.build import add_places, settings_of
from generator.errors import UsageError
from generator.errors import shown as quoted
from generator.model import Archive, ArticleId
from generator.pipeline.describe import as_markdown, as_text, describe, describe_json


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "show",
        help="say everything known of an article, and why",
        description="Say everything known of an article: its versions, story, quotations and names, with the reasons.",
    )
    command.add_argument(
        "ids", nargs="+", metavar="ID", help="an article's id, which is its file name"
    )
    add_places(command)
    forms = command.add_mutually_exclusive_group()
    forms.add_argument(
        "--json", action="store_true", help="print the records, with everything in them"
    )
    forms.add_argument("--markdown", action="store_true", help="print a summary for a web page")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is known of each article."""
    from generator.pipeline.build import read_archive

    archive = read_archive(settings_of(options), options.config.absolute())
    articles = [_article(archive, name) for name in options.ids]
    if options.json:
        shown = {article: describe_json(archive, article) for article in articles}
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return 0
    form = as_markdown if options.markdown else as_text
    for article in articles:
        print(
            form(describe(archive, article), f"{archive.articles[article].title} ({article})"),
            end="",
        )
    return 0


def _article(archive: Archive, name: str) -> ArticleId:
    article = ArticleId(Path(name).name.removesuffix(".md"))
    if article in archive.articles:
        return article
    moved = {item.source: item.target for item in archive.redirects}
    if article in moved:
        print(f"variorum: {article} has moved to {moved[article]}", file=sys.stderr)
        return moved[article]
    near = difflib.get_close_matches(article, archive.articles, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"expected the id of an article of the corpus, got {quoted(name)}{hint}")
