"""`variorum serve`: build, serve on this machine, build again on change."""

import argparse
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.cli.arguments import host, whole_number
from generator.cli.build import add_places, settings_of, summary
from generator.errors import VariorumError
from generator.pipeline.progress import Progress
from generator.settings import Settings

if TYPE_CHECKING:  # the rooms take a second to load, and help should not
    from generator.pipeline.build import BuildOptions


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "serve",
        help="build, serve on this machine, build again on change",
        description="Build the site, serve it on this machine, and build it again whenever the corpus changes.",
    )
    add_places(command)
    command.add_argument(
        "--host",
        type=host,
        default="127.0.0.1",
        help="address to listen on (default: this machine only)",
    )
    command.add_argument(
        "--port",
        type=whole_number(0, 65535),
        default=8000,
        help="port (default: 8000; 0: any free one)",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted; a build that fails says why and leaves the last good site."""
    from generator.pipeline.build import BuildOptions
    from generator.pipeline.guard import check_corpus
    from generator.site.serve import on_change, site_server

    settings = settings_of(options)
    build_options = BuildOptions(config_file=options.config.absolute())
    root = build_options.config_file.parent
    site = root / settings.site
    base = urlsplit(settings.site_url).path or "/"
    # A host or port that cannot be had is told before the work of a build.
    with site_server(site, host=options.host, port=options.port, base=base) as server:
        check_corpus(root, settings)
        _build(settings, build_options, must=not site.exists())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(
            f"Serving {site} on http://{options.host}:{server.server_port}{base} (stop with Ctrl-C)",
            flush=True,
        )
        watched = [
            root / settings.corpus,
            *_pages_by_hand(root / settings.docs),
            build_options.config_file,
        ]
        try:
            on_change(watched, lambda: _build(settings, build_options), threading.Event())
        except KeyboardInterrupt:
            print("Stopped.")
        finally:
            server.shutdown()
    return 0


def _pages_by_hand(docs: Path) -> list[Path]:
    return sorted(docs.glob("*.md"))


def _build(settings: Settings, options: "BuildOptions", *, must: bool = False) -> None:
    from generator.pipeline.build import build
    from generator.pipeline.site_config import check_site_config

    try:
        check_site_config(settings, options.config_file)
        report = build(settings, options, Progress())
    except VariorumError as error:
        if must:
            raise
        print(error, file=sys.stderr)
        return
    print(summary(report, settings, options).splitlines()[-2], flush=True)
