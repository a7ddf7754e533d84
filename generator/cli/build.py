"""`variorum build`: corpus to docs to site, only what changed."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import check_target, path, scheduler, whole_number
from generator.errors import printable
from generator.pipeline.config import read_settings
from generator.pipeline.progress import Progress
from generator.record import replace
from generator.settings import Settings

if TYPE_CHECKING:  # the rooms take a second to load, and help should not
    from generator.pipeline.build import BuildOptions, BuildReport

#: The share of a host's limits from which on a build warns.
WARN_AT = 0.7


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "build",
        help="turn the corpus into the site",
        description="Turn the corpus into pages below docs/ and these into the site. Only what changed is done.",
    )
    add_places(command)
    command.add_argument(
        "--full", action="store_true", help="ignore all caches and do everything again"
    )
    command.add_argument(
        "--docs-only", action="store_true", help="write docs/ and the search index, no site"
    )
    command.add_argument(
        "--cluster",
        type=scheduler,
        default="",
        metavar="ADDRESS",
        help="let the workers of a Dask scheduler do the work (tcp://host:port)",
    )
    command.add_argument(
        "--share",
        default="",
        metavar="I/N",
        help="only analyse the I-th of N shares of the articles, into the cache: one of several machines",
    )
    command.add_argument(
        "--take",
        type=path,
        nargs="+",
        default=[],
        metavar="DIR",
        help="first take over what such machines kept: folders with their caches",
    )
    command.add_argument(
        "--timings",
        type=path,
        metavar="FILE",
        help="print a table of times, and write it to FILE as JSON",
    )
    command.set_defaults(run=run)


def add_places(command: argparse.ArgumentParser) -> None:
    """Add the options that say where things are; `build` and `serve` share them."""
    command.add_argument(
        "--config",
        type=path,
        default=Path("mkdocs.yml"),
        metavar="FILE",
        help="configuration (default: mkdocs.yml)",
    )
    command.add_argument("--corpus", type=path, metavar="DIR", help="folder of the articles")
    command.add_argument("--docs", type=path, metavar="DIR", help="folder of the pages")
    command.add_argument("--site", type=path, metavar="DIR", help="folder of the built site")
    command.add_argument(
        "--cache", type=path, metavar="DIR", help="folder of what can be computed again"
    )
    command.add_argument(
        "--jobs", type=whole_number(1), metavar="N", help="processes (default: one a processor)"
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of the configuration with what the command line says over them."""
    settings = read_settings(options.config)
    given: dict[str, Any] = {
        name: str(value.absolute())
        for name in ("corpus", "docs", "site", "cache")
        if (value := getattr(options, name)) is not None
    }
    if options.jobs is not None:
        given["jobs"] = options.jobs
    return replace(settings, **given)


def run(options: argparse.Namespace) -> int:
    """Build, and say what was built and how to look at it."""
    from generator.pipeline.build import BuildOptions, build
    from generator.pipeline.guard import check_corpus
    from generator.pipeline.share import analyse_share, parse_share, take_shares
    from generator.pipeline.site_config import check_site_config

    progress = Progress()
    settings = settings_of(options)
    if options.timings is not None:
        check_target("--timings", options.timings)
    build_options = BuildOptions(
        config_file=options.config.absolute(),
        full=options.full,
        docs_only=options.docs_only,
        cluster=options.cluster,
    )
    if options.take:
        take_shares(settings, build_options.config_file, options.take)
    if options.share:
        share = parse_share(options.share)
        count = analyse_share(settings, build_options, share, progress)
        _tell_timings(progress, options.timings)
        print(f"{count:,} articles of share {options.share} analysed, into {settings.cache}")
        return 0
    if not options.docs_only:
        check_site_config(settings, options.config)
    check_corpus(build_options.config_file.parent, settings)
    report = build(settings, build_options, progress)
    for problem in report.warnings:
        print(problem, file=sys.stderr)
    _tell_timings(progress, options.timings)
    for line in (*dead_ends(report), *near_limits(report, settings)):
        print(line, file=sys.stderr)
    print(summary(report, settings, build_options))
    return 0


def _tell_timings(progress: Progress, file: Path | None) -> None:
    if file is not None:
        print(progress.table(), file=sys.stderr)
        file.write_text(json.dumps(progress.timings(), indent=2) + "\n", encoding="utf-8")


def dead_ends(report: "BuildReport") -> list[str]:
    """A warning if articles have no page any more and nothing leads on from where they were."""
    written = report.written
    new = set(written.changed)
    lost = sorted(
        folder
        for folder, _, name in (path.rpartition("/") for path in written.removed)
        if name == "index.md"
        and folder.startswith("articles/")
        and folder.count("/") == 1
        and f"{folder}/index.html" not in new
    )
    if not lost:
        return []
    return [
        f"warning: {counted(len(lost), 'article')} of the last build"
        f" {'is' if len(lost) == 1 else 'are'} gone, and nothing leads on from"
        f" {printable(lost[0])}/{' and the others' if len(lost) > 1 else ''}: an article that moved needs a line in"
        " redirects.yml, one that must go is withdrawn (status: withdrawn)"
    ]


def near_limits(report: "BuildReport", settings: Settings) -> list[str]:
    """A warning for each limit of the host that the site comes near to."""
    if report.site is None:
        return []
    found = [
        (report.site.size / 1e6, settings.host_bytes / 1e6, "MB"),
        (report.site.files, settings.host_files, "files"),
    ]
    return [
        f"warning: the site has {have:,.0f} {unit}, the host takes {limit:,.0f}: docs/scale.md says what to do"
        for have, limit, unit in found
        if limit and have >= WARN_AT * limit
    ]


def summary(report: "BuildReport", settings: Settings, options: "BuildOptions") -> str:
    """What was built, in a few lines."""
    root = options.config_file.parent
    lines = [
        f"{counted(report.articles, 'article')} in {counted(report.languages, 'language')};"
        f" {len(report.written.changed):,} files of {shown_folder(root / settings.docs)} written,"
        f" {report.written.same:,} unchanged"
    ]
    if report.site is not None:
        site = report.site
        lines.append(
            f"{shown_folder(root / settings.site)}: {site.rendered:,} pages rendered, {site.kept:,} kept;"
            f" {site.files:,} files, {site.size / 1e6:,.1f} MB; every link leads somewhere"
        )
        lines.append("To look at it: make serve, or variorum serve")
    return "\n".join(lines)


def counted(number: int, thing: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def shown_folder(path: Path) -> str:
    """A folder as short as it can be said from here."""
    try:
        return printable(f"{path.relative_to(Path.cwd())}/")
    except ValueError:
        return printable(f"{path}/")
