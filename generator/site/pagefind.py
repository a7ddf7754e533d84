"""Pagefind's program: texts in, a bundle on disk, over its line protocol and without the wrapper's waits."""

import gzip
import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import msgspec
from pagefind_bin import get_executable

from generator.errors import SiteError
from generator.model import record
from generator.resources import json_resource
from generator.site.cbor import decode, encode
from generator.site.chunks import Chunk, bounds, smaller_chunks

#: The page knows the inner form of bundles of this version.
PAGEFIND_VERSION = version("pagefind_bin")

SIGNATURE = b"pagefind_dcd"

#: What Pagefind calls the program of languages that it has no stemmer for.
NO_STEMMER = "unknown"

#: The languages whose words this version brings to their stems.
STEMMED = frozenset(json_resource("segmentation.json")["stemmed"])


class PagefindError(SiteError):
    """Pagefind refused a record or stopped."""


@record
class PagefindText:
    """What Pagefind is given of a record: its words, as they are to be indexed."""

    title: str
    content: str


@record
class Bundle:
    """What is kept of Pagefind's files, not packed and without the mark that each begins with.

    `programs` are search programs (WebAssembly): of `stemmer`, and under "unknown" the one without a stemmer.
    Texts are called by their number in the order they were given, in `meta` as everywhere; word files are cut
    small and called by their place in `chunks`, and `bounds` part them. `words` are all that are indexed, as stems,
    in order.
    """

    stemmer: str
    programs: Mapping[str, bytes]
    meta: bytes
    chunks: tuple[bytes, ...]
    bounds: tuple[str, ...]
    words: tuple[str, ...]


def index_texts(texts: Iterable[PagefindText], language: str) -> Bundle:
    """Index texts as one language."""
    files = _run(texts, language)
    ((_, facts),) = json.loads(files["pagefind-entry.json"])["languages"].items()
    stemmer = facts["wasm"] or NO_STEMMER
    numbers = {
        Path(name).stem: json.loads(unpacked(files[name]))["url"]
        for name in files
        if name.endswith(".pf_fragment")
    }
    try:
        meta, chunks = _rewritten(
            files, unpacked(files[f"pagefind.{facts['hash']}.pf_meta"]), numbers
        )
    except (ValueError, IndexError) as error:
        raise PagefindError(f"Pagefind's files have an unknown form: {error}") from error
    programs = {name: unpacked(files[f"wasm.{name}.pagefind"]) for name in (stemmer, NO_STEMMER)}
    return Bundle(
        stemmer=stemmer,
        programs=programs,
        meta=meta,
        chunks=tuple(chunk.content for chunk in chunks),
        bounds=bounds(chunks),
        words=tuple(word for chunk in chunks for word in chunk.words),
    )


def packed(content: bytes) -> bytes:
    """A file as the page fetches it. A higher level costs four times as long for a fiftieth less."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def unpacked(content: bytes) -> bytes:
    """What a packed file of Pagefind holds after its mark."""
    return gzip.decompress(content).removeprefix(SIGNATURE)


def _rewritten(
    files: Mapping[str, bytes], meta: bytes, numbers: Mapping[str, str]
) -> tuple[bytes, list[Chunk]]:
    """The list of texts and word files, with numbers in the place of Pagefind's names.

    The names are random digits, which do not pack: they were four fifths of what a reader had to fetch
    before the first query.
    """
    found = decode(meta)
    match found:
        case [_, [*pages], [*ranges], *_]:
            chunks = [
                chunk
                for _, _, name in ranges
                for chunk in smaller_chunks(unpacked(files[f"index/{name}.pf_index"]))
            ]
            found[1] = [[numbers[name], count] for name, count in pages]
            found[2] = [[chunk.first, chunk.last, str(place)] for place, chunk in enumerate(chunks)]
        case _:
            raise ValueError("the list of texts")
    return encode(found), chunks


def _run(texts: Iterable[PagefindText], language: str) -> dict[str, bytes]:
    """Have Pagefind index texts; its files by path.

    All messages are sent without waiting for their answers, which a thread reads meanwhile. The files are
    asked for in an answer: files that it writes itself may be incomplete when it says that they are written.
    """
    command = [str(get_executable()), "--service"]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,
        ThreadPoolExecutor(max_workers=1) as pool,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        files = pool.submit(_await_files, process.stdout)
        try:
            _send(process.stdin, {"type": "NewIndex", "config": {}})
            _add(process.stdin, texts, language)
            _send(process.stdin, {"type": "GetFiles", "index_id": 0})
            process.stdin.flush()
            return files.result()
        except BrokenPipeError:
            files.result()  # says what Pagefind complained about
            raise
        finally:
            process.terminate()  # it would wait for more


def _add(stream: IO[bytes], texts: Iterable[PagefindText], language: str) -> None:
    for number, text in enumerate(texts):
        message = {
            "type": "AddRecord",
            "index_id": 0,
            "url": str(number),
            "content": text.content,
            "language": language,
            "meta": {"title": text.title},
            "filters": {},
            "sort": {},
        }
        _send(stream, message)


def _send(stream: IO[bytes], payload: Mapping[str, Any]) -> None:
    message = msgspec.json.encode({"message_id": 1, "payload": payload})
    stream.write(b64encode(message) + b",")


def _await_files(stream: IO[bytes]) -> dict[str, bytes]:
    """Read the answers up to the one with the files; raise the first complaint."""
    for answer in _messages(stream):
        payload = json.loads(b64decode(answer))["payload"]
        if payload["type"] == "Error":
            raise PagefindError(f"Pagefind: {payload['message']}")
        if payload["type"] == "GetFiles":
            return {file["path"]: b64decode(file["content"]) for file in payload["files"]}
    raise PagefindError("Pagefind stopped before it had given the index")


def _messages(stream: IO[bytes]) -> Iterator[bytes]:
    """Pagefind ends each message with a comma."""
    begun: list[bytes] = []
    while block := os.read(stream.fileno(), 1 << 20):
        first, *others = block.split(b",")
        begun.append(first)
        for part in others:
            yield b"".join(begun)
            begun = [part]
