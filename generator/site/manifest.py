"""What a built site was built from, so that the next build renders only what changed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import field
from importlib.metadata import version
from pathlib import Path

import msgspec

from generator.model import record

#: Bumped when pages built by an older version of this room must not be kept.
BUILDER_VERSION = "1"


@record
class SourceFile:
    """A file of `docs/` as it was when the site was built; `digest` is hex blake2b of its bytes."""

    path: str
    size: int
    mtime_ns: int
    digest: str


@record
class SiteManifest:
    """`files` maps a path of the site to its source; `frame` are the theme's own files, `config`
    the digest of everything besides the pages that rendering depends on."""

    config: str = ""
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    frame: tuple[str, ...] = ()


def tree_key(site: Path) -> str:
    """What tells this folder from one that another program made in its place; survives renaming."""
    status = site.stat()
    return f"{status.st_ino:x}-{status.st_mtime_ns:x}"


def read_manifest(site: Path, cache: Path) -> SiteManifest:
    """The manifest of the site that stands there; an empty one if it is not known."""
    try:
        data = (cache / "sites" / f"{tree_key(site)}.json").read_bytes()
        return msgspec.json.decode(data, type=SiteManifest)
    except (OSError, msgspec.MsgspecError):
        return SiteManifest()


def write_manifest(manifest: SiteManifest, tree: Path, cache: Path) -> None:
    """Keep the manifest of a finished tree; nothing may be added to its top folder afterwards."""
    folder = cache / "sites"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{tree_key(tree)}.json"
    part = target.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(manifest))
    part.replace(target)


def prune_manifests(site: Path, cache: Path) -> None:
    """Forget all manifests but that of the site in place."""
    keep = f"{tree_key(site)}.json"
    for path in (cache / "sites").glob("*"):
        if path.name != keep:
            path.unlink(missing_ok=True)


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
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
