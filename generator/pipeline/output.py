"""Writing the generated files of `docs/`: only what changed, and removing only what was generated."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from generator.errors import Problem, ProblemsFound
from generator.model import OutputFile, record

MANIFEST = ".generated"


@record
class Written:
    """What writing did: paths below `docs/` by what happened to them."""

    changed: tuple[str, ...]
    same: int
    removed: tuple[str, ...]


def write_docs(files: Iterable[OutputFile], docs: Path, *, full: bool = False) -> Written:
    """Bring the generated part of `docs/` up to date, and nothing else.

    The list of generated files is kept in `docs/.generated`. It names a file before the file is written, so that
    a build that was cut short leaves nothing behind that the next one would not know.
    `full` writes every file again, also those that did not change.
    """
    docs.mkdir(parents=True, exist_ok=True)
    before = read_list(docs)
    seen: dict[str, str] = {}
    changed = []
    with (docs / MANIFEST).open("a", encoding="utf-8") as journal:
        for file in files:
            digest = hashlib.blake2b(file.content, digest_size=16).hexdigest()
            seen[file.path] = digest
            target = docs / file.path
            if not full and before.get(file.path) == digest and target.exists():
                continue
            if file.path not in before and target.exists():
                raise ProblemsFound([_taken(file.path)])
            journal.write(f"- {file.path}\n")
            journal.flush()
            _replace(target, file.content)
            changed.append(file.path)
    removed = sorted(before.keys() - seen.keys())
    for path in removed:
        remove(docs, path)
    listing = "".join(f"{digest} {path}\n" for path, digest in sorted(seen.items()))
    if changed or removed or not before:
        _replace(docs / MANIFEST, listing.encode())
    return Written(changed=tuple(changed), same=len(seen) - len(changed), removed=tuple(removed))


def read_list(docs: Path) -> dict[str, str]:
    """The generated files by path; the digest is `-` for one that was begun and perhaps not finished."""
    try:
        lines = (docs / MANIFEST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.partition(" ") for line in lines)
    return {path: digest for digest, _, path in pairs if _is_inside(path)}


def remove(docs: Path, path: str) -> None:
    """Remove a generated file, and the folders that it leaves empty."""
    target = docs / path
    target.unlink(missing_ok=True)
    folder = target.parent
    while folder != docs and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.write_bytes(content)
    part.replace(target)


def _taken(path: str) -> Problem:
    return Problem(
        path=f"docs/{path}",
        message="expected no file here: it has the place of a generated page; move or delete it",
    )
