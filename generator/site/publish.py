"""From `docs/` to `site/`: render what changed, keep the rest, check every link, swap."""

import gc
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from itertools import chain, compress, repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.errors import ProblemsFound, SiteError
from generator.record import record, replace
from generator.site import swap
from generator.site.link_check import Files, all_files, find_dead, page_facts
from generator.site.manifest import (
    SiteManifest,
    config_digest,
    prune_manifests,
    read_manifest,
    tree_key,
    write_manifest,
)
from generator.site.mkdocs_build import Part, build_frame, build_part, theme_folders
from generator.site.page_table import (
    PageFacts,
    PageTable,
    numbers,
    only,
    page_table,
    renewed,
)
from generator.site.plan import Plan, check_addresses, plan_site
from generator.site.sources import SourceTable, Targets, look, read, site_path
from generator.site.tree import clear, link_all, second, take

#: Pages in one MkDocs build: below, starting it costs more than it saves; above, MkDocs, which
#: holds all pages of a build in memory, takes too much of it.
PART_SIZES = (100, 3_000)
#: Files that are not rendered, brought into the site in one go.
BATCH = 4_000


@record
class SiteJob:
    """Where things are: all paths absolute. `base` is the path part of the site's address.

    `generated` are the files below `docs` that the generator wrote, each with the digest of its bytes
    (None: there are no others); files of the folder `replaced` (empty: there is none) are never written over either, and
    may be shared with the site. Those just `written` are brought into the site again, whatever is known of it: what stood
    there before may be shared with it, and somebody may have changed it.
    `seen` are the files as they are (None: they are still to be looked at).
    """

    config_file: Path
    docs: Path
    site: Path
    cache: Path
    base: str = "/"
    full: bool = False
    generated: Mapping[str, str] | None = None
    replaced: str = ""
    written: Collection[str] = ()
    seen: SourceTable | None = None

    @property
    def spare(self) -> Path:
        """Where the site before the present one waits to become the next."""
        return self.cache / "sites" / "spare"


@record
class Workers:
    """Who renders: `executor` (None: this process), how many at once, and whom to tell.

    `advance` is called with the pages done and the pages in all.
    """

    executor: Executor | None = None
    jobs: int = 1
    advance: Callable[[int, int], None] = lambda _done, _total: None


@record
class SiteReport:
    """How many pages were rendered and kept; the files of the site and their bytes; whether the next build has a tree
    to begin from."""

    rendered: int
    kept: int
    files: int
    size: int
    spare: bool = True


def publish(job: SiteJob, workers: Workers) -> SiteReport:
    """Bring the site up to date; it is swapped in only when every link of it leads somewhere."""
    try:
        return _publish(job, workers)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        message = f"{job.site}: cannot be built: {place}{error.strerror or error}"
        cure = "; --full makes all of it anew" if isinstance(error, FileNotFoundError) else ""
        raise SiteError(f"{message}; what stood there before is as it was{cure}") from error
    except BrokenExecutor as error:
        message = f"{job.site}: a process that rendered pages was ended from outside"
        raise SiteError(f"{message} (too little memory?); try fewer --jobs") from error


def _publish(job: SiteJob, workers: Workers) -> SiteReport:
    swap.recover(job.site)
    config = config_digest(job.config_file, theme_folders(job.config_file, job.docs))
    old = SiteManifest() if job.full else read_manifest(job.site, job.cache)
    sources = read(job.docs, job.seen or look(job.docs), old.sources, job.generated or {})
    plan = plan_site(sources, old, config=config, generated=job.generated, written=job.written)
    check_addresses(plan, job.docs)
    if not (plan.render or plan.copy or plan.gone) and config == old.config:
        return _report(old, plan.targets, rendered=0)
    try:
        manifest = _assemble(job, plan, old, (config, workers))
    except BaseException:
        shutil.rmtree(swap.beside(job.site, "work"), ignore_errors=True)
        shutil.rmtree(swap.beside(job.site, "part"), ignore_errors=True)
        raise
    swap.finish(job.site, job.spare)
    prune_manifests(job.site, job.cache)
    return _report(manifest, plan.targets, rendered=len(plan.render))


def prepare_next(job: SiteJob) -> int:
    """Give the next build a tree to begin from where this one left none: the site once more, as hard links. Tells of how
    many files; where there can be no links, or the site is not known, there is none."""
    manifest = read_manifest(job.site, job.cache)
    paths = sorted({*Targets(manifest.sources), *manifest.frame})
    if not paths or not second(job.site, job.spare, paths):
        return 0
    known = replace(manifest, spare=tree_key(job.spare), differs=())
    write_manifest(known, job.site, job.cache)
    return len(paths)


def _assemble(
    job: SiteJob, plan: Plan, old: SiteManifest, how: tuple[str, Workers]
) -> SiteManifest:
    """Make the new tree complete and check it."""
    config, workers = how
    frame, framed = _frame(job, plan, old, config)
    changed = {site_path(source) for source in (*plan.render, *plan.copy)}
    dropped = {path for path in old.frame.keys() - frame.keys() if path not in plan.targets}
    stale = changed.union(plan.gone, framed, dropped)
    tree = swap.beside(job.site, "part")
    if not job.full and take(job.spare, tree, old):
        clear(tree, stale.union(old.differs))
        linked = {path for path in old.differs if path in frame or path in plan.targets}
    else:
        tree.mkdir(parents=True, exist_ok=True)
        linked = {*(old.frame.keys() & frame.keys()), *plan.targets}
    link_all(job.site, tree, sorted(linked - stale))
    link_all(swap.beside(job.site, "work") / "frame" / "site", tree, sorted(framed))
    fresh = page_table(_run(_calls(job, plan, (tree, workers.jobs)), workers, len(plan.render)))
    html = {path for path in framed if path.endswith(".html")}
    frame_pages = page_table({path: page_facts(path, tree, job.base) for path in html})
    fresh = renewed(fresh, frozenset(), frame_pages)
    pages = renewed(old.pages, stale, fresh)
    _check_links(job, plan, (old, frame), (pages, fresh, stale), tree)
    shutil.rmtree(swap.beside(job.site, "work"), ignore_errors=True)
    manifest = SiteManifest(
        config=config,
        together=plan.together,
        sources=plan.sources,
        pages=pages,
        frame=frame,
        # Of a site that no manifest describes nobody knows what it has besides: nothing begins from it.
        spare=tree_key(job.site) if old.config else "",
        differs=tuple(sorted(stale)),
    )
    write_manifest(manifest, tree, job.cache)
    return manifest


def _frame(
    job: SiteJob, plan: Plan, old: SiteManifest, config: str
) -> tuple[Mapping[str, int], set[str]]:
    """The theme's own files with their sizes, and those of them to be brought in; built anew only if they may differ."""
    lost = old.frame.keys() & set(plan.gone)
    if config == old.config and old.frame and not lost:
        return old.frame, set()
    out = build_frame(job.config_file, swap.beside(job.site, "work") / "frame")
    files = {
        path.relative_to(out).as_posix(): path.stat().st_size
        for path in out.rglob("*")
        if path.is_file()
    }
    return dict(sorted(files.items())), {path for path in files if path not in plan.targets}


def _check_links(
    job: SiteJob,
    plan: Plan,
    files: tuple[SiteManifest, Mapping[str, int]],
    tables: tuple[PageTable, PageTable, set[str]],
    tree: Path,
) -> None:
    """Look for what new pages lead to, and what is offered no more; raises the problems of dead links."""
    old, frame = files
    pages, fresh, stale = tables
    paths = chain(plan.targets, frame)
    here = Files(paths=paths, places=plan.sources.places + all_files(tuple(frame)).places)
    lost = only(old.pages, stale).offers + all_files(plan.gone).places
    dead = find_dead(pages, here, (tree, job.base), fresh.wants + lost)
    if dead:
        raise ProblemsFound(dead)


@record
class Batch:
    """What one process does at a time: pages to render, or files to bring in; runs anywhere that
    sees the same folders."""

    config_file: Path
    part: Part
    render: bool
    link: bool = False


def _calls(job: SiteJob, plan: Plan, place: tuple[Path, int]) -> Iterator[Batch]:
    """Pages by hand in one part; the others in parts of equal size, one a process if they are many."""
    tree, jobs = place
    copy = plan.copy
    work = swap.beside(job.site, "work")
    together = tuple(page for page in plan.render if page in plan.by_hand)
    alone = tuple(page for page in plan.render if page not in plan.by_hand)
    least, most = PART_SIZES
    size = max(least, min(most, -(-len(alone) // max(1, jobs))))
    known = job.generated or {}
    parts = [(together, True)] if together else []
    parts += [(pages, True) for pages in _slices(alone, size)]
    own = {p for p in copy if p in known or (job.replaced and p.startswith(job.replaced))}
    parts += [(paths, False) for paths in _slices([p for p in copy if p in own], BATCH)]
    parts += [(paths, False) for paths in _slices([p for p in copy if p not in own], BATCH)]
    for number, (pages, is_render) in enumerate(parts):
        generated = job.generated is not None and (pages[0] in known or pages[0] in own)
        scratch = work / str(number)
        part = Part(
            docs=job.docs,
            tree=tree,
            work=scratch,
            pages=pages,
            generated=generated,
            base=job.base,
        )
        yield Batch(config_file=job.config_file, part=part, render=is_render, link=generated)


def _slices(items: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(items), size):
        yield tuple(items[start : start + size])


def _run(batches: Iterable[Batch], workers: Workers, total: int) -> dict[str, PageFacts]:
    calls = list(batches)
    copied = sum(len(call.part.pages) for call in calls if not call.render)
    if workers.executor is None or (total <= PART_SIZES[0] and copied <= BATCH):
        results: Iterable[dict[str, PageFacts]] = map(run_batch, calls)
    else:
        results = workers.executor.map(run_batch, calls)
    pages: dict[str, PageFacts] = {}
    done = 0
    for call, result in zip(calls, results, strict=True):
        pages |= result
        done += len(call.part.pages) if call.render else 0
        workers.advance(done, total)
    return pages


def run_batch(batch: Batch) -> dict[str, PageFacts]:
    """Render or bring in some files, and read off the links of those that are pages."""
    part = batch.part
    if batch.render:
        gc.freeze()  # MkDocs' pages and files hold each other; what was there before them is not looked through
        facts = build_part(batch.config_file, part)
        if len(part.pages) > PART_SIZES[0]:
            gc.collect()
        shutil.rmtree(part.work)
        return facts
    link_all(part.docs, part.tree, part.pages, copy=not batch.link)
    html = (path for path in part.pages if path.endswith(".html"))
    return {path: page_facts(path, part.tree, part.base, generated=part.generated) for path in html}


def _report(manifest: SiteManifest, targets: Targets, *, rendered: int) -> SiteReport:
    sources = manifest.sources
    are_pages = _ending(sources.paths, (".md", ".html"))
    others = numbers(sources.sizes)[~are_pages].sum()
    frame = {path: size for path, size in manifest.frame.items() if path not in targets}
    frame_size = sum(size for path, size in frame.items() if not path.endswith(".html"))
    pages = sum(map(str.endswith, compress(sources.paths, are_pages.tolist()), repeat(".md")))
    return SiteReport(
        rendered=rendered,
        kept=pages - rendered,
        files=len(targets) + len(frame),
        size=int(others) + frame_size + int(numbers(manifest.pages.sizes).sum()),
        spare=bool(manifest.spare),
    )


def _ending(paths: Sequence[str], ends: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which paths have one of some endings."""
    return np.fromiter(map(str.endswith, paths, repeat(ends)), dtype=bool, count=len(paths))
