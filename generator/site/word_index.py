"""The words of a shard: the files in which Pagefind's search program looks them up."""

from collections.abc import Sequence
from itertools import compress

from generator.record import record
from generator.site.chunks import bounds, chunks
from generator.site.filing import file_words
from generator.site.postings import IndexedText, encoded_words, number_words


@record
class WordIndex:
    """What the search program needs, not packed and without the mark that each file begins with.

    `counts` are the words of each text, 0 where nothing can be found: the search program lists the others, and files
    of words call them by their place in its list. `bounds` part these files, which are called by their place in
    `chunks`. `words` are all that are indexed, as stems, in order.
    """

    counts: tuple[int, ...]
    chunks: tuple[bytes, ...]
    bounds: tuple[str, ...]
    words: tuple[str, ...]


def index_words(texts: Sequence[IndexedText], language: str) -> WordIndex:
    """Index texts as one language. A text that has nothing to be found by is left out, but keeps its number."""
    words = number_words(texts)
    entries = file_words(words.different, language)
    nothing = {word for word, found in zip(words.different, entries, strict=True) if not found}
    counts = [0 if nothing.issuperset(text.words) else len(text.words) for text in texts]
    if not all(counts):
        words = number_words(list(compress(texts, counts)))
        entries = file_words(words.different, language)
    files = tuple(chunks(encoded_words(words, entries)))
    return WordIndex(
        counts=tuple(counts),
        chunks=tuple(file.content for file in files),
        bounds=bounds(files),
        words=tuple(word for file in files for word in file.words),
    )
