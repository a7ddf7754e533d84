"""From `docs/` to `site/`: render what changed, keep the rest, check every link, swap."""

import gc
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from pathlib import Path

from generator.errors import ProblemsFound, SiteError
from generator.model import record
from generator.site import swap
from generator.site.link_check import find_dead, page_facts
from generator.site.manifest import (
    PageFacts,
    SiteManifest,
    config_digest,
    prune_manifests,
    read_manifest,
    write_manifest,
)
from generator.site.mkdocs_build import Part, build_frame, build_part, theme_folders
from generator.site.plan import Plan, plan_site, site_path
from generator.site.tree import Tree, clear, link_all, take

#: Pages in one MkDocs build: below, starting it costs more than it saves; above, MkDocs, which
#: holds all pages of a build in memory, takes too much of it.
PART_SIZES = (100, 1_500)
#: Files that are not rendered, brought into the site in one go.
BATCH = 4_000


@record
class SiteJob:
    """Where things are: all paths absolute. `base` is the path part of the site's address.

    `generated` are the files below `docs` that the generator wrote, each with the digest of its bytes
    (None: there are no others).
    """

    config_file: Path
    docs: Path
    site: Path
    cache: Path
    base: str = "/"
    full: bool = False
    generated: Mapping[str, str] | None = None

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
    """How many pages were rendered and kept; the files of the site and their bytes."""

    rendered: int
    kept: int
    files: int
    size: int


def publish(job: SiteJob, workers: Workers) -> SiteReport:
    """Bring the site up to date; it is swapped in only when every link of it leads somewhere."""
    try:
        return _publish(job, workers)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        message = f"{job.site}: cannot be built: {place}{error.strerror or error}"
        raise SiteError(f"{message}; what stood there before is as it was") from error
    except BrokenExecutor as error:
        message = f"{job.site}: a process that rendered pages was ended from outside"
        raise SiteError(f"{message} (too little memory?); try fewer --jobs") from error


def _publish(job: SiteJob, workers: Workers) -> SiteReport:
    swap.recover(job.site)
    config = config_digest(job.config_file, theme_folders(job.config_file, job.docs))
    old = SiteManifest() if job.full else read_manifest(job.site, job.cache)
    plan = plan_site(job.docs, old, config=config, generated=job.generated)
    if not (plan.render or plan.copy or plan.gone) and config == old.config:
        return _report(old, rendered=0)
    try:
        manifest, rendered = _assemble(job, plan, old, (config, workers))
    except BaseException:
        shutil.rmtree(swap.beside(job.site, "work"), ignore_errors=True)
        shutil.rmtree(swap.beside(job.site, "part"), ignore_errors=True)
        raise
    swap.finish(job.site, job.spare)
    prune_manifests((job.site, job.spare), job.cache)
    return _report(manifest, rendered=rendered)


def _assemble(
    job: SiteJob, plan: Plan, old: SiteManifest, how: tuple[str, Workers]
) -> tuple[SiteManifest, int]:
    """Make the new tree complete and check it."""
    config, workers = how
    tree = take(job.spare, swap.beside(job.site, "part"), job.cache, fresh=job.full)
    frame = _frame(job, (old, tree.manifest), config)
    wanted = SiteManifest(config=config, files=plan.files, frame=frame).stamps()
    right = clear(tree, wanted)
    _bring_frame(job, frame.keys() - right - plan.files.keys(), tree)
    link_all(job.site, tree.folder, (path for path in plan.keep if path not in right))
    pages = {path: tree.manifest.pages[path] for path in right if path in tree.manifest.pages}
    pages |= {path: old.pages[path] for path in plan.keep if path in old.pages}
    render = tuple(page for page in plan.render if site_path(page) not in right)
    copy = tuple(path for path in plan.copy if path not in right)
    pages |= _run(
        _calls(job, plan, (render, copy), (tree.folder, workers.jobs)), workers, len(render)
    )
    pages |= {
        path: page_facts(path, tree.folder, job.base)
        for path in frame
        if path.endswith(".html") and path not in pages
    }
    dead = find_dead(pages, wanted, tree.folder, job.base)
    if dead:
        raise ProblemsFound(dead)
    shutil.rmtree(swap.beside(job.site, "work"), ignore_errors=True)
    manifest = SiteManifest(config=config, files=plan.files, pages=pages, frame=frame)
    write_manifest(manifest, tree.folder, job.cache)
    return manifest, len(render)


def _frame(job: SiteJob, known: Iterable[SiteManifest], config: str) -> Mapping[str, int]:
    """The theme's own files with their sizes; built anew only if no tree has them."""
    for manifest in known:
        if manifest.config == config and manifest.frame:
            return manifest.frame
    out = build_frame(job.config_file, swap.beside(job.site, "work") / "frame")
    return {
        str(path.relative_to(out)): path.stat().st_size
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def _bring_frame(job: SiteJob, missing: Iterable[str], tree: Tree) -> None:
    built = swap.beside(job.site, "work") / "frame" / "site"
    link_all(built if built.exists() else job.site, tree.folder, sorted(missing))


@record
class Batch:
    """What one process does at a time: pages to render, or files to bring in; runs anywhere that
    sees the same folders."""

    config_file: Path
    part: Part
    render: bool
    link: bool = False


def _calls(
    job: SiteJob, plan: Plan, todo: tuple[tuple[str, ...], tuple[str, ...]], place: tuple[Path, int]
) -> Iterator[Batch]:
    """Pages by hand in one part; the others in parts of equal size, one a process if they are many."""
    tree, jobs = place
    render, copy = todo
    work = swap.beside(job.site, "work")
    together = tuple(page for page in render if page in plan.by_hand)
    alone = tuple(page for page in render if page not in plan.by_hand)
    least, most = PART_SIZES
    size = max(least, min(most, -(-len(alone) // max(1, jobs))))
    known = job.generated or {}
    parts = [(together, True)] if together else []
    parts += [(pages, True) for pages in _slices(alone, size)]
    parts += [(paths, False) for paths in _slices([p for p in copy if p in known], BATCH)]
    parts += [(paths, False) for paths in _slices([p for p in copy if p not in known], BATCH)]
    for number, (pages, is_render) in enumerate(parts):
        generated = job.generated is not None and pages[0] in known
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
    if workers.executor is None or sum(len(call.part.pages) for call in calls) <= PART_SIZES[0]:
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
        facts = build_part(batch.config_file, part)
        if len(part.pages) > PART_SIZES[0]:
            gc.collect()  # MkDocs' pages and files hold each other
        shutil.rmtree(part.work)
        return facts
    link_all(part.docs, part.tree, part.pages, copy=not batch.link)
    html = (path for path in part.pages if path.endswith(".html"))
    return {path: page_facts(path, part.tree, part.base, generated=part.generated) for path in html}


def _report(manifest: SiteManifest, *, rendered: int) -> SiteReport:
    others = (item.size for path, item in manifest.files.items() if path not in manifest.pages)
    frame = (
        size
        for path, size in manifest.frame.items()
        if path not in manifest.files and path not in manifest.pages
    )
    size = sum(others) + sum(frame) + sum(page.size for page in manifest.pages.values())
    pages = sum(item.path.endswith(".md") for item in manifest.files.values())
    files = len(manifest.files.keys() | manifest.frame.keys())
    return SiteReport(rendered=rendered, kept=pages - rendered, files=files, size=size)
