"""One shard of the search index: records in, a folder of files out."""

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from generator.model import LanguageCode, SearchEntry, SearchKind, SearchRecord, VersionFacts
from generator.record import pack, record
from generator.site.endings import prefixes, with_prefix_apart
from generator.site.pagefind import (
    NO_STEMMER,
    PAGEFIND_VERSION,
    SIGNATURE,
    STEMMED,
    ask,
    packed,
)
from generator.site.postings import IndexedText
from generator.site.programs import difference
from generator.site.segment import common_trigrams, forms, segmentation_rules
from generator.site.word_index import WordIndex, index_words
from generator.text import base_language

#: Grows when the files change their form, so that old shards are built anew.
FORMAT = 8

#: Where what is not finished lies.
PARTS = ".part"

#: What the next build needs of a shard, the first of it in finished ones alone. Readers do not: MkDocs leaves dot
#: files out of the site.
FACTS, WORDS, LISTS = ".shard.json", ".words.txt.gz", ".lists.json.gz"

#: What tells the sizes of the files of a finished folder, by name.
SIZES = ".sizes.json"

#: Records in one file: they pack better together, and are fewer files.
TOGETHER = 32

#: The search program that all languages share, and the folder with what each stemmer's differs in.
PROGRAMS = f"wasm-{PAGEFIND_VERSION}"
BASE = f"{PROGRAMS}/base.pagefind"

#: Records, and characters of each, that tell the page what words of a language look like.
SAMPLE, SAMPLE_LENGTH = 100, 500


@record
class Shard:
    """A part of the index: `path` is its folder, which carries the digest of its records."""

    language: LanguageCode
    path: str
    records: tuple[SearchEntry, ...]

    def made(self) -> tuple[SearchRecord, ...]:
        """Its records."""
        return tuple(item.make() for item in self.records)


@record
class ShardFacts:
    """What is known of a finished shard: its stemmer, its commonest trigrams, how many words each of its texts has, what
    parts its word files, and how many these are; of each outlet how many texts have it by which name."""

    stemmer: str
    trigrams: str
    counts: tuple[int, ...]
    bounds: tuple[str, ...]
    word_files: int
    sources: Mapping[str, Mapping[str, int]]


def make_shard(language: LanguageCode, period: str, records: Sequence[SearchEntry]) -> Shard:
    """A shard with its address."""
    path = f"{language}/{period}-{_digest(records)}"
    return Shard(language=language, path=path, records=tuple(records))


def period(path: str) -> str:
    """The language and the period of a shard, which its address begins with."""
    return path.rpartition("-")[0]


def build_shard(code: LanguageCode, path: str, records: Sequence[SearchRecord], out: Path) -> None:
    """Build a shard in a folder of its own and move it into place."""
    folder = out / PARTS / path
    shutil.rmtree(folder, ignore_errors=True)
    language = base_language(code)
    stemmer = language if language in STEMMED else NO_STEMMER
    write_programs(stemmer, out)
    words = index_words([_indexed(item, language) for item in records], language)
    files = dict(_files(records, words))
    sample = sorted(records, key=lambda item: blake2b(item.id.encode()).digest())[:SAMPLE]
    facts = ShardFacts(
        stemmer="" if stemmer == NO_STEMMER else stemmer,
        trigrams=common_trigrams(f"{item.title} {item.content[:SAMPLE_LENGTH]}" for item in sample),
        counts=words.counts,
        bounds=words.bounds,
        word_files=len(words.chunks),
        sources=_sources(records),
    )
    files[WORDS] = packed("\n".join(words.words).encode())
    files[LISTS] = packed(as_json(_lists(records)))
    for name, content in {**files, FACTS: msgspec.json.encode(facts)}.items():
        write(folder / name, content)
    bring(folder, out / path)


def read_facts(folder: Path) -> ShardFacts:
    """What is known of a shard that is there."""
    return msgspec.json.decode((folder / FACTS).read_bytes(), type=ShardFacts)


def known_facts(folder: Path, seen: Mapping[str, int]) -> ShardFacts | None:
    """What is known of a shard if it is there, and whole; the sizes of its files may have been seen."""
    try:
        facts = read_facts(folder)
    except (OSError, ValueError):
        return None
    return facts if is_whole(folder, seen) else None


def bring(part: Path, place: Path) -> None:
    """Move a folder that is finished into its place, with the sizes of its files; one that is damaged makes way."""
    files = sorted(path for path in part.rglob("*") if path.is_file())
    sizes = {path.relative_to(part).as_posix(): path.stat().st_size for path in files}
    write(part / SIZES, as_json(sizes))
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    part.rename(place)


def is_whole(place: Path, seen: Mapping[str, int] = MappingProxyType({})) -> bool:
    """Whether a folder is there with all its files, each of the size that it had; those that were seen are not looked at."""
    try:
        sizes = msgspec.json.decode((place / SIZES).read_bytes(), type=dict[str, int])
        # Plain strings: a path as an object for each of very many files would take most of the time.
        return all(
            (seen[name] if name in seen else os.lstat(f"{place}/{name}").st_size) == size
            for name, size in sizes.items()
        )
    except (OSError, ValueError):
        return False


def difference_file(stemmer: str) -> str:
    """Where lies what a stemmer's program differs in."""
    return f"{PROGRAMS}/{stemmer}.pagefind"


def _digest(records: Sequence[SearchEntry]) -> str:
    """Sixteen hex digits of everything that decides what the shard's files hold."""
    known = [FORMAT, PAGEFIND_VERSION, segmentation_rules(), prefixes(records[0].language)]
    return blake2b(pack((known, [item.seen for item in records])), digest_size=8).hexdigest()


def _sources(records: Iterable[SearchRecord]) -> dict[str, Counter[str]]:
    """How many records and versions of each outlet have it by which name."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for item in records:
        for one in item.version_facts or (item,):
            if one.source is not None and one.source_name:
                found[one.source][one.source_name] += 1
    return found


def _lists(records: Iterable[SearchRecord]) -> dict[str, list[int]]:
    """The numbers of the records that belong to each entity and each story."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(records):
        for entity in item.entities:
            found[f"entity/{entity}"].append(number)
        if item.story is not None:
            found[f"story/{item.story}"].append(number)
    return found


def _indexed(item: SearchRecord, language: str) -> IndexedText:
    """The title stands before the text, too, so that a phrase finds it; what other versions say stands behind it."""
    readings = (reading.text for reading in item.readings)
    parts = (item.title, item.subtitle, item.content, *readings)
    title, *texts = (_index_words(text, language) for text in parts)
    return IndexedText(words=(*title, *chain.from_iterable(texts)), title=len(title))


def _index_words(text: str, language: str) -> list[str]:
    if language in STEMMED:
        return forms(text)
    return [with_prefix_apart(form, language) for form in forms(text)]


def write_programs(stemmer: str, out: Path) -> None:
    """Write the search program without a stemmer, and what the one with it differs in, where they are not there."""
    own = BASE if stemmer == NO_STEMMER else difference_file(stemmer)
    if (out / BASE).is_file() and (out / own).is_file():
        return
    programs = ask(["a"], stemmer).programs
    base = programs[NO_STEMMER]
    write_changed(out / BASE, packed(SIGNATURE + base))
    if stemmer != NO_STEMMER:
        changes = difference(base, programs[stemmer])
        write_changed(out / own, packed(SIGNATURE + changes))


def _files(records: Sequence[SearchRecord], words: WordIndex) -> Iterable[tuple[str, bytes]]:
    for place, chunk in enumerate(words.chunks):
        yield f"index/{place}.pf_index", packed(SIGNATURE + chunk)
    for place in range(0, len(records), TOGETHER):
        some = [_shown(item) for item in records[place : place + TOGETHER]]
        yield f"record/{place // TOGETHER}.json.gz", packed(as_json(some))
    yield "columns.json", as_json(_columns(records))


def _shown(item: SearchRecord) -> dict[str, Any]:
    """A record as the page shows it; what is empty is left out, and the text of an article, which is read off its page."""
    shown = {
        "id": item.id,
        "url": item.url,
        "kind": item.kind,
        "language": item.language,
        "title": item.title,
        "subtitle": item.subtitle,
        "text": item.content.split("\n")
        if item.content and item.kind is not SearchKind.ARTICLE
        else [],
        "source": item.source,
        "source_name": item.source_name,
        "date": item.date,
        "authors": item.authors,
        "versions": item.versions,
        "version_facts": [_facts(one) for one in item.version_facts],
        "readings": [(one.versions, one.text) for one in item.readings],
        "story": item.story,
    }
    return {name: value for name, value in shown.items() if value}


def _facts(version: VersionFacts) -> tuple[str, ...]:
    return (
        version.source_name,
        version.date,
        version.title,
        version.updated,
        version.capture,
        version.captured,
    )


def _columns(records: Sequence[SearchRecord]) -> dict[str, Any]:
    """What the page narrows and orders by: for each column its values and one number a record, or several where its
    versions are of several outlets.

    Pagefind's own filters would need a call for every value, know no days, and come in random order.
    """
    columns: dict[str, list[tuple[str, ...]]] = {
        "kind": [(item.kind.value,) for item in records],
        "source": [_outlets(item) for item in records],
        "date": [(item.sort_date,) for item in records],
    }
    table = {}
    for name, cells in columns.items():
        known = sorted(set(chain.from_iterable(cells)))
        places = {value: place for place, value in enumerate(known)}
        rows = ([places[value] for value in cell] for cell in cells)
        table[name] = {"values": known, "rows": [row[0] if len(row) == 1 else row for row in rows]}
    return table


def _outlets(item: SearchRecord) -> tuple[str, ...]:
    """The outlet of a record, and those of its other versions."""
    return tuple(dict.fromkeys([item.source or "", *(one.source for one in item.version_facts)]))


# --- files ---------------------------------------------------------------------------------


def write(path: Path, content: bytes) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_changed(path: Path, content: bytes) -> None:
    """Write a file unless it has these bytes, never half; several processes may do so at once."""
    if path.is_file() and path.read_bytes() == content:
        return
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    write(part, content)
    part.replace(path)


def as_json(value: Any) -> bytes:
    """The same bytes for the same value."""
    return msgspec.json.encode(value, order="sorted")
