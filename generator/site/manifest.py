"""What a built site was built from, so that the next build touches only what changed."""

import hashlib
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from mmap import ACCESS_READ, mmap
from pathlib import Path

import msgspec

from generator.record import field, record
from generator.site.page_table import PageTable
from generator.site.sources import SourceTable


@record
class SiteManifest:
    """`config` is the digest of everything besides the pages that rendering depends on, `together` that of the
    pages that people wrote; `frame` are the theme's own files with their sizes.

    `spare` tells the site before this one (`tree_key`), and `differs` are the paths in which the two differ.
    """

    config: str = ""
    together: str = ""
    sources: SourceTable = field(default_factory=SourceTable)
    pages: PageTable = field(default_factory=PageTable)
    frame: Mapping[str, int] = field(default_factory=dict)
    spare: str = ""
    differs: tuple[str, ...] = ()


def tree_key(site: Path) -> str:
    """What tells this folder from one that another program made in its place; empty if there is none.

    The time to the nanosecond survives renaming, and being packed and unpacked by a cache.
    """
    return f"{site.stat().st_mtime_ns:x}" if site.exists() else ""


def read_manifest(site: Path, cache: Path) -> SiteManifest:
    """The manifest of the site that stands there; an empty one if it is not known."""
    try:
        # It may have hundreds of megabytes, of which one copy is enough.
        with (
            (cache / "sites" / f"{tree_key(site)}.manifest").open("rb") as file,
            mmap(file.fileno(), 0, access=ACCESS_READ) as data,
        ):
            return msgspec.msgpack.decode(data, type=SiteManifest)
    except (OSError, ValueError):
        return SiteManifest()


def write_manifest(manifest: SiteManifest, tree: Path, cache: Path) -> None:
    """Keep the manifest of a finished tree; nothing may be added to its top folder afterwards.

    Where the cache cannot be written, the next build renders everything.
    """
    folder = cache / "sites"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{tree_key(tree)}.manifest"
        part = target.with_suffix(".part")
        part.write_bytes(msgspec.msgpack.encode(manifest))
        part.replace(target)
    except (OSError, UnicodeEncodeError):
        return


def prune_manifests(site: Path, cache: Path) -> None:
    """Forget all manifests but that of the site in place."""
    keep = f"{tree_key(site)}.manifest"
    for path in (cache / "sites").glob("*.*"):
        if path.name != keep:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                return


def config_digest(config_file: Path, folders: Iterable[Path]) -> str:
    """Digest of the configuration, the templates of our own, and the code and the packages that render pages."""
    digest = hashlib.blake2b(digest_size=16)
    for name in ("mkdocs", "mkdocs-material", "Markdown", "Jinja2", "comrak"):
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(config_file.read_bytes())
    for folder in (Path(__file__).parent, *folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
