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

from pagefind_bin import get_executable

from generator.errors import SiteError
from generator.model import record
from generator.site.cbor import decode, encode

#: The page knows the inner form of bundles of this version.
PAGEFIND_VERSION = version("pagefind_bin")

SIGNATURE = b"pagefind_dcd"


class PagefindError(SiteError):
    """Pagefind refused a record or stopped."""


@record
class PagefindText:
    """What Pagefind is given of a record: its words, as they are to be indexed."""

    title: str
    content: str


@record
class Bundle:
    """What is kept of Pagefind's files. `program` is the search program (WebAssembly) of the language's
    stemmer, called `stemmer`; all is packed with gzip, as Pagefind wrote it.

    Texts are called by their number in the order they were given, in `meta` as everywhere.
    """

    stemmer: str
    program: bytes
    meta: bytes
    chunks: Mapping[str, bytes]


def index_texts(texts: Iterable[PagefindText], language: str, work: Path) -> Bundle:
    """Index texts as one language; `work` is an empty folder for Pagefind's files."""
    _write_bundle(texts, language, work)
    entry = json.loads((work / "pagefind-entry.json").read_bytes())
    ((_, facts),) = entry["languages"].items()
    stemmer = facts["wasm"] or "unknown"
    meta = (work / f"pagefind.{facts['hash']}.pf_meta").read_bytes()
    return Bundle(
        stemmer=stemmer,
        program=(work / f"wasm.{stemmer}.pagefind").read_bytes(),
        meta=_numbered(meta, _numbers(work / "fragment")),
        chunks={path.stem: path.read_bytes() for path in sorted((work / "index").iterdir())},
    )


def _numbers(fragments: Path) -> dict[str, str]:
    """The number of each text by the name that Pagefind made for it."""
    numbers = {}
    for path in fragments.iterdir():
        content = gzip.decompress(path.read_bytes()).removeprefix(SIGNATURE)
        numbers[path.stem] = json.loads(content)["url"]
    return numbers


def _numbered(packed: bytes, numbers: Mapping[str, str]) -> bytes:
    """The list of texts with numbers in the place of Pagefind's names.

    The names are random digits, which do not pack: they were four fifths of what a reader had to fetch
    before the first query.
    """
    meta = decode(gzip.decompress(packed).removeprefix(SIGNATURE))
    match meta:
        case [_, [*pages], *_]:
            pages[:] = [[numbers[name], count] for name, count in pages]
            meta[1] = pages
        case _:
            raise PagefindError("Pagefind's list of texts has an unknown form")
    return gzip.compress(SIGNATURE + encode(meta), compresslevel=9, mtime=0)


def _write_bundle(texts: Iterable[PagefindText], language: str, folder: Path) -> None:
    """Have Pagefind index texts and write its files to `folder`.

    All messages are sent without waiting for their answers, which a thread reads meanwhile.
    """
    command = [str(get_executable()), "--service"]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,
        ThreadPoolExecutor(max_workers=1) as pool,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        written = pool.submit(_await_files, process.stdout)
        try:
            _send(process.stdin, {"type": "NewIndex", "config": {}})
            _add(process.stdin, texts, language)
            files = {"type": "WriteFiles", "index_id": 0, "output_path": str(folder)}
            _send(process.stdin, files)
            written.result()
        except BrokenPipeError:
            written.result()  # says what Pagefind complained about
            raise
        finally:
            process.terminate()  # it waits for more until its input ends, and has nothing to save


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
    message = json.dumps({"message_id": 1, "payload": payload})
    stream.write(b64encode(message.encode()) + b",")
    stream.flush()


def _await_files(stream: IO[bytes]) -> None:
    """Read the answers until the files are written; raise the first complaint."""
    for answer in _messages(stream):
        payload = json.loads(b64decode(answer))["payload"]
        if payload["type"] == "Error":
            raise PagefindError(f"Pagefind: {payload['message']}")
        if payload["type"] == "WriteFiles":
            return
    raise PagefindError("Pagefind stopped before it had written the index")


def _messages(stream: IO[bytes]) -> Iterator[bytes]:
    """Pagefind ends each message with a comma."""
    rest = b""
    while block := os.read(stream.fileno(), 1 << 16):
        *complete, rest = (rest + block).split(b",")
        yield from complete
