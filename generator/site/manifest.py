"""What a built site was built from, so that the next build touches only what changed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import field
from importlib.metadata import version
from pathlib import Path

import msgspec

from generator.model import record

#: Bumped when pages built by an older version of this room must not be kept.
BUILDER_VERSION = "2"


@record
class SourceFile:
    """A file of `docs/` as it was when the site was built; `digest` is hex blake2b of its bytes.

    `stamp` stands for all that the built file depends on: two with one stamp have the same bytes.
    """

    path: str
    size: int
    mtime_ns: int
    digest: str
    stamp: str = ""


@record
class PageFacts:
    """A built page: its bytes, the places it offers and those it leads to, eight bytes each."""

    size: int
    offers: bytes
    wants: bytes


@record
class SiteManifest:
    """`files` maps a path of the site to its source, `pages` every HTML file to what its check needs;
    `frame` are the theme's own files with their sizes, `config` the digest of everything besides the
    pages that rendering depends on."""

    config: str = ""
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    pages: Mapping[str, PageFacts] = field(default_factory=dict)
    frame: Mapping[str, int] = field(default_factory=dict)

    def stamps(self) -> dict[str, str]:
        """The stamp of every file of the site."""
        frame = dict.fromkeys(self.frame, self.config)
        return frame | {path: item.stamp for path, item in self.files.items()}


def tree_key(site: Path) -> str:
    """What tells this folder from one that another program made in its place.

    The time to the nanosecond survives renaming, and being packed and unpacked by a cache.
    """
    return f"{site.stat().st_mtime_ns:x}"


def read_manifest(site: Path, cache: Path) -> SiteManifest:
    """The manifest of the site that stands there; an empty one if it is not known."""
    try:
        data = (cache / "sites" / f"{tree_key(site)}.manifest").read_bytes()
        return msgspec.msgpack.decode(data, type=SiteManifest)
    except (OSError, msgspec.MsgspecError):
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
    except OSError:
        return


def prune_manifests(trees: Iterable[Path], cache: Path) -> None:
    """Forget all manifests but those of the trees in place."""
    keep = {f"{tree_key(tree)}.manifest" for tree in trees if tree.exists()}
    for path in (cache / "sites").glob("*.*"):
        if path.name not in keep:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                return


def config_digest(config_file: Path, folders: Iterable[Path]) -> str:
    """Digest of the configuration, the templates of our own and the versions that render pages."""
    digest = hashlib.blake2b(BUILDER_VERSION.encode(), digest_size=16)
    for name in ("mkdocs", "mkdocs-material", "Markdown", "Jinja2"):
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(config_file.read_bytes())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """Hex blake2b of a file's bytes."""
    return digest_of(path.read_bytes())


def digest_of(*parts: bytes) -> str:
    """Hex blake2b of parts in a row."""
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).hexdigest()
