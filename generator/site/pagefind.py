"""Pagefind's program: asked what it makes of words, over its line protocol and without the wrapper's waits."""

import gzip
import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import IO, Any

import deflate
import msgspec
from pagefind_bin import get_executable

from generator.errors import SiteError
from generator.record import record
from generator.resources import json_resource
from generator.site.cbor import decode
from generator.site.postings import Entries, Entry, Key

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
class Answer:
    """What Pagefind says of words: under what it files each.

    `programs` are search programs (WebAssembly): of `stemmer`, and under "unknown" the one without a stemmer.
    """

    stemmer: str
    programs: Mapping[str, bytes]
    entries: Mapping[str, Entries]


def ask(words: Sequence[str], language: str) -> Answer:
    """Have Pagefind index a text of the words, none of which comes twice, and read under what it files them."""
    files = index_records([make_record(" ".join(words), language)])
    ((_, facts),) = json.loads(files["pagefind-entry.json"])["languages"].items()
    stemmer = facts["wasm"] or NO_STEMMER
    found: list[list[Entry]] = [[] for _ in words]
    try:
        for name, content in files.items():
            if name.endswith(".pf_index"):
                for place, entry in _filed(decode(unpacked(content))):
                    found[place].append(entry)
    except (ValueError, IndexError) as error:
        raise PagefindError(f"Pagefind's files have an unknown form: {error}") from error
    return Answer(
        stemmer=stemmer,
        programs={name: unpacked(files[f"wasm.{name}.pagefind"]) for name in (stemmer, NO_STEMMER)},
        entries={word: tuple(entries) for word, entries in zip(words, found, strict=True)},
    )


def _filed(content: Any) -> Iterator[tuple[int, Entry]]:
    """Each place of the only text with what it is filed under."""
    (words,) = content
    for stem, own, variants in words:
        for variant, texts in ((None, own), *variants):
            for _, places, _ in texts:
                for place, weight in _weighed(places):
                    yield place, Entry(Key(stem, variant), weight)


def _weighed(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places with weights: a negative number tells the weight from there on, and that a place itself follows."""
    weight, place = 0, 0
    for number in places:
        if number < 0:
            weight, place = -1 - number, 0
        else:
            place += number
            yield place, weight


def packed(content: bytes) -> bytes:
    """A file as the page fetches it: gzip without a time, by libdeflate, which takes a third of zlib's time for the
    same size. A higher level costs twice as long for a hundredth less."""
    return bytes(deflate.gzip_compress(content, 6))


def unpacked(content: bytes) -> bytes:
    """What a packed file of Pagefind holds after its mark."""
    return gzip.decompress(content).removeprefix(SIGNATURE)


def make_record(text: str, language: str, *, title: str = "", name: str = "0") -> dict[str, Any]:
    """What Pagefind is told of a text, whose words are parted by spaces."""
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": name,
        "content": text,
        "language": language,
        "meta": {"title": title},
        "filters": {},
        "sort": {},
    }


def index_records(records: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """Have Pagefind index records; its files by path.

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
            for message in records:
                _send(process.stdin, message)
            _send(process.stdin, {"type": "GetFiles", "index_id": 0})
            process.stdin.flush()
            return files.result()
        except BrokenPipeError:
            files.result()  # says what Pagefind complained about
            raise
        finally:
            process.terminate()  # it would wait for more


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
