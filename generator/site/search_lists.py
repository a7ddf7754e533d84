"""Lists of the records that belong to an entity or a story, by which the page narrows a search."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.site.search_shard import LISTS, Shard, as_json, lists_of, write_changed

#: For which shards the lists were written; not there while they are being written.
WRITTEN = ".shards.json"


def write_lists(shards: Sequence[Shard], out: Path) -> None:
    """Write for each entity and story which records belong to it: shard → numbers of records.

    Only lists of shards that have come or gone since the last time are looked at. The shards that have gone must
    still be there.
    """
    folder = out / "id-lists"
    before = _written(folder)
    if before == {shard.path for shard in shards}:
        return
    changed = _changed(shards, out, before)
    (folder / WRITTEN).unlink(missing_ok=True)
    lists: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for shard in shards:
        for number, item in enumerate(shard.records):
            for name in lists_of([item]):
                if changed is None or name in changed:
                    lists[name][shard.path].append(number)
    for name, content in lists.items():
        write_changed(folder / name, as_json(content))
    if changed is None:
        changed = {file.relative_to(folder).as_posix() for file in folder.glob("*/*")}
    for name in changed - lists.keys():
        (folder / name).unlink(missing_ok=True)
    write_changed(folder / WRITTEN, as_json([shard.path for shard in shards]))


def _written(folder: Path) -> set[str] | None:
    try:
        return set(json.loads((folder / WRITTEN).read_bytes()))
    except (OSError, ValueError):
        return None


def _changed(shards: Iterable[Shard], out: Path, before: set[str] | None) -> set[str] | None:
    """The lists that are no longer right; None where that is not known."""
    if before is None:
        return None
    now = {shard.path: shard.records for shard in shards}
    try:
        gone = [json.loads((out / path / LISTS).read_bytes()) for path in before - now.keys()]
    except (OSError, ValueError):
        return None
    new = [lists_of(now[path]) for path in now.keys() - before]
    names: set[str] = set()
    return names.union(*gone, *new)
