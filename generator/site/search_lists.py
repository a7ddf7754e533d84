"""Lists of the records that belong to an entity or a story, by which the page narrows a search."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.model import SearchEntry
from generator.site.pagefind import packed
from generator.site.search_shard import FORMAT, PARTS, Shard, as_json, bring, is_whole, write
from generator.site.search_stems import spread

#: Bytes of a file, about, before packing.
SIZE = 24_000

_Lists = Mapping[str, Mapping[str, Sequence[int]]]


def write_lists(shards: Sequence[Shard], out: Path) -> dict[str, Any]:
    """Write for each entity and story which records belong to it: shard → numbers of records.

    There are thousands of short ones, so that many lie in one file, whose number the name of a list tells. Their
    folder is named by a digest of the shards. Gives what the page is told: the folder, and how many files it has.
    """
    digest = blake2b(as_json([FORMAT, [shard.path for shard in shards]]), digest_size=8)
    path = f"id-lists-{digest.hexdigest()}"
    if not is_whole(out / path):
        part = out / PARTS / path
        shutil.rmtree(part, ignore_errors=True)
        for number, content in enumerate(_files(_lists(shards))):
            write(part / f"{number}.json.gz", packed(content))
        bring(part, out / path)
    return {"path": path, "files": sum(1 for _ in (out / path).glob("[0-9]*"))}


def _lists(shards: Iterable[Shard]) -> _Lists:
    lists: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for shard in shards:
        for number, item in enumerate(shard.records):
            for name in _lists_of(item):
                lists[name][shard.path].append(number)
    return lists


def _lists_of(item: SearchEntry) -> list[str]:
    names = [f"entity/{entity}" for entity in item.entities]
    return names if item.story is None else [*names, f"story/{item.story}"]


def _files(lists: _Lists) -> Iterator[bytes]:
    """Files of a JSON object each, with the lists by name."""
    entries = {name: as_json(content) for name, content in lists.items()}
    files: list[list[str]] = [[] for _ in range(sum(map(len, entries.values())) // SIZE + 1)]
    for name in sorted(entries):
        files[spread(name, len(files))].append(name)
    for names in files:
        yield b"{%b}" % b",".join(b"%b:%b" % (as_json(name), entries[name]) for name in names)
