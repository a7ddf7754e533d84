"""The words of a shard: the files in which Pagefind's search program looks them up."""

from collections.abc import Sequence

from generator.model import record
from generator.site.cbor import encode
from generator.site.chunks import Chunk, bounds, chunks
from generator.site.filing import file_words
from generator.site.pagefind import PAGEFIND_VERSION
from generator.site.postings import IndexedText, distinct_words, encoded_words


@record
class WordIndex:
    """What the search program needs, not packed and without the mark that each file begins with.

    `meta` lists the texts, which are called by their number, and the files of words, called by their place in
    `chunks`; `bounds` part them. `words` are all that are indexed, as stems, in order.
    """

    meta: bytes
    chunks: tuple[bytes, ...]
    bounds: tuple[str, ...]
    words: tuple[str, ...]


def index_words(texts: Sequence[IndexedText], language: str) -> WordIndex:
    """Index texts as one language. A text that has nothing to be found by is left out, but keeps its number."""
    entries = file_words(distinct_words(texts), language)
    found = {
        number: text
        for number, text in enumerate(texts)
        if any(entries[word] for word in text.words)
    }
    files = tuple(chunks(encoded_words(list(found.values()), entries)))
    return WordIndex(
        meta=_meta(found, files),
        chunks=tuple(file.content for file in files),
        bounds=bounds(files),
        words=tuple(word for file in files for word in file.words),
    )


def _meta(texts: dict[int, IndexedText], files: Sequence[Chunk]) -> bytes:
    """Pagefind calls texts by random digits, which do not pack: they would be four fifths of what a reader has to
    fetch before the first query."""
    pages = [[str(number), len(text.words)] for number, text in texts.items()]
    ranges = [[file.words[0], file.words[-1], str(place)] for place, file in enumerate(files)]
    filters: list[str] = []
    orders: list[str] = []
    return encode([PAGEFIND_VERSION, pages, ranges, filters, orders, ["title"]])
