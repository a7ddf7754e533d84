"""The folder a new site is assembled in: what has not changed is already there, or linked."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.site.manifest import SiteManifest, tree_key


def take(spare: Path, folder: Path, manifest: SiteManifest) -> bool:
    """Begin with the site before the present one if it is there, so that only what changed since need be touched; tells
    whether it was. `manifest` is that of the present site."""
    if manifest.spare and tree_key(spare) == manifest.spare:
        try:
            spare.rename(folder)
            return True
        except OSError:
            pass
    folder.mkdir(parents=True)
    return False


def clear(tree: Path, paths: Iterable[str]) -> None:
    """Remove files, and folders that hold nothing any more.

    A file is never written over: another tree may hold the same one. What was a folder in one tree may be a file in the
    other, so that what is deepest goes first.
    """
    for path in sorted(paths, reverse=True):
        target = tree / path
        try:
            target.unlink()
        except (FileNotFoundError, NotADirectoryError):
            continue
        remove_empty(target.parent, tree)


def remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder that holds nothing, and those above it, below another. Nothing is listed to see that: there may be a
    hundred thousand beside it."""
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def link_all(origin: Path, tree: Path, paths: Iterable[str], *, copy: bool = False) -> None:
    """Bring files of one folder into another, as hard links where these can be had."""
    for source, target in _into(origin, tree, paths):
        if copy:
            Path(target).unlink(missing_ok=True)
            shutil.copyfile(source, target)
        else:
            link_or_copy(source, target)


def second(site: Path, spare: Path, paths: Iterable[str]) -> bool:
    """Make a second tree of the files of a site, as hard links; tells whether it could be made."""
    shutil.rmtree(spare, ignore_errors=True)
    try:
        for source, target in _into(site, spare, paths):
            os.link(source, target)
    except OSError:
        shutil.rmtree(spare, ignore_errors=True)
        return False
    return True


def _into(origin: Path, tree: Path, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each file as it is in one folder and as it will be in another, in which the folder for it is made first."""
    made: set[str] = set()
    for path in paths:
        target = f"{tree}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in made:
            _make(folder)
            made.add(folder)
        yield f"{origin}/{path}", target


def _make(folder: str) -> None:
    """Make a folder, without a path object for each of a million; that above it is there nearly always."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        return
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)


def link_or_copy(source: str, target: str) -> None:
    """Make `target` the same file as `source`, or a copy where hard links cannot be had."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except FileExistsError:  # a batch that is done again because its worker was lost
        Path(target).unlink()
        link_or_copy(source, target)
    except OSError:
        shutil.copyfile(source, target)
