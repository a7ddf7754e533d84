"""The words of an article as its analysis asks for them, each looked up once: folded, telling, naming."""

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from generator.analysis.name_keys import RUN, WORD, Named, named, written_small
from generator.model import Article
from generator.record import record
from generator.text import AROUND, LONGEST_PART, base_language, fold, has_unspaced, segments, words

#: So much is remembered of what stands between two blanks, in all languages, before it is forgotten.
REMEMBERED = 100_000


class Part(NamedTuple):
    """What stands between two blanks: its folded words, the words it tells of, how many it has, those that may be names.

    Where words are not set apart, it has each character as a word, tells of pairs of them, and counts as one.
    """

    words: tuple[str, ...]
    terms: tuple[str, ...]
    size: int
    names: tuple[Named, ...]


words_of, terms_of, size_of, names_of = map(itemgetter, range(4))


@record
class Wording:
    """The title and the blocks of an article, each with its parts."""

    language: str
    texts: tuple[str, ...]
    parts: tuple[list[Part], ...]


class _Vocabulary(dict[str, Part]):
    """The parts of one language that were read."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, text: str) -> Part:
        stripped = text.strip(AROUND)
        known = self.get(stripped)
        # The places of names count what stands around them, too.
        part = _part(text, stripped, self.language) if known is None or known.names else known
        if len(text) <= LONGEST_PART:
            self[text] = part
        return part


_vocabularies: dict[str, _Vocabulary] = {}


def wording(article: Article) -> Wording:
    """The words of an article."""
    language = base_language(article.language)
    if sum(map(len, _vocabularies.values())) >= REMEMBERED:
        _vocabularies.clear()
    known = _vocabularies.setdefault(language, _Vocabulary(language)).__getitem__
    texts = segments(article)
    parts = tuple(list(map(known, text.split(" "))) for text in texts)
    return Wording(language=language, texts=texts, parts=parts)


def all_words(parts: Iterable[list[Part]]) -> list[str]:
    """The folded words of texts."""
    return list(chain.from_iterable(map(words_of, chain.from_iterable(parts))))


def opening(
    item: Wording, first: int, last: int | None, limit: int
) -> Iterator[tuple[str, list[Part]]]:
    """Texts from the `first` to before the `last`, with their parts, up to the `limit`-th word of them."""
    for text, parts in zip(item.texts[first:last], item.parts[first:last], strict=True):
        size = sum(map(size_of, parts))
        yield text, parts if size <= limit else _cut(text, parts, limit, item.language)
        limit -= size
        if limit <= 0:
            return


def _cut(text: str, parts: list[Part], limit: int, language: str) -> list[Part]:
    """The parts of a text up to a word."""
    for place, part in enumerate(parts):
        if part.size > limit:
            whole = text.split(" ")[place]
            ends = [match.end() for match in WORD.finditer(whole)]
            begun = whole[: ends[limit - 1]] if limit else ""
            return [*parts[:place], _part(begun, begun, language)]
        limit -= part.size
    return parts


def _part(text: str, stripped: str, language: str) -> Part:
    folded = fold(stripped)
    spaced = text.isascii() or not (has_unspaced(stripped) or has_unspaced(folded))
    if spaced and stripped.isalpha() and folded.isalnum():
        whole = (folded,)
        return Part(whole, whole, 1, () if written_small(stripped) else named(text, language))
    read = WORD.findall(stripped)
    terms = tuple(term for word in read for term in _read_as(fold(word)))
    return Part(tuple(words(text)), terms, len(read), named(text, language))


def _read_as(word: str) -> tuple[str, ...]:
    if RUN.search(word):
        return tuple(word[start : start + 2] for start in range(len(word) - 1))
    return (word,) if word and (len(word) > 1 or not word.isdigit()) else ()
