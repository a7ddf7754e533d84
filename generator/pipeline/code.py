"""What stands for the program itself in the keys of results: a digest of the code that makes them."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

#: What every room builds on, besides its own modules.
BASE = ("errors.py", "model.py", "resources.py", "settings.py", "text.py")


@cache
def code_version(*rooms: str) -> str:
    """Hex digest of rooms (`views`, `data` …) and of the base: another program, other results."""
    digest = hashlib.blake2b(digest_size=16)
    for name in ("babel", "msgspec", "numpy", "python-slugify", "regex"):
        digest.update(f"{name} {version(name)}\n".encode())
    roots = [PACKAGE / name for name in (*BASE, *rooms)]
    for root in roots:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
