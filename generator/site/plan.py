"""What has to be rendered, copied or kept to bring a site up to date with `docs/`."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.errors import SiteError
from generator.model import record
from generator.site.manifest import SiteManifest, SourceFile, file_digest


@record
class Plan:
    """`render` and `copy` are sources below `docs/`, `keep` and `gone` are paths of the site."""

    files: Mapping[str, SourceFile]
    render: tuple[str, ...]
    copy: tuple[str, ...]
    keep: tuple[str, ...]
    gone: tuple[str, ...]


def site_path(source: str) -> str:
    """The path in the site that MkDocs gives a file of `docs/` (with directory addresses)."""
    folder, _, name = source.rpartition("/")
    if not name.endswith(".md"):
        return source
    stem = name.removesuffix(".md")
    parts = [folder] if folder else []
    if stem not in {"index", "README"}:
        parts.append(stem)
    return "/".join([*parts, "index.html"])


def plan_site(docs: Path, old: SiteManifest, *, config: str, by_hand: frozenset[str]) -> Plan:
    """Compare `docs/` with what the present site was built from.

    `by_hand` are the pages people wrote: they may link to each other by file name, so they are rendered
    together, all or none.
    """
    files = {site_path(item.path): item for item in _scan(docs, old)}
    if "index.html" not in files:
        raise SiteError(f"{docs}: expected a home page, index.md; there is none")
    same = {
        path
        for path, item in files.items()
        if path in old.files
        and old.files[path].digest == item.digest
        and (config == old.config or not item.path.endswith(".md"))
    }
    if any(files[path].path in by_hand for path in files.keys() - same):
        same -= {path for path in same if files[path].path in by_hand}
    changed = sorted(files[path].path for path in files.keys() - same)
    return Plan(
        files=files,
        render=tuple(source for source in changed if source.endswith(".md")),
        copy=tuple(source for source in changed if not source.endswith(".md")),
        keep=tuple(sorted(same)),
        gone=tuple(sorted(old.files.keys() - files.keys())),
    )


def _scan(docs: Path, old: SiteManifest) -> Iterator[SourceFile]:
    """Every file that MkDocs would take, with a digest that is only made anew if the file was touched."""
    known = {item.path: item for item in old.files.values()}
    for path, entry in _pages(docs):
        status = entry.stat()
        before = known.get(path)
        if before and (before.size, before.mtime_ns) == (status.st_size, status.st_mtime_ns):
            yield before
        else:
            yield SourceFile(
                path=path,
                size=status.st_size,
                mtime_ns=status.st_mtime_ns,
                digest=file_digest(Path(entry.path)),
            )


def _pages(docs: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files of `docs/` that MkDocs takes: it leaves out dot files and a folder `templates`."""
    for path, entry in walk(docs):
        parts = path.split("/")
        if parts[0] != "templates" and not any(part.startswith(".") for part in parts):
            yield path, entry


def walk(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below a folder with its path relative to it, in order of name."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            if entry.is_dir(follow_symlinks=False):
                yield from walk(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry
