"""`variorum export`: every table of the archive in a folder of its own."""

import argparse
import sys

from generator.cli.arguments import path
from generator.cli.build import add_places, counted, settings_of, shown_folder
from generator.pipeline.progress import Progress


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "export",
        help="write everything as tables (NDJSON, CSV) into a folder",
        description="Write everything the archive knows as tables (packed NDJSON and CSV, with a datapackage.json that"
        " describes them) into a folder. They are the files of a site with data_export: true, byte for byte; a large"
        " archive leaves them out of its site and publishes this folder elsewhere.",
    )
    command.add_argument(
        "folder",
        type=path,
        metavar="FOLDER",
        help="a new or empty folder, or one with an earlier export, which is replaced when the new one is complete",
    )
    add_places(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Export, and say what is where."""
    from generator.pipeline.export import export

    settings, config_file = settings_of(options), options.config.absolute()
    done = export(settings, config_file, options.folder, Progress())
    for problem in done.warnings:
        print(problem, file=sys.stderr)
    print(
        f"{shown_folder(options.folder.absolute())}: {counted(done.articles, 'article')} in"
        f" {counted(done.tables, 'table')}; {counted(done.files, 'file')}, {done.size / 1e6:,.1f} MB"
    )
    return 0
