"""The whole corpus becomes records, and all that is wrong with it becomes problems."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.corpus.again import Reading, digests, known_entities, read_articles, read_papers
from generator.corpus.articles import article_node
from generator.corpus.before import Before
from generator.corpus.captures import check_captures, check_owners
from generator.corpus.characters import decode
from generator.corpus.crosscheck import (
    Fault,
    Known,
    Steps,
    check_articles,
    check_decisions,
    check_entities,
    check_ids,
    check_redirects,
)
from generator.corpus.fields import place_in
from generator.corpus.files import (
    PROVENANCE,
    REDIRECTS,
    SOURCES,
    CorpusFiles,
    Folder,
    Seen,
    find_files,
    see,
)
from generator.corpus.lists import (
    Listing,
    read_decisions,
    read_redirects,
    read_sources,
)
from generator.corpus.nodes import Node, compose
from generator.corpus.report import WHOLE_FILE, Placed, Report
from generator.errors import Problem, UsageError
from generator.model import (
    Article,
    ArticleId,
    Corpus,
    Decision,
    Entity,
    Provenance,
    Redirect,
    Rights,
    Source,
)
from generator.record import replace
from generator.settings import Settings

T = TypeVar("T")

STRICTNESS = {rights: rank for rank, rights in enumerate(Rights)}


def read_corpus(
    root: Path, settings: Settings, before: Before | None = None, seen: Seen | None = None
) -> tuple[Corpus, tuple[Problem, ...]]:
    """Every good record, and every problem by path, line and column; whoever calls decides to stop.

    An article's rights are the stricter of its own and its source's. Problems name paths that
    start with `root` as given. `before` remembers what was read from one call to the next. `seen` is
    what lies in the folder, if somebody has looked.
    """
    reading, files = _open(root, settings, before or Before.nothing(), seen or see(root))
    return _read(reading, files, files.articles)


def check_paths(root: Path, settings: Settings, paths: Iterable[Path]) -> tuple[Problem, ...]:
    """The problems of some files and folders of the corpus, seen in the whole of it.

    Of the other articles only the names are looked at, so that a large archive does not slow it down.
    """
    reading, files = _open(root, settings, Before.nothing(), see(root))
    chosen = _chosen(root, files, paths)
    articles = [path for path in files.articles if _within(path, chosen)]
    _, problems = _read(reading, files, articles)
    if "" in chosen:
        return problems
    shown = {reading.folder.report(path).path for path in chosen}
    return tuple(problem for problem in problems if _within(problem.path, shown))


class _Lists(NamedTuple):
    sources: Listing[Source]
    entities: Listing[Entity]
    decisions: Listing[Decision]
    redirects: Listing[Redirect]


def _open(
    root: Path, settings: Settings, before: Before, seen: Seen
) -> tuple[Reading, CorpusFiles]:
    if not root.is_dir():
        got = "a file" if root.exists() else "none"
        raise UsageError(f"{root}: expected the folder of the corpus, got {got}")
    folder = Folder(root, settings.max_file_size)
    files, reports = find_files(folder, seen)
    return Reading(folder, seen, before, reports), files


def _read(
    reading: Reading, files: CorpusFiles, chosen: Sequence[str]
) -> tuple[Corpus, tuple[Problem, ...]]:
    folder, before, reports = reading.folder, reading.before, reading.reports
    lists = _Lists(
        _listing(folder, [path for path in files.single if path == SOURCES], read_sources, reports),
        _listing(folder, files.entities, partial(known_entities, before), reports),
        _listing(folder, files.decisions, read_decisions, reports),
        _listing(
            folder, [path for path in files.single if path == REDIRECTS], read_redirects, reports
        ),
    )
    known = _known(files, lists)
    articles, good = read_articles(reading, chosen)
    papers = [
        path for path in files.captures if path.endswith(f"/{PROVENANCE}") and path.count("/") == 2
    ]
    wanted = papers
    if len(chosen) < len(files.articles):
        names = set(map(_id, chosen))
        wanted = [path for path in papers if path.split("/")[1] in names]
    by_id = {article.id: article for article in articles}
    provenance, misfits = read_papers(reading, wanted, by_id, good)
    captures = {item.capture.path for item in articles if item.capture is not None}
    told = digests(reading, sorted(captures.intersection(files.captures)))
    faults = [
        *(_repeated_ids(files.articles) if len(known.articles) < len(files.articles) else ()),
        *check_articles(articles, known),
        *check_captures(folder, articles, told),
        *misfits,
        *check_owners(papers, known.articles),
        *_list_faults(lists, known),
    ]
    reports += _located(folder, faults)
    strict = {name: rights for name, rights in known.sources.items() if rights != Rights.FULL}
    shown = [article for article in articles if article.id in good]
    bound = [_with_rights(item, strict[item.source]) for item in shown if item.source in strict]
    free = (article for article in shown if article.source not in strict)
    corpus = _corpus([*free, *bound], lists, provenance)
    problems = sorted(problem for report in reports for problem in report.problems)
    stamps = {item.id: f"{good[item.id]} {item.rights.value}" for item in bound}
    return replace(corpus, digests=good | stamps), tuple(problems)


def _listing(
    folder: Folder,
    paths: Sequence[str],
    read: Callable[[bytes, str, Report], Listing[T]],
    reports: list[Report],
) -> Listing[T]:
    """Several files of one kind as one."""
    listings = []
    for path in paths:
        report = folder.report(path)
        reports.append(report)
        data = folder.read(path, report)
        listings += [] if data is None else [read(data, path, report)]
    entries = [entry for listing in listings for entry in listing.entries]
    return Listing(entries, frozenset().union(*(listing.ids for listing in listings)))


def _known(files: CorpusFiles, lists: _Lists) -> Known:
    return Known(
        articles=set(map(_id, files.articles)),
        sources=dict.fromkeys(lists.sources.ids, Rights.FULL)
        | {entry.record.id: entry.record.rights for entry in lists.sources.entries},
        entities=lists.entities.ids,
        redirects={entry.record.source: entry.record.target for entry in lists.redirects.entries},
    )


def _list_faults(lists: _Lists, known: Known) -> list[Fault]:
    return [
        *check_ids(lists.sources.entries, "source"),
        *check_ids(lists.entities.entries, "entity"),
        *check_entities(lists.entities.entries, known),
        *check_decisions(lists.decisions.entries, known),
        *check_redirects(lists.redirects.entries, known),
    ]


def _repeated_ids(paths: Iterable[str]) -> Iterable[Fault]:
    first: dict[str, str] = {}
    for path in paths:
        name = path.rpartition("/")[2]
        if first.setdefault(name, path) != path:
            yield Fault(
                path,
                (),
                "expected each id once, got it again; the first is",
                other=(first[name], ()),
            )


def _corpus(
    articles: Iterable[Article], lists: _Lists, provenance: Mapping[ArticleId, Provenance]
) -> Corpus:
    return Corpus(
        articles=tuple(sorted(articles, key=attrgetter("id"))),
        sources=tuple(sorted((e.record for e in lists.sources.entries), key=lambda s: s.id)),
        entities=tuple(sorted((e.record for e in lists.entities.entries), key=lambda e: e.id)),
        decisions=tuple(e.record for e in lists.decisions.entries),
        redirects=tuple(
            sorted((e.record for e in lists.redirects.entries), key=lambda r: r.source)
        ),
        provenance=dict(sorted(provenance.items())),
    )


def _with_rights(article: Article, floor: Rights) -> Article:
    if STRICTNESS[floor] <= STRICTNESS[article.rights]:
        return article
    return replace(article, rights=floor)


# --- places of faults between files --------------------------------------------------------


def _located(folder: Folder, faults: Iterable[Fault]) -> list[Report]:
    """Read the files of faults once more, this time for the places of their values."""
    nodes: dict[str, Node | None] = {}
    reports = []
    for fault in faults:
        report = folder.report(fault.path)
        message = fault.message
        if fault.other is not None:
            path, steps = fault.other
            line = _place(folder, path, steps, nodes).line
            message += f" {folder.report(path).path}" + (f":{line}" if line else "")
        place = _place(folder, fault.path, fault.steps, nodes)
        report.add(place, _field(fault.steps), message, severity=fault.severity)
        reports.append(report)
    return reports


def _place(folder: Folder, path: str, steps: Steps, nodes: dict[str, Node | None]) -> Placed:
    if not steps:
        return WHOLE_FILE
    if path not in nodes:
        aside = Report("")
        text = decode(folder.read(path, aside) or b"", aside) or ""
        nodes[path] = article_node(text) if path.endswith(".md") else compose(text, aside)
    node = nodes[path]
    return WHOLE_FILE if node is None else place_in(node, *steps)


def _field(steps: Steps) -> str:
    return ".".join(step for step in steps if isinstance(step, str))


# --- some paths ----------------------------------------------------------------------------


def _chosen(root: Path, files: CorpusFiles, paths: Iterable[Path]) -> set[str]:
    """The paths relative to the corpus; a capture brings its article along."""
    chosen = set()
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"{path}: expected a file or folder, got none")
        absolute = path.parent.resolve() / path.name if path.name else path.resolve()
        if path.is_dir():
            absolute = path.resolve()
        if not absolute.is_relative_to(root.resolve()):
            raise UsageError(f"{path}: expected a path within {root}, got one outside of it")
        relative = absolute.relative_to(root.resolve()).as_posix()
        chosen.add("" if relative == "." else relative)
    owners = {path.split("/")[1] for path in chosen if path.startswith("captures/")}
    return chosen | {path for path in files.articles if _id(path) in owners}


def _id(path: str) -> str:
    """The id of the article in a file."""
    return path.rpartition("/")[2].removesuffix(".md")


def _within(path: str, chosen: set[str]) -> bool:
    if path in chosen or "" in chosen:
        return True
    return any(path.startswith(f"{folder}/") for folder in chosen)
