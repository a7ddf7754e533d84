"""A new outlet in `sources.yml`."""

from pathlib import Path

import yaml

from generator.corpus.lists import read_sources
from generator.model import Source
from generator.pipeline.append import appended

NAME = "sources.yml"


def with_source(root: Path, source: Source) -> bytes | None:
    """The file with an outlet; None if it has the outlet already."""
    fields = {"id": str(source.id), "name": source.name, "homepage": source.homepage}
    known = {key: value for key, value in fields.items() if value}
    entry = yaml.safe_dump([known], allow_unicode=True, sort_keys=False)
    return appended(root / NAME, source.id, entry, read_sources)
