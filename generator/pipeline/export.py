"""The data export in a folder of its own, whatever the site has of it."""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import Problem, UsageError
from generator.model import OutputFile
from generator.pipeline.build import opened_archive
from generator.pipeline.guard import check_corpus, only_one, plain_errors
from generator.pipeline.progress import Progress
from generator.pipeline.workers import seldom_collect
from generator.record import record
from generator.settings import Settings
from generator.site.swap import beside, finish, recover
from generator.views import EXPORTED, PACKAGE, export_files

#: What describes an export; it is written last.
DESCRIPTION = "datapackage.json"
#: How the files of an export are called.
FILE = re.compile(
    rf"{re.escape(DESCRIPTION)}|(?:{'|'.join(EXPORTED[0])})/[\w-]+\.(?:{'|'.join(EXPORTED[1])})\.gz",
    re.ASCII,
)
#: What may stand beside the folder for a while.
BESIDE = ("part", "next", "old", "work")


@record
class Exported:
    """What was exported, for the summary; `size` in bytes."""

    warnings: tuple[Problem, ...]
    articles: int
    tables: int
    files: int
    size: int


def export(settings: Settings, config_file: Path, folder: Path, progress: Progress) -> Exported:
    """Write every table of the archive into `folder`: a new or empty one, or one with an earlier export, which is replaced
    as a whole when the new one is complete."""
    seldom_collect(50_000_000)
    root, folder = config_file.parent, Path(os.path.realpath(folder))
    check_corpus(root, settings)
    check_folder(folder, root, settings)
    with (
        plain_errors(),
        only_one(folder.parent, lambda: progress.note("waiting for another export")),
    ):
        following = beside(folder, "next")
        if following.is_dir() and not (following / DESCRIPTION).is_file():
            shutil.rmtree(following)  # whole ones have it
        recover(folder)
        part = beside(folder, "part")
        part.mkdir()
        try:
            with opened_archive(settings, config_file, progress) as (archive, warnings):
                sizes = _write(export_files(archive, settings), part, progress)
                articles = len(archive.articles)
            finish(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return Exported(
        warnings=warnings,
        articles=articles,
        tables=len({path.partition("/")[0] for path in sizes if path != DESCRIPTION}),
        files=len(sizes),
        size=sum(sizes.values()),
    )


def check_folder(folder: Path, root: Path, settings: Settings) -> None:
    """Refuse a folder that has anything but an export in it, before the work; `root` is the folder of the configuration."""
    for name in ("corpus", "docs", "site", "cache"):
        place = (root / getattr(settings, name)).resolve()
        holds = place.is_relative_to(folder)
        if holds or folder.is_relative_to(place):
            got = "the same" if place == folder else "one that holds it" if holds else "one in it"
            raise UsageError(
                f"{folder}: expected a folder apart from that of the {name} ({place}), got {got}"
            )
    if folder.is_mount():
        raise UsageError(
            f"{folder}: expected a folder that another can replace, got a mount point; name one in it"
        )
    for place in (folder, *(beside(folder, suffix) for suffix in BESIDE)):
        if found := _of_others(place, begun=place != folder):
            raise UsageError(
                f"{place}: expected a new or empty folder, or one with an export, got {found}"
            )


def _of_others(place: Path, *, begun: bool) -> str:
    """What stands at a place that no export has put there; empty if nothing. Of one that was only begun the description
    may be missing."""
    if place.is_symlink():
        return "a link"
    if not place.is_dir():
        return "a file" if place.exists() else ""
    if not begun and not (place / DESCRIPTION).is_file():
        first = min(place.iterdir(), default=None)
        return f"one that holds {first.name} and no {DESCRIPTION}" if first else ""
    other = min(_others(place), default="")
    if other:
        return f"one that also holds {other}"
    return "" if begun or _is_ours(place / DESCRIPTION) else "a data package of another kind"


def _others(place: Path) -> Iterator[str]:
    """What lies in a folder and is no file of an export."""
    for path in place.rglob("*"):
        name = path.relative_to(place).as_posix()
        if path.is_symlink() or not (path.is_dir() or FILE.fullmatch(name)):
            yield name


def _is_ours(description: Path) -> bool:
    """Whether a data package is one of Variorum's."""
    try:
        told = json.loads(description.read_bytes())
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("name") == PACKAGE


def _write(files: Iterable[OutputFile], part: Path, progress: Progress) -> dict[str, int]:
    """Write the files; gives the size of each."""
    sizes: dict[str, int] = {}
    with progress.step("write") as step:
        for file in files:
            target = part / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                target.write_bytes(file.content)
            except OSError as error:
                error.filename = error.filename or str(target)
                raise
            sizes[file.path] = len(file.content)
            progress.advance(len(sizes))
        step.done = len(sizes)
    return sizes
