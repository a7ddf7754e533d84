"""For each language files that tell of its shards what each has, so that the page asks none in vain."""

import shutil
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.model import LanguageCode
from generator.record import record
from generator.site.pagefind import packed
from generator.site.search_files import DAMAGED, FEW, cut, revise
from generator.site.search_shard import (
    FORMAT,
    PARTS,
    as_json,
    bring,
    is_whole,
    period,
    read_facts,
    write,
)
from generator.site.search_stems import (
    STEMS,
    TABLE_FORMAT,
    read_words,
    stem_table,
    turn,
    turned,
)

#: Shards of a language of which one file tells what must be known before they are asked.
SIDE_BY_SIDE = 8


@record
class Table:
    """What tells of some shards, all of a language: `path` is its folder, named by a digest of them."""

    path: str
    shards: tuple[str, ...]


def make_table(language: LanguageCode, shards: Sequence[str]) -> Table:
    """The table of a language with these shards, newest first."""
    digest = blake2b(as_json([FORMAT, TABLE_FORMAT, shards]), digest_size=8).hexdigest()
    return Table(path=f"{language}/words-{digest}", shards=tuple(shards))


def build_table(table: Table, out: Path, before: Table | None = None) -> None:
    """Build a table aside and move it into place; its shards must be there. That of the last build helps."""
    part = out / PARTS / table.path
    shutil.rmtree(part, ignore_errors=True)
    if before is None or not _revised(table, before, out):
        for name, content in cut(stem_table(read_words(out / one) for one in table.shards), STEMS):
            write(part / name, content)
    for number, some in enumerate(_openings(table, out)):
        write(part / f"shards-{number}.json.gz", packed(as_json(some)))
    bring(part, out / table.path)


def _revised(table: Table, before: Table, out: Path) -> bool:
    """Make a table of one with the same periods, in few of which anything changed; tells whether it is one."""
    if [*map(period, table.shards)] != [*map(period, before.shards)]:
        return False
    pairs = enumerate(zip(before.shards, table.shards, strict=True))
    changed = [(number, old, new) for number, (old, new) in pairs if old != new]
    needed = [before.path, *(old for _, old, _ in changed)]
    if len(changed) > FEW or not all(is_whole(out / path) for path in needed):
        return False
    part = out / PARTS / table.path
    try:
        bits = turned(
            (number, read_words(out / old), read_words(out / new)) for number, old, new in changed
        )
        return revise(
            out / before.path, part, STEMS, bits, lambda word, mask: turn(mask, bits[word])
        )
    except DAMAGED:
        shutil.rmtree(part, ignore_errors=True)
        return False


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
