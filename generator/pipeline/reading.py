"""Reading the corpus with what earlier runs read of it."""

from pathlib import Path

import msgspec

from generator.corpus.before import Before, FileState
from generator.corpus.reader import read_corpus
from generator.errors import Problem
from generator.model import Article, Corpus
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.code import code_version
from generator.pipeline.memo import CachedMemo
from generator.settings import Settings

FILES = "files"


def read_again(
    folder: Path, settings: Settings, cache: Cache
) -> tuple[Corpus, tuple[Problem, ...]]:
    """The corpus and all its problems; only what was written since the last time is opened."""
    place = cache_key(str(folder.resolve()))
    files = _files(cache.get(FILES, [place]).get(place, b""))
    known = dict(files)
    articles: CachedMemo[str, tuple[Article, ...]]
    articles = CachedMemo(
        cache, "articles", code_version("corpus"), tuple[Article, ...], at_once=False
    )
    found = read_corpus(folder, settings, Before(files, articles))
    articles.save()
    if files != known:
        cache.put(FILES, {place: msgspec.msgpack.encode(files)})
    return found


def _files(data: bytes) -> dict[str, FileState]:
    try:
        return msgspec.msgpack.decode(data, type=dict[str, FileState])
    except msgspec.MsgspecError:
        return {}
