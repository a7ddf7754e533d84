"""Which block of a capture is the title, and what the words of an address or another capture say about it."""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

import regex
from slugify import slugify

from generator.ingest.blocks import RawBlock
from generator.record import record
from generator.text import words

#: Longest title, in words.
LONGEST = 40
EXTENSION = regex.compile(r"\.(?:s?html?|php|aspx?|cms|jsp|amp)$")
#: Between a title and the names of outlet and section.
PART = regex.compile(r"\s+[|\-–—•·:»«/<>~]+\s+|\s*[|｜»«]+\s*")
NOT_WORDS = regex.compile(r"[^\p{L}\p{N}]+")


@record
class TitleFound:
    """A block that is the title: its index, and what says so."""

    index: int
    evidence: str


def find_titles(
    blocks: Sequence[RawBlock], *, title: str = "", url: str = "", captures: Sequence[str] = ()
) -> tuple[TitleFound, ...]:
    """The blocks that are the article's title, in order; none where nothing says so.

    In falling order of trust: a title that is known, the first words of another capture (a page on one line
    begins with its title), the words of the address, the only first-rank heading.
    """
    for evidence, indices in (
        ("is the given title", _equal(blocks, title)),
        ("another capture begins with it", _opening(blocks, captures)),
        ("its words are those of the address", _addressed(blocks, url)),
        ("the only heading of the first rank", _headings(blocks)),
    ):
        if indices:
            return tuple(TitleFound(index=index, evidence=evidence) for index in indices)
    return ()


def address_words(url: str) -> list[str]:
    """The words of the longest part of an address's path, if it reads like a title."""
    parts = [EXTENSION.sub("", part) for part in unquote(urlsplit(url).path).split("/")]
    found = [NOT_WORDS.sub(" ", part).split() for part in parts]
    best = max(found, key=len, default=[])
    named = [word for word in best if not word.isdigit() and len(word) < 30]
    return [word.lower() for word in named] if len(named) >= 3 else []


def _equal(blocks: Sequence[RawBlock], title: str) -> list[int]:
    wanted = words(title)
    return [i for i, block in enumerate(blocks) if wanted and words(block.text) == wanted]


def _opening(blocks: Sequence[RawBlock], captures: Sequence[str]) -> list[int]:
    """Blocks that begin as a whole page on one line does; the longest such beginning wins."""
    openings = [
        words(capture[:600]) for capture in captures if "\n\n" not in capture[:2000].strip()
    ]
    best: tuple[int, list[int]] = (1, [])
    for index, block in enumerate(blocks):
        found = words(block.text)
        shared = max((_shared_start(found, opening) for opening in openings), default=0)
        if len(found) > 2 * LONGEST or (shared < len(found) and shared < max(5, len(found) / 2)):
            continue
        if shared > best[0]:
            best = (shared, [])
        if shared == best[0] > 1:
            best[1].append(index)
    return sorted({*best[1], *_bare(blocks, best[1])})


def _bare(blocks: Sequence[RawBlock], found: Sequence[int]) -> Iterator[int]:
    """Blocks that say a window's title without the names behind it: the heading over the text does."""
    parts = (PART.split(blocks[index].text, maxsplit=1) for index in found)
    bare = {tuple(words(part[0])) for part in parts if len(part) > 1}
    for index, block in enumerate(blocks):
        said = tuple(words(block.text)) if bare else ()
        if len(said) > 1 and said in bare:
            yield index


def _shared_start(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _addressed(blocks: Sequence[RawBlock], url: str) -> list[int]:
    """The blocks that share most words with the address: at least six in ten of both."""
    wanted = set(address_words(url))
    best: tuple[float, list[int]] = (0.6, [])
    for index, block in enumerate(blocks if wanted else ()):
        if len(block.text) > 300:
            continue
        have = set(slugify(block.text).split("-"))
        shared = len(have & wanted)
        score = min(shared / max(1, len(wanted)), shared / max(1, len(have)) + 0.2)
        if score > best[0]:
            best = (score, [])
        if score == best[0] and score > 0.6:
            best[1].append(index)
    return best[1]


def _headings(blocks: Sequence[RawBlock]) -> list[int]:
    first = [i for i, block in enumerate(blocks) if block.level == 1 and words(block.text)]
    return first if len(first) == 1 else []
