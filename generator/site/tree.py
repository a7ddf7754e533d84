"""The folder a new site is assembled in: what has not changed is already there, or linked."""

import os
import shutil
from collections.abc import Iterable
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

    A file is never written over: another tree may hold the same one.
    """
    for path in paths:
        target = tree / path
        try:
            target.unlink()
        except FileNotFoundError:
            continue
        _remove_empty(target.parent, tree)


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def link_all(origin: Path, tree: Path, paths: Iterable[str], *, copy: bool = False) -> None:
    """Bring files of one folder into another, as hard links where these can be had."""
    made: set[str] = set()
    for path in paths:
        target = f"{tree}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        source = f"{origin}/{path}"
        if copy:
            Path(target).unlink(missing_ok=True)
            shutil.copyfile(source, target)
        else:
            link_or_copy(source, target)


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
