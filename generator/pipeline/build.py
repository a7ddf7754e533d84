"""The way of an archive, from `corpus/` to `site/`."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from generator.analysis.encoder import load_ahead
from generator.analysis.names import variants
from generator.corpus.files import Seen
from generator.errors import Problem, ProblemsFound, Severity
from generator.model import Archive, Corpus
from generator.pipeline.archive import Means, make_archive
from generator.pipeline.cache import Cache
from generator.pipeline.code import code_version
from generator.pipeline.guard import check_folders, check_loss, only_one, plain_errors
from generator.pipeline.leftovers import remove_leftovers
from generator.pipeline.memo import CachedMemo
from generator.pipeline.output import Makers, Written, as_task, write_docs
from generator.pipeline.progress import Progress
from generator.pipeline.reading import read_again
from generator.pipeline.twins import Twins
from generator.pipeline.unchanged import Memory
from generator.pipeline.workers import begin_anew, job_count, processes, seldom_collect
from generator.record import record, replace
from generator.settings import Settings
from generator.site.publish import SiteJob, SiteReport, Workers, prepare_next, publish
from generator.site.search_index import (
    IndexReport,
    Prepared,
    complete_index,
    prepare_index,
    remove_index,
)
from generator.site.search_names import LETTERS, name_table
from generator.site.sources import SourceTable, look_again, sizes_below
from generator.views import addresses, plan, search_entries
from generator.views.tasks import Group, Item, in_series

#: Where the search index lies, below `docs/`: MkDocs copies it like any other file.
INDEX = "search/index"

#: After so few new articles the index is built beside the pages, by one process.
FEW = 8

#: What pages are made with: marks of articles say that they are the same as long as this code is.
MAKING = ("analysis", "corpus", "data", "linking", "locales", "pipeline/steps.py", "views")


@record
class BuildOptions:
    """What the command line says of one build; all paths are absolute.

    `full` ignores every cache; `docs_only` stops before MkDocs; `cluster` is the address of a Dask
    scheduler whose workers do the work.
    """

    config_file: Path
    full: bool = False
    docs_only: bool = False
    cluster: str = ""


@record
class BuildReport:
    """What a build did, for the summary: warnings, articles, pages."""

    warnings: tuple[Problem, ...]
    articles: int
    languages: int
    written: Written
    site: SiteReport | None


def build(settings: Settings, options: BuildOptions, progress: Progress) -> BuildReport:
    """Bring `docs/` and `site/` up to date with `corpus/`; does only what has to be done."""
    seldom_collect(50_000_000)
    check_folders(options.config_file.parent, settings)
    docs = options.config_file.parent / settings.docs
    memory = Memory(options.config_file, settings, BuildReport)
    with (
        plain_errors(),
        only_one(docs, lambda: progress.note("waiting for another build")),
        Twins(job_count(settings.jobs)) as twins,
    ):
        remove_leftovers(docs, options.config_file.parent / settings.site, full=options.full)
        looked = twins.begin(partial(memory.looked, full=options.full))
        sources = memory.sources(docs_only=options.docs_only)
        report = None if options.full else memory.recall(sources, looked)
        if report is not None:
            return report
        report, state = _build(settings, options, progress, memory, (twins, looked))
        memory.keep(sources, state, _nothing_done(report))
    return report


def _nothing_done(last: BuildReport) -> BuildReport:
    """The report of a build that found everything as the last one left it."""
    written = Written(changed=(), same=last.written.same + len(last.written.changed), removed=())
    site = last.site and replace(last.site, rendered=0, kept=last.site.kept + last.site.rendered)
    return replace(last, written=written, site=site)


def _build(
    settings: Settings,
    options: BuildOptions,
    progress: Progress,
    memory: Memory[BuildReport],
    beside: tuple[Twins, Callable[[], SourceTable]],
) -> tuple[BuildReport, str]:
    """Do all steps; gives the report, and the state of `docs/` that the site was built from. `docs/` is being looked at beside."""
    twins, looked = beside
    root = options.config_file.parent
    cache_folder = None if options.full else root / settings.cache
    docs = root / settings.docs
    docs.mkdir(parents=True, exist_ok=True)
    jobs = job_count(settings.jobs)
    with (
        Cache(cache_folder) as cache,
        processes(jobs, options.cluster) as executor,
    ):
        # After an earlier build little is new, and read by this process.
        last = None if options.full else memory.last
        loaded = load_ahead(settings.encoder if last else "none")
        means = Means(
            settings=settings, cache=cache, executor=executor, jobs=jobs, progress=progress
        )
        before = last.report.articles if last else 0
        corpus, warnings = checked_corpus(memory.corpus.root, means, memory.corpus, before)
        archive = make_archive(corpus, means)
        loaded()
        seen = looked()
        index = partial(index_archive, archive, (docs, seen), settings, full=options.full)
        few = not options.cluster and progress.made("analyse", "tag") <= FEW
        indexed = twins.begin(index) if few else partial(index, executor)
        pages = Pages(archive, settings, cache)
        written, generated = write_pages(pages, (docs, seen), means, full=options.full)
        search = publish_index(indexed, docs, progress)
        report = BuildReport(
            warnings=(*warnings, *located(archive.problems, root / settings.corpus)),
            articles=len(corpus.articles),
            languages=len({article.language for article in corpus.articles}),
            written=written,
            site=None,
        )
        del corpus, archive, pages, index, indexed  # rendering needs their memory
        touched = {*written.changed, *index_files(search, seen)}
        seen = after_writing(seen, docs, written, search)
        state = memory.docs(seen)
        if options.docs_only:
            return report, state
        site = publish_site(settings, options, means, (seen, generated, touched))
    return replace(report, site=site), state


def located(problems: Iterable[Problem], corpus: Path) -> Iterator[Problem]:
    """Problems of decisions with their places as those of all other files of the corpus are given."""
    for problem in problems:
        yield replace(
            problem, path=f"{corpus.as_posix()}/{problem.path}", column=problem.column or 1
        )


@contextmanager
def opened_archive(
    settings: Settings, config_file: Path, progress: Progress
) -> Iterator[tuple[Archive, tuple[Problem, ...]]]:
    """The archive without its pages, and its warnings. It uses the cache of the last build, from which analyses are read when
    they are asked for, until this is closed."""
    root = config_file.parent
    jobs = job_count(settings.jobs)
    with Cache(root / settings.cache) as cache, processes(jobs) as executor:
        means = Means(
            settings=settings, cache=cache, executor=executor, jobs=jobs, progress=progress
        )
        corpus, warnings = checked_corpus(root / settings.corpus, means)
        archive = make_archive(corpus, means)
        yield archive, (*warnings, *located(archive.problems, root / settings.corpus))


def read_archive(settings: Settings, config_file: Path) -> Archive:
    """The archive without its pages, with everything in memory; a quiet run."""
    with opened_archive(settings, config_file, Progress(quiet=True)) as (archive, _):
        return replace(
            archive,
            analyses=dict(archive.analyses),
            mentions=dict(archive.mentions),
            differences=dict(archive.differences),
        )


def checked_corpus(
    folder: Path, means: Means, seen: Seen | None = None, before: int = 0
) -> tuple[Corpus, tuple[Problem, ...]]:
    """The corpus and its warnings, read as a step of the build; raises all problems if any of them is an error, and if there is
    little left of the articles that there were `before`."""
    with means.progress.step("read") as step:
        corpus, problems = read_again(folder, means.settings, means.cache, seen)
        step.done = len(corpus.articles)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ProblemsFound(problems)
    check_loss(folder, before, len(corpus.articles))
    return corpus, problems


class Pages:
    """What is to be written of an archive, and what is remembered of it from build to build."""

    def __init__(self, archive: Archive, settings: Settings, cache: Cache) -> None:
        """The pages do not depend on how many processes there are or where the site lies."""
        told = replace(settings, jobs=0, cache="", site="", docs="")
        entities = tuple(archive.entities.values())
        names = Group(
            name="names",
            seen=(entities, code_version("site", "data")),
            tasks=lambda: map(
                as_task, name_table(entities, address=addresses.entity, variants=variants)
            ),
        )
        self.version = code_version(*MAKING)
        self.marks, self.series = (
            CachedMemo[str, bytes](cache, stage, self.version, bytes)
            for stage in ("marks", "series")
        )
        self.items: Iterable[Item] = in_series(chain(plan(archive, told, self.marks), [names]))


def write_pages(
    pages: Pages, place: tuple[Path, SourceTable], means: Means, *, full: bool
) -> tuple[Written, Mapping[str, str]]:
    """Write the generated part of `docs/`, whose folder and present files are given; gives the digests of all its files, too."""
    makers = Makers(
        version=pages.version,
        executor=means.executor,
        jobs=means.jobs,
        full=full,
        advance=means.progress.advance,
    )
    with means.progress.step("write") as step:
        docs, seen = place
        written, digests = write_docs(pages.items, docs, makers, seen, pages.series)
        pages.marks.save()
        pages.series.save()
        step.done, step.kept = written.made, len(written.changed) + written.same - written.made
    return written, digests


def index_archive(
    archive: Archive,
    place: tuple[Path, SourceTable],
    settings: Settings,
    executor: Executor | None = None,
    *,
    full: bool,
) -> Prepared:
    """Build the search index below `docs/`, which is given with its files as they were seen; only what changed is made, and not
    what publishes it."""
    docs, seen = place
    out = docs.absolute() / INDEX
    if full:
        remove_index(out)
    return prepare_index(
        search_entries(archive, settings),
        out,
        settings=settings,
        executor=executor,
        seen=lambda shard: sizes_below(seen, f"{INDEX}/{shard}/"),
    )


def publish_index(indexed: Callable[[], Prepared], docs: Path, progress: Progress) -> IndexReport:
    """Complete the search index with what the pages told of names."""
    with progress.step("index") as step:
        names = json.loads((docs / LETTERS).read_bytes())
        search = complete_index(indexed(), docs.absolute() / INDEX, names)
        step.done = search.records
    return search


def index_files(search: IndexReport, seen: SourceTable) -> Iterator[str]:
    """The files that were there of parts of the index that were built anew: some of them were damaged."""
    for shard in search.built:
        folder = f"{INDEX}/{shard}/"
        yield from (folder + name for name in sizes_below(seen, folder))


def after_writing(
    seen: SourceTable, docs: Path, written: Written, search: IndexReport
) -> SourceTable:
    """The files of `docs/` now that pages were written and the index is complete."""
    touched = {*written.changed, *written.removed}
    same = {f"{INDEX}/{shard}/" for shard in search.kept}
    return look_again(seen, docs, touched, f"{INDEX}/", same)


def publish_site(
    settings: Settings,
    options: BuildOptions,
    means: Means,
    present: tuple[SourceTable, Mapping[str, str], Collection[str]],
) -> SiteReport:
    """Render `docs/`, whose files were just looked at, and swap the site in. Also given are the digests of generated files,
    and which were written."""
    seen, generated, written = present
    begin_anew(means.executor)
    root = options.config_file.parent
    docs = root / settings.docs
    job = SiteJob(
        config_file=options.config_file,
        docs=docs,
        site=root / settings.site,
        cache=root / settings.cache,
        base=urlsplit(settings.site_url).path or "/",
        full=options.full,
        generated=generated,
        replaced=f"{INDEX}/",
        written=written,
        seen=seen,
    )
    with means.progress.step("render") as step:
        workers = Workers(executor=means.executor, jobs=means.jobs, advance=means.progress.advance)
        report = publish(job, workers)
        step.done, step.kept = report.rendered, report.kept
    if not report.spare:
        with means.progress.step("spare") as step:
            step.done = prepare_next(job)
    return report
