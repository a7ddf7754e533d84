"""For each language files that tell of its shards what each has, so that the page asks none in vain."""

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.model import LanguageCode
from generator.record import record
from generator.site.pagefind import packed
from generator.site.search_shard import FORMAT, PARTS, Shard, as_json, bring, read_facts, write
from generator.site.search_stems import TABLE_FORMAT, read_words, stem_table

#: Shards of a language of which one file tells what must be known before they are asked.
SIDE_BY_SIDE = 8


@record
class Table:
    """What tells of some shards, all of a language: `path` is its folder, named by a digest of them."""

    path: str
    shards: tuple[str, ...]


def make_tables(shards: Sequence[Shard]) -> Mapping[LanguageCode, Table]:
    """The tables that there should be."""
    languages: dict[LanguageCode, list[str]] = defaultdict(list)
    for shard in shards:
        languages[shard.language].append(shard.path)
    return {language: _table(language, paths) for language, paths in languages.items()}


def _table(language: LanguageCode, shards: Sequence[str]) -> Table:
    digest = blake2b(as_json([FORMAT, TABLE_FORMAT, shards]), digest_size=8).hexdigest()
    return Table(path=f"{language}/words-{digest}", shards=tuple(shards))


def build_table(table: Table, out: Path) -> None:
    """Build a table aside and move it into place; its shards must be there."""
    part = out / PARTS / table.path
    shutil.rmtree(part, ignore_errors=True)
    for number, content in enumerate(stem_table(read_words(out / one) for one in table.shards)):
        write(part / f"{number}.json.gz", content)
    for number, some in enumerate(_openings(table, out)):
        write(part / f"shards-{number}.json.gz", packed(as_json(some)))
    bring(part, out / table.path)


def shown(table: Table, out: Path) -> dict[str, Any]:
    """What the page is told of a table that is there: its folder, and how many files tell who has a word."""
    return {"path": table.path, "files": sum(1 for _ in (out / table.path).glob("[0-9]*"))}


def _openings(table: Table, out: Path) -> Iterator[list[dict[str, Any]]]:
    """What must be known of shards before they can be asked."""
    for first in range(0, len(table.shards), SIDE_BY_SIDE):
        some = [read_facts(out / one) for one in table.shards[first : first + SIDE_BY_SIDE]]
        yield [
            {"counts": one.counts, "bounds": one.bounds, "files": one.word_files} for one in some
        ]
