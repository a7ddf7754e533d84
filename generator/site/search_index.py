"""The search index: records to shards by language and period, and what the page needs beside them."""

import shutil
import struct
import zlib
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from generator.model import LanguageCode, SearchEntry
from generator.record import record
from generator.settings import Settings
from generator.site.pagefind import NO_STEMMER, SIGNATURE, packed, unpacked
from generator.site.programs import names_in, together
from generator.site.search_lists import write_lists
from generator.site.search_manifest import MANIFEST, Facts, make_manifest, published
from generator.site.search_shard import (
    BASE,
    FACTS,
    PARTS,
    PROGRAMS,
    Shard,
    ShardFacts,
    as_json,
    build_shard,
    difference_file,
    is_whole,
    known_facts,
    make_shard,
    read_facts,
    write_changed,
    write_programs,
)
from generator.site.search_tables import Table, build_table, make_table, shown
from generator.site.shards import cut_shards

Seen = Callable[[str], Mapping[str, int]]

#: Shards that are under way at once, so that what waits does not fill the memory.
WAITING = 8

#: The search program, and what those of the languages with most records differ in, as one file.
COMMON, MOST_COMMON = f"{PROGRAMS}/common.pagefind", 6


@record
class IndexReport:
    """What `build_index` did: shards built, kept and removed, and the records of all there are."""

    built: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    records: int


@record
class Prepared:
    """An index whose parts are in place: its manifest, but for the names, what counts of it, shards with their stemmers and
    other folders, and the report."""

    manifest: dict[str, Any]
    stemmers: dict[str, str]
    others: tuple[str, ...]
    report: IndexReport


def build_index(
    records: Iterable[SearchEntry],
    out: Path,
    *,
    settings: Settings,
    executor: Executor | None = None,
    names: Mapping[str, Any] | None = None,
) -> IndexReport:
    """Write the index of `records` to `out` (`docs/search/index`); only what changed is built.

    `names` says how the table of names is cut, which the page learns from the manifest. Shards are built aside
    and come into place by renaming; the manifest follows, then what no longer counts goes. So `out` can be read at any
    time, and a build cut short is taken up by the next.
    """
    prepared = prepare_index(records, out, settings=settings, executor=executor)
    return complete_index(prepared, out, names)


def prepare_index(
    records: Iterable[SearchEntry],
    out: Path,
    *,
    settings: Settings,
    executor: Executor | None = None,
    seen: Seen = lambda _: {},
) -> Prepared:
    """Build all that is missing of an index, and bring it into place. `seen` gives the sizes of the files of a shard, by their
    paths in its folder, as far as they were looked at since they could change."""
    shards = list(_shards(records, settings.shard_size))
    paths = [shard.path for shard in shards]
    before = _finished(out, seen)
    missing = [shard for shard in shards if shard.path not in before]
    helpers = _Helpers(executor if len(missing) > 1 else None)
    for shard in sorted(missing, key=_weight, reverse=True):
        helpers.do(build_shard, shard.language, shard.path, shard.made(), out)
    helpers.wait()
    last = published(out)
    old, tables = _tables(last), _tables(_by_language(shards))
    for language, table in tables.items():
        if not is_whole(out / table.path):
            helpers.do(build_table, table, out, old.get(language))
    lists = write_lists(paths, out, [path for some in last.values() for path in some])
    helpers.wait()
    shutil.rmtree(out / PARTS, ignore_errors=True)
    facts = {path: before.get(path) or read_facts(out / path) for path in paths}
    manifest = make_manifest(shards, facts, {name: shown(tables[name], out) for name in tables})
    common = _write_common(shards, facts, out)
    return Prepared(
        manifest=manifest | {"programs": COMMON, "common": common, "lists": lists},
        stemmers={path: facts[path].stemmer for path in paths},
        others=(*(table.path for table in tables.values()), lists["path"]),
        report=IndexReport(
            built=tuple(shard.path for shard in missing),
            kept=tuple(sorted(facts.keys() & before)),
            removed=tuple(sorted(before.keys() - facts)),
            records=sum(len(shard.records) for shard in shards),
        ),
    )


def complete_index(prepared: Prepared, out: Path, names: Mapping[str, Any] | None) -> IndexReport:
    """Publish an index whose parts are in place."""
    write_changed(out / MANIFEST, as_json(prepared.manifest | {"names": names}))
    _remove_stale(out, prepared.stemmers, prepared.others)
    return prepared.report


def index_size(out: Path) -> tuple[int, int]:
    """How many files of an index readers can have, and their bytes."""
    found = (path for path in out.rglob("*") if path.is_file())
    sizes = [
        path.stat().st_size
        for path in found
        if not any(part.startswith(".") for part in path.relative_to(out).parts)
    ]
    return len(sizes), sum(sizes)


# --- shards --------------------------------------------------------------------------------


def _shards(records: Iterable[SearchEntry], limit: int) -> Iterator[Shard]:
    """All shards, by language, newest first."""
    languages = defaultdict(list)
    for item in records:
        languages[item.language].append(item)
    for language in sorted(languages):
        for period, members in cut_shards(languages[language], limit).items():
            yield make_shard(language, period, members)


def _by_language(shards: Iterable[Shard]) -> Mapping[LanguageCode, Sequence[str]]:
    found = defaultdict(list)
    for shard in shards:
        found[shard.language].append(shard.path)
    return found


def _tables(shards: Mapping[LanguageCode, Sequence[str]]) -> dict[LanguageCode, Table]:
    return {language: make_table(language, paths) for language, paths in shards.items()}


def _weight(shard: Shard) -> int:
    """How much work a shard is, about: the characters of its texts."""
    return sum(item.size for item in shard.records)


class _Helpers:
    """Other processes that do tasks; without any, each is done at once."""

    def __init__(self, executor: Executor | None) -> None:
        self._executor = executor
        self._begun: deque[Future[None]] = deque()

    def do(self, task: Callable[..., None], *arguments: Any) -> None:
        if self._executor is None:
            task(*arguments)
            return
        if len(self._begun) >= WAITING:
            self._begun.popleft().result()
        self._begun.append(self._executor.submit(task, *arguments))

    def wait(self) -> None:
        while self._begun:
            self._begun.popleft().result()


# --- the manifest and what lies beside the shards ------------------------------------------


def _write_common(shards: Sequence[Shard], facts: Facts, out: Path) -> list[str]:
    """Write the common programs as one file; gives the differences that it has."""
    counts: Counter[str] = Counter()
    for shard in shards:
        counts[facts[shard.path].stemmer] += len(shard.records)
    for stemmer in counts:  # of shards that were kept, somebody may have removed them
        write_programs(stemmer or NO_STEMMER, out)
    counts.pop("", None)
    usual = sorted(counts, key=lambda stemmer: (-counts[stemmer], stemmer))[:MOST_COMMON]
    files = [difference_file(stemmer) for stemmer in usual]
    names, place = [BASE, *files], out / COMMON
    there = _programs_in(place) == names
    if shards and not there:
        parts = {name: unpacked((out / name).read_bytes()) for name in names}
        write_changed(place, packed(SIGNATURE + together(parts)))
    return files


def _programs_in(place: Path) -> list[str]:
    """The names of what a file of programs has; none if it is not there or damaged."""
    try:
        return names_in(unpacked(place.read_bytes()))
    except (OSError, EOFError, ValueError, struct.error, zlib.error):
        return []


# --- files ---------------------------------------------------------------------------------


def _finished(out: Path, seen: Seen) -> dict[str, ShardFacts]:
    """What is known of the shards that are there, and whole."""
    found: dict[str, ShardFacts] = {}
    for path in out.glob(f"*/*/{FACTS}"):
        name = path.parent.relative_to(out).as_posix()
        if not name.startswith("."):
            facts = known_facts(path.parent, seen(name))
            found |= {name: facts} if facts else {}
    return found


def remove_index(out: Path) -> None:
    """Remove all of an index, so that the next one is made from nothing."""
    for path in out.iterdir() if out.is_dir() else ():
        if path.name != PARTS:
            _discard(path, out)
    shutil.rmtree(out, ignore_errors=True)


def _discard(path: Path, out: Path) -> None:
    """Move away, then remove: a folder that is half removed would be taken for a finished one."""
    gone = out / PARTS / "gone"
    shutil.rmtree(gone, ignore_errors=True)
    gone.mkdir(parents=True)
    path.rename(gone / path.name)
    shutil.rmtree(gone)


def _remove_stale(out: Path, stemmers: Mapping[str, str], others: Iterable[str]) -> None:
    """Remove shards, tables, lists and programs that no longer count."""
    wanted = {*stemmers, *others}
    shards = (file.parent for file in out.glob(f"*/*/{FACTS}"))
    for folder in (*shards, *out.glob("*/words-*"), *out.glob("id-lists*")):
        if folder.relative_to(out).as_posix() not in wanted:
            _discard(folder, out)
    shutil.rmtree(out / PARTS, ignore_errors=True)
    programs = {BASE, COMMON} if stemmers else set()
    programs |= {difference_file(stemmer) for stemmer in stemmers.values() if stemmer}
    for file in out.glob("wasm-*/*"):
        if file.relative_to(out).as_posix() not in programs:
            file.unlink()
    for begun in out.glob("*.part"):
        begun.unlink()
    for path in out.iterdir():
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
