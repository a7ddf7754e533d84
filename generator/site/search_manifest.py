"""The manifest of the search index: what the page reads first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator.model import LanguageCode
from generator.record import record
from generator.site.endings import endings
from generator.site.pagefind import STEMMED
from generator.site.search_shard import FORMAT, TOGETHER, Shard, ShardFacts, difference_file
from generator.site.search_stems import PIECE
from generator.site.search_tables import SIDE_BY_SIDE
from generator.site.segment import segmentation_rules
from generator.text import base_language

Facts = Mapping[str, ShardFacts]

#: Letters of what parts word files that the manifest tells, for a first guess; those of a piece of a run without spaces.
GUESS, GUESS_OF_PIECE = 4, 6

MANIFEST = "manifest.json"


@record
class _Address:
    path: str


@record
class _Language:
    shards: tuple[_Address, ...]


@record
class _Published:
    """What the next build needs of a manifest."""

    languages: Mapping[LanguageCode, _Language]


def make_manifest(
    shards: Sequence[Shard], facts: Facts, tables: Mapping[LanguageCode, dict[str, Any]]
) -> dict[str, Any]:
    """What the page reads first: the rules, the languages with their shards, the names of outlets."""
    languages: dict[str, Any] = {}
    for shard in shards:
        if shard.language not in languages:
            table = tables[shard.language]
            languages[shard.language] = _language(shard.language, facts[shard.path], table)
        languages[shard.language]["shards"].append(_entry(shard))
    return {
        "format": FORMAT,
        "together": TOGETHER,
        "side": SIDE_BY_SIDE,
        "segmentation": segmentation_rules(),
        "languages": languages,
        "sources": _sources(shards, facts),
    }


def _sources(shards: Iterable[Shard], facts: Facts) -> dict[str, dict[str, str]]:
    """The names of outlets: under "" the one that most records have, others under their language."""
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for shard in shards:
        for source, names in facts[shard.path].sources.items():
            found[source].update({(shard.language, name): names[name] for name in names})
    return {source: _names(names) for source, names in found.items()}


def _names(counts: Counter[tuple[str, str]]) -> dict[str, str]:
    usual: Counter[str] = Counter()
    for (_, name), number in counts.items():
        usual[name] += number
    most = min(usual, key=lambda name: (-usual[name], name))
    return {"": most} | {language: name for language, name in sorted(counts) if name != most}


def _language(language: LanguageCode, newest: ShardFacts, table: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "shards": [],
        "table": table,
        "trigrams": newest.trigrams,
        "bounds": " ".join(map(_beginning, newest.bounds)) if newest.word_files else None,
    }
    if newest.stemmer:
        entry["difference"] = difference_file(newest.stemmer)
    if base_language(language) not in STEMMED:
        entry["endings"] = endings(language)
    return entry


def _beginning(bound: str) -> str:
    return bound[: GUESS_OF_PIECE if PIECE.match(bound) else GUESS]


def _entry(shard: Shard) -> dict[str, Any]:
    entry: dict[str, Any] = {"path": shard.path, "count": len(shard.records)}
    dates = [item.sort_date for item in shard.records if item.sort_date]
    return entry | {"from": min(dates), "to": max(dates)} if dates else entry


def published(out: Path) -> Mapping[LanguageCode, Sequence[str]]:
    """The shards of the index that readers have, by language, newest first; none where it cannot be told."""
    try:
        manifest = msgspec.json.decode((out / MANIFEST).read_bytes(), type=_Published)
    except (OSError, ValueError):
        return {}
    return {
        language: [shard.path for shard in entry.shards]
        for language, entry in manifest.languages.items()
    }
