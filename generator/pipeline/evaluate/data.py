"""Reading labelled sets: NDJSON files, plain or packed with gzip."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.errors import UsageError


def read_lines(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The objects of `<folder>/<name>.ndjson` or `.ndjson.gz`, in their order."""
    plain, packed = folder / f"{name}.ndjson", folder / f"{name}.ndjson.gz"
    if not plain.exists() and not packed.exists():
        raise UsageError(f"{folder}: expected a file {plain.name} or {packed.name}, got neither")
    data = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
    for line in data.decode("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
