"""Search records for tests: real ones from the shared corpus, invented ones for all else."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from generator.model import (
    ArticleId,
    EntityId,
    LanguageCode,
    SearchKind,
    SearchRecord,
    SourceId,
    StoryId,
    VersionFacts,
)
from generator.text import normal


def make_record(content: str = "A first paragraph.\nA second one.", **changes: Any) -> SearchRecord:
    """A search record with any field changed."""
    fields: dict[str, Any] = {
        "id": "2024-01-02-herald-a-title",
        "kind": SearchKind.ARTICLE,
        "language": LanguageCode("en"),
        "title": "A title",
        "content": content,
        "source": SourceId("herald"),
        "source_name": "The Herald",
        "date": "2024-01-02",
        "sort_date": "2024-01-02",
    }
    fields |= changes
    fields.setdefault("url", f"articles/{fields['id']}/")
    return SearchRecord(**fields)


def make_facts(**changes: Any) -> VersionFacts:
    """What is told of a version, with any field changed."""
    fields = {"source": SourceId("herald"), "source_name": "The Herald", "date": "2024-03-01"}
    return VersionFacts(**{**fields, **changes})


def world_news(folder: Path) -> Iterator[SearchRecord]:
    """A record for each article of the corpus of real news (`corpora/world-news`)."""
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    for row in rows:
        _, front, body = (folder / row["file"]).read_text(encoding="utf-8").split("---\n", 2)
        facts = yaml.safe_load(front)
        paragraphs = [normal(part) for part in body.split("\n\n") if part.strip()]
        date = str(facts.get("date") or "")
        name = row["file"].removesuffix(".md").replace(".", "-")
        yield make_record(
            "\n".join(paragraphs),
            id=name,
            language=LanguageCode(row["lang"]),
            title=normal(str(facts["title"])),
            source=SourceId(row["source"].lower().replace(" ", "-")),
            source_name=row["source"],
            date=date,
            sort_date=date,
            versions=(ArticleId(name),),
            story=StoryId(row["story"]) if row["story"] else None,
            entities=(EntityId("world-health-organization"),) if "who" in name else (),
        )
