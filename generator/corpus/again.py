"""Files read a lot at a time: what was read before, and is as it was, is not read again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

from generator.corpus.articles import read_article, read_blocks
from generator.corpus.before import Before, FileStates, Lot
from generator.corpus.captures import check_provenance, read_provenances
from generator.corpus.crosscheck import Fault
from generator.corpus.files import Folder, Seen, sha256
from generator.corpus.lists import Listing, read_entities
from generator.corpus.lots import lots
from generator.corpus.report import Report
from generator.errors import Problem, ProblemsFound
from generator.model import Article, ArticleId, Block, Entity, Provenance
from generator.record import Unread, replace

#: The size and the time of a file that could not be read.
NEVER = (-1, -1)


class Reading(NamedTuple):
    """A folder that is read, what lies in it, what was read of it before, and the reports on it so far."""

    folder: Folder
    seen: Seen
    before: Before
    reports: list[Report]

    def lots(self, paths: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """Files in lots, with what stands for their contents: empty for one that cannot be read, which is told by who
        reads it. Only what was written since is opened."""
        states, limit = self.before.states, str(self.folder.limit)
        for lot in filter(None, lots(tuple(paths))):
            name = _name(lot, [limit])
            seen = tuple(map(self.seen.files.__getitem__, lot))
            known = states.get(name)
            if known is None or known.seen != seen:
                known = states[name] = self._states(lot, seen, known)
            yield lot, known.digests

    def _states(
        self, lot: Sequence[str], seen: Sequence[tuple[int, int]], known: FileStates | None
    ) -> FileStates:
        """Files as they are; those that cannot be read are told as never seen."""
        known = known or FileStates(seen=(NEVER,) * len(lot), digests=("",) * len(lot))
        digests = tuple(
            digest if now == then else self._digest(path)
            for path, now, then, digest in zip(lot, seen, known.seen, known.digests, strict=True)
        )
        read = (now if digest else NEVER for now, digest in zip(seen, digests, strict=True))
        return FileStates(seen=tuple(read), digests=digests)

    def _digest(self, path: str) -> str:
        if self.seen.files[path][0] > self.folder.limit:
            return ""
        data = self.folder.read(path, Report(path))
        return "" if data is None else sha256(data)


def digests(reading: Reading, paths: Iterable[str]) -> dict[str, str]:
    """What stands for the contents of files."""
    found: dict[str, str] = {}
    for lot, told in reading.lots(paths):
        found.update(zip(lot, told, strict=True))
    return found


def known_entities(before: Before, data: bytes, path: str, report: Report) -> Listing[Entity]:
    """The entities of a file; one that had no faults is read once."""
    name = _name([path], [sha256(data)])
    found = before.entities.get(name)
    if found is None:
        found = read_entities(data, path, report)
        if not report.problems:
            before.entities[name] = found
    return found


def read_articles(
    reading: Reading, paths: Iterable[str]
) -> tuple[list[Article], dict[ArticleId, str]]:
    """What can be read of each article, and the digests of the good ones."""
    articles: list[Article] = []
    good: dict[ArticleId, str] = {}
    for lot, told in reading.lots(paths):
        known = reading.before.articles.get(_name(lot, told))
        if known is None:
            found, told = _read_lot(reading, lot)
        else:
            found = _without_texts(reading.folder, known, told)
        articles += found
        ids = map(attrgetter("id"), found)
        good.update(compress(zip(ids, told, strict=True), told))
    return articles, good


def _read_lot(reading: Reading, paths: Sequence[str]) -> tuple[list[Article], Sequence[str]]:
    """What can be read of some articles, each with its digest, or an empty one if it is not good."""
    folder, before, reports = reading.folder, reading.before, reading.reports
    articles, told, faults = [], [], len(reports)
    for path in paths:
        report = folder.report(path)
        data = folder.read(path, report)
        article = None if data is None else read_article(data, path, report)
        if data is not None and article is not None:
            articles.append(article)
            told.append("" if report.failed else sha256(data))
        if report.problems:
            reports.append(report)
    if len(reports) == faults:
        heads = tuple(replace(article, blocks=()) for article in articles)
        blocks = tuple(len(article.blocks) for article in articles)
        before.articles[_name(paths, told)] = Lot(articles=heads, blocks=blocks)
    return articles, told


def _without_texts(folder: Folder, lot: Lot, told: Sequence[str]) -> list[Article]:
    """The articles of a lot, whose texts stay in their files until they are asked for."""
    return [
        replace(article, blocks=Unread(count, partial(_text, folder, article.path, digest)))
        for article, digest, count in zip(lot.articles, told, lot.blocks, strict=True)
    ]


def _text(folder: Folder, path: str, digest: str) -> tuple[Block, ...]:
    """The text of an article in a file that was found to be without a fault, and still is as it was then."""
    report = folder.report(path)
    data = folder.read(path, report)
    if data is None or sha256(data) != digest:
        message = "expected the file as it was when the corpus was read, got another; try again"
        raise ProblemsFound([Problem(path=report.path, message=message)])
    return read_blocks(data)


def read_papers(
    reading: Reading,
    paths: Iterable[str],
    articles: Mapping[ArticleId, Article],
    good: Mapping[ArticleId, str],
) -> tuple[dict[ArticleId, Provenance], list[Fault]]:
    """The good provenance files by article, and how they do not fit the articles, of which the digests are given, too."""
    folder, before, reports = reading.folder, reading.before, reading.reports
    found: dict[ArticleId, Provenance] = {}
    faults: list[Fault] = []
    for lot, told in reading.lots(paths):
        owners = [ArticleId(path.split("/")[1]) for path in lot]
        name = _name(lot, [*told, *(good.get(owner, "") for owner in owners)])
        known = before.provenances.get(name)
        if known is not None:
            found.update(zip(owners, known, strict=True))
            continue
        wrong = len(reports) + len(faults)
        own = read_provenances(folder, lot, reports)
        faults += check_provenance(own, articles)
        found.update(own)
        if len(reports) + len(faults) == wrong and all(owner in good for owner in owners):
            before.provenances[name] = tuple(own.values())
    return found, faults


def _name(paths: Iterable[str], told: Iterable[str] = ()) -> str:
    """What stands for files, alone or with what they hold."""
    return sha256("\0".join((*paths, *told)).encode(errors="surrogateescape"))
