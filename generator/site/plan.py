"""What has to be rendered, copied or kept to bring a site up to date with `docs/`."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from generator.errors import SiteError
from generator.model import record
from generator.site.manifest import SiteManifest, SourceFile, digest_of, file_digest

#: Characters of the digest of a file that was written to its end.
WHOLE = 32


@record
class Plan:
    """`files` maps every path of the new site to its source. `render` and `copy` are sources below `docs/`
    that the present site does not have as they are now, `by_hand` the pages that people wrote; `keep` are
    paths of the site."""

    files: Mapping[str, SourceFile]
    render: tuple[str, ...]
    copy: tuple[str, ...]
    keep: tuple[str, ...]
    gone: tuple[str, ...]
    by_hand: frozenset[str]


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


def plan_site(
    docs: Path, old: SiteManifest, *, config: str, generated: Mapping[str, str] | None
) -> Plan:
    """Compare `docs/` with what the present site was built from.

    `generated` are the files that the generator wrote, with their digests (None: there are no others). Pages that people wrote may
    link to each other by file name, so they are rendered together, all or none.
    """
    files = {site_path(item.path): item for item in _scan(docs, old, generated or {})}
    if "index.html" not in files:
        raise SiteError(f"{docs}: expected a home page, index.md; there is none")
    pages = [item for item in files.values() if item.path.endswith(".md")]
    written = [item for item in pages if generated is not None and item.path not in generated]
    written.sort(key=lambda item: item.path)
    by_hand = frozenset(item.path for item in written)
    together = digest_of(config.encode(), *(f"{i.path} {i.digest}".encode() for i in written))
    files = {
        path: _stamped(item, together if item.path in by_hand else config, old)
        for path, item in files.items()
    }
    same = {p for p, item in files.items() if p in old.files and old.files[p].stamp == item.stamp}
    changed = sorted(files[path].path for path in files.keys() - same)
    return Plan(
        files=files,
        render=tuple(source for source in changed if source.endswith(".md")),
        copy=tuple(source for source in changed if not source.endswith(".md")),
        keep=tuple(sorted(same)),
        gone=tuple(sorted(old.files.keys() - files.keys())),
        by_hand=by_hand,
    )


def _stamped(item: SourceFile, config: str, old: SiteManifest) -> SourceFile:
    """The file with its stamp, which it has already if nothing it depends on is new."""
    if item.stamp and config == old.config:
        return item
    stamp = item.digest
    if item.path.endswith(".md"):
        stamp = digest_of(config.encode(), item.digest.encode())
    return item if item.stamp == stamp else replace(item, stamp=stamp)


def _scan(docs: Path, old: SiteManifest, written: Mapping[str, str]) -> Iterator[SourceFile]:
    """Every file that MkDocs would take, with a digest: that of the last build if the file was not touched since,
    that of its writing, or else one made now."""
    known = {item.path: item for item in old.files.values()}
    for path, entry in _pages(docs):
        status = entry.stat()
        before = known.get(path)
        if before and (before.size, before.mtime_ns) == (status.st_size, status.st_mtime_ns):
            yield before
        else:
            digest = written.get(path, "-")
            yield SourceFile(
                path=path,
                size=status.st_size,
                mtime_ns=status.st_mtime_ns,
                digest=digest if len(digest) == WHOLE else file_digest(Path(entry.path)),
            )


def _pages(docs: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files of `docs/` that MkDocs takes: it leaves out dot files and a folder `templates`."""
    for path, entry in walk(docs):
        if not path.startswith(("templates/", ".")) and "/." not in path:
            yield path, entry


def walk(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below a folder with its path relative to it, in no order."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from walk(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry
