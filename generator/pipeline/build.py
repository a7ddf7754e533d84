"""The way of an archive, from `corpus/` to `site/`."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from generator.analysis.names import variants
from generator.corpus.reader import read_corpus
from generator.errors import Problem, ProblemsFound, Severity
from generator.model import Archive, Corpus, OutputFile, record
from generator.pipeline.archive import Means, make_archive
from generator.pipeline.cache import Cache
from generator.pipeline.output import Written, read_list, write_docs
from generator.pipeline.progress import Progress
from generator.pipeline.workers import job_count, processes
from generator.settings import Settings
from generator.site.publish import SiteJob, SiteReport, Workers, publish
from generator.site.search_index import build_index
from generator.site.search_names import name_table
from generator.views import addresses, render_pages, search_records

#: Where the search index lies, below `docs/`: MkDocs copies it like any other file.
INDEX = "search/index"


@record
class BuildOptions:
    """What the command line says of one build; all paths are absolute.

    `full` ignores every cache; `docs_only` stops before MkDocs.
    """

    config_file: Path
    full: bool = False
    docs_only: bool = False


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
    root = options.config_file.parent
    with progress.step("read") as step:
        corpus, warnings = checked_corpus(root / settings.corpus, settings)
        step.done = len(corpus.articles)
    cache_folder = None if options.full else root / settings.cache
    jobs = job_count(settings.jobs)
    with Cache(cache_folder) as cache, processes(jobs) as executor:
        means = Means(
            settings=settings, cache=cache, executor=executor, jobs=jobs, progress=progress
        )
        archive = make_archive(corpus, means)
        written = write_pages(archive, settings, root / settings.docs, means, full=options.full)
        index_archive(archive, settings, root / settings.docs, progress)
        site = None if options.docs_only else publish_site(settings, options, means)
    return BuildReport(
        warnings=warnings,
        articles=len(corpus.articles),
        languages=len({article.language for article in corpus.articles}),
        written=written,
        site=site,
    )


def read_archive(settings: Settings, config_file: Path) -> Archive:
    """The archive without its pages; a quiet run that uses the cache of the last build."""
    root = config_file.parent
    corpus, _ = checked_corpus(root / settings.corpus, settings)
    jobs = job_count(settings.jobs)
    with Cache(root / settings.cache) as cache, processes(jobs) as executor:
        means = Means(
            settings=settings,
            cache=cache,
            executor=executor,
            jobs=jobs,
            progress=Progress(quiet=True),
        )
        return make_archive(corpus, means)


def checked_corpus(folder: Path, settings: Settings) -> tuple[Corpus, tuple[Problem, ...]]:
    """The corpus and its warnings; raises all problems if any of them is an error."""
    corpus, problems = read_corpus(folder, settings)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ProblemsFound(problems)
    return corpus, problems


def write_pages(
    archive: Archive, settings: Settings, docs: Path, means: Means, *, full: bool
) -> Written:
    """Write the generated part of `docs/`."""
    names = name_table(archive.entities.values(), address=addresses.entity, variants=variants)
    with means.progress.step("write") as step:
        files = _counted(chain(render_pages(archive, settings), names), means.progress)
        written = write_docs(files, docs, full=full)
        step.done = len(written.changed) + written.same
    return written


def index_archive(archive: Archive, settings: Settings, docs: Path, progress: Progress) -> None:
    """Write the search index below `docs/`."""
    with progress.step("index") as step:
        report = build_index(search_records(archive, settings), docs / INDEX, settings=settings)
        step.done = report.records


def publish_site(settings: Settings, options: BuildOptions, means: Means) -> SiteReport:
    """Render `docs/` and swap the site in."""
    root = options.config_file.parent
    docs = root / settings.docs
    job = SiteJob(
        config_file=options.config_file,
        docs=docs,
        site=root / settings.site,
        cache=root / settings.cache,
        base=urlsplit(settings.site_url).path or "/",
        full=options.full,
        generated=frozenset(read_list(docs)),
    )
    with means.progress.step("render") as step:
        workers = Workers(executor=means.executor, jobs=means.jobs, advance=means.progress.advance)
        report = publish(job, workers)
        step.done = report.rendered
    return report


def _counted(files: Iterable[OutputFile], progress: Progress) -> Iterator[OutputFile]:
    for number, file in enumerate(files, start=1):
        progress.advance(number)
        yield file
