"""Lists of the records that belong to an entity or a story, by which the page narrows a search."""

import gzip
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from generator.site.search_files import DAMAGED, FEW, Form, cut, revise
from generator.site.search_shard import (
    FORMAT,
    LISTS,
    PARTS,
    as_json,
    bring,
    is_whole,
    period,
    write,
)

#: The periods that have a list, with the numbers of records.
_List = dict[str, Sequence[int]]

#: There are thousands of short lists, so that many lie in one file, whose number the name of a list tells.
FORM = Form(
    beginning=str,
    weigh=lambda found: sum([len(name) + 4 * len(found[name]) for name in found]),
    size=24_000,
)


def write_lists(shards: Sequence[str], out: Path, before: Sequence[str] = ()) -> dict[str, Any]:
    """Write for each entity and story which records belong to it: period → numbers of records.

    Their folder is named by a digest of the shards, which must be there; those of the last build help. Gives what the
    page is told: the folder, and how many files it has.
    """
    path = _folder(shards)
    if not is_whole(out / path):
        part = out / PARTS / path
        shutil.rmtree(part, ignore_errors=True)
        if not _revised(shards, before, out):
            for name, content in cut(_lists(shards, out), FORM):
                write(part / name, content)
        bring(part, out / path)
    return {"path": path, "files": sum(1 for _ in (out / path).glob("[0-9]*"))}


def _folder(shards: Sequence[str]) -> str:
    return f"id-lists-{blake2b(as_json([FORMAT, shards]), digest_size=8).hexdigest()}"


def _lists(shards: Iterable[str], out: Path) -> Mapping[str, _List]:
    lists: dict[str, _List] = defaultdict(dict)
    for path in shards:
        name = period(path)
        for item, numbers in _read(out / path).items():
            lists[item][name] = numbers
    return lists


def _revised(shards: Sequence[str], before: Sequence[str], out: Path) -> bool:
    """Make the lists of those of the last build, if few shards have changed; tells whether they are made."""
    gone, new = set(before).difference(shards), set(shards).difference(before)
    needed = [_folder(before), *gone]
    if len(gone | new) > FEW or not all(is_whole(out / path) for path in needed):
        return False
    try:
        changes = _changes(_lists(gone, out), _lists(new, out))
        old, part = out / needed[0], out / PARTS / _folder(shards)
        return revise(old, part, FORM, changes, lambda name, found: _changed(found, changes[name]))
    except DAMAGED:
        shutil.rmtree(out / PARTS / _folder(shards), ignore_errors=True)
        return False


def _changes(gone: Mapping[str, _List], new: Mapping[str, _List]) -> Mapping[str, _List]:
    """By name in which periods a list is another one now; no numbers stand for none."""
    return {
        name: dict.fromkeys(gone.get(name, ()), ()) | new.get(name, {})
        for name in gone.keys() | new.keys()
        if gone.get(name) != new.get(name)
    }


def _changed(found: _List | None, changes: _List) -> _List | None:
    changed = (found or {}) | changes
    return {name: numbers for name, numbers in changed.items() if numbers} or None


def _read(shard: Path) -> Mapping[str, Sequence[int]]:
    """The lists of a shard that is there."""
    content = gzip.decompress((shard / LISTS).read_bytes())
    return msgspec.json.decode(content, type=dict[str, list[int]])
