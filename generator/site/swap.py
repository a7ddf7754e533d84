"""Putting a finished site in the place of the old one, so that a cut at any moment loses neither.

The names beside `site/` say how far a build came: `site.part` is being assembled and worth nothing,
`site.next` is complete, `site.old` is what it replaced, `site.work` is scratch. Each step is one rename.
"""

import shutil
from pathlib import Path

from generator.errors import SiteError


def beside(site: Path, suffix: str) -> Path:
    """`site.part`, `site.next` or `site.old` beside `site`."""
    return site.with_name(f"{site.name}.{suffix}")


def recover(site: Path) -> None:
    """Complete or undo a swap that was cut short; afterwards only `site` itself is left.

    Must run before anything else touches the site.
    """
    following, old = beside(site, "next"), beside(site, "old")
    if following.exists():
        swap(site)
    elif old.exists() and not site.exists():
        old.rename(site)
    for leftover in (beside(site, "part"), beside(site, "work"), old):
        if leftover.exists():
            shutil.rmtree(leftover)


def finish(site: Path, spare: Path | None = None) -> None:
    """Declare `site.part` complete and swap it in; the site before it is kept as `spare` if it can be."""
    beside(site, "part").rename(beside(site, "next"))
    swap(site, spare)


def swap(site: Path, spare: Path | None = None) -> None:
    """Put `site.next` in the place of `site`."""
    following, old = beside(site, "next"), beside(site, "old")
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise SiteError(f"{site}: expected a folder, or nothing, got a file or a link")
    if site.exists():
        if old.exists():
            shutil.rmtree(old)
        site.rename(old)
    following.rename(site)
    if old.exists() and not (spare and _keep(old, spare)):
        shutil.rmtree(old)


def _keep(old: Path, spare: Path) -> bool:
    """Move the former site away for the next build to start from; not onto another disk."""
    try:
        if spare.exists():
            shutil.rmtree(spare)
        spare.parent.mkdir(parents=True, exist_ok=True)
        old.rename(spare)
    except OSError:
        return False
    return True
