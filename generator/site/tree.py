"""The folder a new site is assembled in: what has not changed is already there, or linked."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.model import record
from generator.site.manifest import SiteManifest, read_manifest


@record
class Tree:
    """A folder under construction: `folder` now holds the files of `stamps`, and nothing else.

    `manifest` is that of the site it was taken from.
    """

    folder: Path
    stamps: Mapping[str, str]
    manifest: SiteManifest


def take(spare: Path, folder: Path, cache: Path, *, fresh: bool) -> Tree:
    """Begin with the site before the present one, so that only what changed since need be touched."""
    manifest = SiteManifest() if fresh else read_manifest(spare, cache)
    if manifest.files:
        try:
            spare.rename(folder)
            return Tree(folder=folder, stamps=manifest.stamps(), manifest=manifest)
        except OSError:
            manifest = SiteManifest()
    folder.mkdir(parents=True)
    return Tree(folder=folder, stamps={}, manifest=manifest)


def clear(tree: Tree, wanted: Mapping[str, str]) -> frozenset[str]:
    """Remove what is not as it will be; gives the paths that are right as they are.

    A file is never written over: another tree may hold the same one.
    """
    right = frozenset(path for path, stamp in tree.stamps.items() if wanted.get(path) == stamp)
    for path in sorted(tree.stamps.keys() - right):
        target = tree.folder / path
        target.unlink(missing_ok=True)
        if path not in wanted:
            _remove_empty(target.parent, tree.folder)
    return right


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
        folder = path.rpartition("/")[0]
        if folder not in made:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
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
