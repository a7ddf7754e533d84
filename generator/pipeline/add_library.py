"""What the corpus holds, ready to be asked about a capture: who is like it, and what its outlet always prints."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from generator.analysis.fingerprint import fingerprint
from generator.errors import UsageError
from generator.ingest.clean import block_key
from generator.ingest.read import CleanedCapture
from generator.linking.lookup import alike
from generator.model import Article, ArticleDate, ArticleId, Corpus, Provenance, Source, SourceId
from generator.pipeline.cache import Cache
from generator.pipeline.code import code_version
from generator.pipeline.memo import CachedMemo
from generator.pipeline.reading import read_again
from generator.record import replace
from generator.settings import Settings
from generator.text import base_language

#: Share of a capture's text that another must have to count as a capture of the same article.
SAME_ARTICLE = 0.6
#: Characters from which a paragraph tells an article from others.
TELLING = 30
#: Articles of an outlet, before and behind a day, from which is learned what it always prints.
NEIGHBOURS = 100


class Library:
    """The articles of the corpus with their fingerprints; it grows while captures are added."""

    def __init__(self, corpus: Corpus, prints: Mapping[ArticleId, bytes], window: int) -> None:
        self.articles = {article.id: article for article in corpus.articles}
        self.sources = {source.id: source for source in corpus.sources}
        self.provenance = dict(corpus.provenance)
        self._prints = dict(prints)
        self._window = window
        self._keys: dict[ArticleId, frozenset[str]] = {}
        self._shelves: dict[SourceId, list[ArticleId]] = {}
        for item in sorted(self.articles):
            self._shelves.setdefault(self.articles[item].source, []).append(item)

    def add(self, article: Article, provenance: Provenance, source: Source | None) -> None:
        """Take an article in, instead of the one that had its id."""
        if article.id not in self.articles:
            shelf = self._shelves.setdefault(article.source, [])
            shelf.insert(bisect_left(shelf, article.id), article.id)
        self.articles[article.id] = article
        self.provenance[article.id] = provenance
        self._prints[article.id] = fingerprint(article)
        self._keys.pop(article.id, None)
        if source is not None:
            self.sources.setdefault(source.id, source)

    def same_bytes(self, digests: Iterable[str]) -> ArticleId | None:
        """The article that was made of a capture with one of these digests."""
        wanted = set(digests)
        return next(
            (
                item
                for item, article in self.articles.items()
                if article.capture is not None and article.capture.sha256 in wanted
            ),
            None,
        )

    def alike(self, article: Article) -> Iterator[Article]:
        """Those that may be versions of it: with much the same text, the same title or address."""
        found = alike(article, fingerprint(article), self.articles, self._prints)
        return (self.articles[item] for item in sorted(found))

    def near(self, article: Article) -> Iterator[Article]:
        """Those in its language that may report the same event, by their day."""
        day = _ordinal(article.date)
        for other in self.articles.values() if day else ():
            if (
                other.id != article.id
                and abs(_ordinal(other.date) - day) <= self._window
                and base_language(other.language) == base_language(article.language)
            ):
                yield other

    def same_article(self, capture: CleanedCapture) -> tuple[ArticleId, ...]:
        """Those of which this is another capture, or another version."""
        return tuple(
            other.id
            for other in self.alike(probe(capture))
            if is_of_same_article(capture, self.whole_text(other.id))
        )

    def whole_text(self, item: ArticleId) -> str:
        """All the words of a capture that was filed: the article's and what was removed."""
        provenance = self.provenance.get(item)
        removed = [block.text for block in provenance.removed] if provenance else []
        return "\n\n".join([self.text(item), *removed])

    def text(self, item: ArticleId) -> str:
        """The words of an article, as somebody has approved them."""
        article = self.articles[item]
        return "\n\n".join(
            [article.title, article.subtitle or "", *(block.text for block in article.blocks)]
        )

    def repeats(
        self, source: SourceId, day: str, leave_out: Iterable[ArticleId]
    ) -> Mapping[str, int]:
        """How many of the outlet's articles around a day have a block: in their text, or removed from it."""
        shelf = self._shelves.get(source, [])
        middle = bisect_left(shelf, day) if day else len(shelf)
        near = shelf[max(0, middle - NEIGHBOURS) : middle + NEIGHBOURS]
        counts: Counter[str] = Counter()
        for item in sorted(set(near) - set(leave_out)):
            counts.update(self._block_keys(item))
        return counts

    def _block_keys(self, item: ArticleId) -> frozenset[str]:
        if item not in self._keys:
            provenance = self.provenance.get(item)
            texts = [block.text for block in self.articles[item].blocks]
            texts += [block.text for block in provenance.removed] if provenance else []
            self._keys[item] = frozenset(block_key(text) for text in texts)
        return self._keys[item]


def open_library(root: Path, settings: Settings, folder: Path | None) -> Library:
    """The good records of the corpus; what is wrong with others is for `check` to say.

    What was read before, by a build or an earlier call, comes from the cache in `folder`.
    """
    if not root.exists():
        return Library(Corpus(articles=()), {}, settings.story_window)
    if not root.is_dir():
        raise UsageError(f"{root}: expected the folder of the corpus, got a file")
    with Cache(folder) as cache:
        corpus, _ = read_again(root, settings, cache)
        prints: CachedMemo[str, bytes]
        prints = CachedMemo(cache, "fingerprints", code_version("analysis/fingerprint.py"), bytes)
        found = {}
        for article in corpus.articles:
            digest = corpus.digests[article.id]
            if digest not in prints:
                prints[digest] = fingerprint(article)
            found[article.id] = prints[digest]
        prints.save()
    return Library(corpus, found, settings.story_window)


def probe(capture: CleanedCapture, name: str = "") -> Article:
    """A capture as an article without id, to be compared with others."""
    return Article(
        id=ArticleId(name),
        path="",
        title=capture.title,
        date=ArticleDate(iso="unknown"),
        source=SourceId(""),
        language=capture.language,
        blocks=capture.blocks,
        url=capture.url or None,
        canonical_url=capture.canonical_url or None,
    )


def fellows(captures: Mapping[str, CleanedCapture]) -> dict[str, tuple[str, ...]]:
    """Which of some captures are of the same article, by their names."""
    probes = {ArticleId(name): probe(capture, name) for name, capture in captures.items()}
    prints = {name: fingerprint(article) for name, article in probes.items()}
    return {
        name: tuple(
            sorted(
                other
                for other in alike(probes[ArticleId(name)], prints[ArticleId(name)], probes, prints)
                if is_of_same_article(capture, capture_text(captures[other]))
            )
        )
        for name, capture in captures.items()
    }


def capture_text(capture: CleanedCapture) -> str:
    """All the words of a capture: the article's and what was removed."""
    kept = (block.text for block in capture.blocks)
    removed = (block.text for block in capture.removed)
    return "\n\n".join([capture.title, capture.subtitle, *kept, *removed])


def is_of_same_article(capture: CleanedCapture, text: str) -> bool:
    """Whether another text has most of a capture's words, paragraph by paragraph."""
    whole = f" {block_key(text)} "
    sizes = [
        (len(key), f" {key} " in whole)
        for block in capture.blocks
        if len(key := block_key(block.text)) > TELLING
    ]
    total = sum(size for size, _ in sizes)
    return total > 0 and sum(size for size, found in sizes if found) >= SAME_ARTICLE * total


def _ordinal(day: ArticleDate) -> int:
    """The number of a day; far from all others where it is not known."""
    try:
        return date.fromisoformat(day.iso[:10]).toordinal()
    except ValueError:
        return -(10**9) if day.iso != "unknown" else 0


def as_title(capture: CleanedCapture, title: str, where: str) -> CleanedCapture:
    """A capture with the title of another one that has the same text."""
    evidence = {**capture.evidence, "title": f"{where} has the same text"}
    return replace(capture, title=title, evidence=evidence)
