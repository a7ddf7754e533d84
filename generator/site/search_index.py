"""The search index: records to Pagefind bundles by language and period, and what the page needs beside them."""

import gzip
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.model import LanguageCode, SearchRecord, record
from generator.settings import Settings
from generator.site.endings import endings, prefixes, with_prefix_apart
from generator.site.pagefind import PAGEFIND_VERSION, STEMMED, PagefindText, index_texts
from generator.site.segment import common_trigrams, forms, segmentation_rules
from generator.site.shards import cut_shards
from generator.text import base_language

#: Grows when the files change their form, so that old shards are built anew.
FORMAT = 1

#: Records, and characters of each, that tell the page what words of a language look like.
SAMPLE, SAMPLE_LENGTH = 100, 500


@record
class IndexReport:
    """What `build_index` did: shards built and kept, and what the whole index weighs."""

    built: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    records: int
    files: int
    bytes: int


@record
class _Shard:
    """A part of the index: `path` is its folder, which carries the digest of its records."""

    language: LanguageCode
    period: str
    path: str
    records: tuple[SearchRecord, ...]


def build_index(records: Iterable[SearchRecord], out: Path, *, settings: Settings) -> IndexReport:
    """Write the index of `records` to `out` (`docs/search/index`); only what changed is built.

    Shards are built aside and come into place by renaming; the manifest follows, then what no
    longer counts goes. So `out` can be read at any time, and a build cut short is taken up by the next.
    """
    shards = list(_shards(records, settings.shard_size))
    before = _shard_folders(out)
    built = [shard.path for shard in shards if shard.path not in before]
    for shard in shards:
        if shard.path in built:
            _build_shard(shard, out)
    programs = {shard.path: _program(out / shard.path) for shard in shards}
    _write_lists(shards, out / "id-lists")
    _write_changed(out / "manifest.json", _json(_manifest(shards, programs)))
    wanted = programs.keys()
    removed = sorted(before - wanted)
    _remove_stale(out, removed, set(programs.values()))
    files = [path for path in out.rglob("*") if path.is_file()]
    return IndexReport(
        built=tuple(built),
        kept=tuple(sorted(wanted & before)),
        removed=tuple(removed),
        records=sum(len(shard.records) for shard in shards),
        files=len(files),
        bytes=sum(path.stat().st_size for path in files),
    )


# --- shards --------------------------------------------------------------------------------


def _shards(records: Iterable[SearchRecord], limit: int) -> Iterator[_Shard]:
    """All shards, by language, newest first."""
    languages = defaultdict(list)
    for item in records:
        languages[item.language].append(item)
    for language in sorted(languages):
        for period, members in cut_shards(languages[language], limit).items():
            path = f"{language}/{period}-{_digest(members)}"
            yield _Shard(language=language, period=period, path=path, records=tuple(members))


def _digest(records: Sequence[SearchRecord]) -> str:
    """Sixteen hex digits of everything that decides what the shard's files hold."""
    digest = blake2b(digest_size=8)
    digest.update(
        _json([FORMAT, PAGEFIND_VERSION, segmentation_rules(), prefixes(records[0].language)])
    )
    for item in records:
        digest.update(_json(asdict(item)))
    return digest.hexdigest()


def _build_shard(shard: _Shard, out: Path) -> None:
    """Build a shard in a folder of its own and move it into place."""
    folder = out / ".part"
    shutil.rmtree(folder, ignore_errors=True)
    language = base_language(shard.language)
    bundle = index_texts((_indexed(item, language) for item in shard.records), language)
    program = f"wasm-{PAGEFIND_VERSION}/{bundle.stemmer}.pagefind"
    _write_changed(out / program, bundle.program)
    _write(folder / "meta.pf_meta", bundle.meta)
    for name, content in bundle.chunks.items():
        _write(folder / "index" / f"{name}.pf_index", content)
    for number, item in enumerate(shard.records):
        content = gzip.compress(_json(_shown(item)), compresslevel=9, mtime=0)
        _write(folder / "record" / f"{number}.json.gz", content)
    _write(folder / "columns.json", _json(_columns(shard.records)))
    _write(folder / "shard.json", _json({"program": program}))
    place = out / shard.path
    place.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(place)


def _indexed(item: SearchRecord, language: str) -> PagefindText:
    """The title stands before the text, too, so that a phrase finds it."""
    title, content = (_index_text(text, language) for text in (item.title, item.content))
    return PagefindText(title=title, content=f"{title} {content}")


def _index_text(text: str, language: str) -> str:
    if language in STEMMED:
        return " ".join(forms(text))
    return " ".join(with_prefix_apart(form, language) for form in forms(text))


def _shown(item: SearchRecord) -> dict[str, Any]:
    """A record as the page shows it; what is empty is left out."""
    texts = item.content.split("\n") if item.content else []
    addresses = [*item.paragraphs, *[""] * (len(texts) - len(item.paragraphs))]
    shown = {
        "id": item.id,
        "url": item.url,
        "kind": item.kind,
        "language": item.language,
        "title": item.title,
        "text": list(zip(addresses, texts, strict=False)),
        "source": item.source,
        "source_name": item.source_name,
        "date": item.date,
        "authors": item.authors,
        "versions": item.versions,
        "story": item.story,
    }
    return {name: value for name, value in shown.items() if value}


def _columns(records: Sequence[SearchRecord]) -> dict[str, Any]:
    """What the page narrows and orders by: for each column its values and one number a record.

    Pagefind's own filters would need a call for every value, know no days, and come in random order.
    """
    columns = {
        "kind": [item.kind.value for item in records],
        "source": [item.source or "" for item in records],
        "date": [item.sort_date for item in records],
    }
    table = {}
    for name, values in columns.items():
        known = sorted(set(values))
        places = {value: place for place, value in enumerate(known)}
        table[name] = {"values": known, "rows": [places[value] for value in values]}
    return table


# --- the manifest and the lists beside it --------------------------------------------------


def _manifest(shards: Sequence[_Shard], programs: Mapping[str, str]) -> dict[str, Any]:
    """What the page reads first: the rules, the languages with their shards, the names of outlets."""
    languages: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for shard in shards:
        program = programs[shard.path]
        if shard.language not in languages:
            languages[shard.language] = _language(shard, program)
        entry = languages[shard.language]
        dates = [item.sort_date for item in shard.records if item.sort_date]
        part: dict[str, Any] = {"path": shard.path, "count": len(shard.records)}
        if dates:
            part |= {"from": min(dates), "to": max(dates)}
        entry["shards"].append(part)
        for item in shard.records:
            if item.source is not None and item.source_name:
                sources[item.source] = item.source_name
    return {
        "format": FORMAT,
        "segmentation": segmentation_rules(),
        "languages": languages,
        "sources": sources,
    }


def _language(newest: _Shard, program: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"program": program, "shards": []}
    if base_language(newest.language) not in STEMMED:
        entry["endings"] = endings(newest.language)
    sample = sorted(newest.records, key=lambda item: blake2b(item.id.encode()).digest())[:SAMPLE]
    entry["trigrams"] = common_trigrams(
        f"{item.title} {item.content[:SAMPLE_LENGTH]}" for item in sample
    )
    return entry


def _write_lists(shards: Sequence[_Shard], folder: Path) -> None:
    """Write for each entity and story the records that belong to it: shard → numbers of records."""
    lists: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for shard in shards:
        for number, item in enumerate(shard.records):
            for path in _lists_of(item):
                lists[path][shard.path].append(number)
    for path, content in lists.items():
        _write_changed(folder / path, _json(content))
    for file in folder.glob("*/*.json"):
        if file.relative_to(folder).as_posix() not in lists:
            file.unlink()


def _lists_of(item: SearchRecord) -> list[str]:
    paths = [f"entity/{entity}.json" for entity in item.entities]
    return paths if item.story is None else [*paths, f"story/{item.story}.json"]


# --- files ---------------------------------------------------------------------------------


def _shard_folders(out: Path) -> set[str]:
    """The shards that are there: folders with a `shard.json`, which only finished ones are given a place."""
    found = (path.parent.relative_to(out) for path in out.glob("*/*/shard.json"))
    return {path.as_posix() for path in found if not path.parts[0].startswith(".")}


def _program(folder: Path) -> str:
    program: str = json.loads((folder / "shard.json").read_bytes())["program"]
    return program


def _remove_stale(out: Path, paths: Sequence[str], programs: set[str]) -> None:
    for path in paths:
        shutil.rmtree(out / path)
    for file in out.glob("wasm-*/*.pagefind"):
        if file.relative_to(out).as_posix() not in programs:
            file.unlink()
    for folder in out.iterdir():
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write_changed(path: Path, content: bytes) -> None:
    """Write a file unless it has these bytes, never half."""
    if path.is_file() and path.read_bytes() == content:
        return
    part = path.with_name(path.name + ".part")
    _write(part, content)
    part.replace(path)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
