"""From `docs/` to `site/`: render what changed, keep the rest, check every link, swap."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

from generator.errors import Problem, ProblemsFound
from generator.model import record
from generator.site import swap
from generator.site.links import PageLinks, dead_links, resolve, scan_file
from generator.site.manifest import (
    SiteManifest,
    config_digest,
    prune_manifests,
    read_manifest,
    write_manifest,
)
from generator.site.mkdocs_build import build_part, link_or_copy, theme_folders
from generator.site.plan import Plan, plan_site, site_path, walk

#: Pages in one MkDocs build: below, starting a process costs more than it saves; above, MkDocs, which
#: holds all pages of a build in memory, takes too much of it.
PART_SIZES = (100, 1_000)


@record
class SiteJob:
    """Where things are: all paths absolute. `base` is the path part of the site's address."""

    config_file: Path
    docs: Path
    site: Path
    cache: Path
    base: str = "/"
    full: bool = False
    by_hand: frozenset[str] = frozenset()


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
    swap.recover(job.site)
    folders = theme_folders(job.config_file)
    config = config_digest(job.config_file, folders[:-1])
    old = SiteManifest() if job.full else read_manifest(job.site, job.cache)
    plan = plan_site(job.docs, old, config=config, by_hand=job.by_hand)
    if not (plan.render or plan.copy or plan.gone) and config == old.config:
        return _report(job.site, plan, rendered=0)
    tree = swap.beside(job.site, "part")
    tree.mkdir(parents=True)
    frame = _frame(job, old, config, tree)
    _assemble(job, plan, tree)
    rendered = _render(job, plan, tree, workers)
    _check(job, plan, tree, rendered)
    manifest = SiteManifest(config=config, files=plan.files, frame=frame)
    write_manifest(manifest, tree, job.cache)
    swap.finish(job.site)
    prune_manifests(job.site, job.cache)
    return _report(job.site, plan, rendered=len(plan.render))


def _frame(job: SiteJob, old: SiteManifest, config: str, tree: Path) -> tuple[str, ...]:
    """The theme's own files: from the present site, or from a build without pages."""
    if config == old.config and all((job.site / path).exists() for path in old.frame):
        _link_all(job.site, tree, old.frame)
        return old.frame
    work = _work(job) / "frame"
    out = build_part(job.config_file, job.docs, (), work)
    frame = tuple(sorted(str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()))
    _link_all(out, tree, frame)
    shutil.rmtree(work)
    return frame


def _assemble(job: SiteJob, plan: Plan, tree: Path) -> None:
    _link_all(job.site, tree, plan.keep)
    for source in plan.copy:
        target = tree / source
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copyfile(job.docs / source, target)


def _link_all(origin: Path, tree: Path, paths: Iterable[str]) -> None:
    made: set[str] = set()
    for path in paths:
        target = tree / path
        folder = path.rpartition("/")[0]
        if folder not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(folder)
        link_or_copy(origin / path, target)


def _render(job: SiteJob, plan: Plan, tree: Path, workers: Workers) -> dict[str, PageLinks]:
    parts = list(_parts(plan.render, job.by_hand, workers.jobs))
    work = _work(job)
    calls = [(job, part, work / str(number), tree) for number, part in enumerate(parts)]
    if workers.executor is None or len(parts) < 2:
        results: Iterable[dict[str, PageLinks]] = (render_part(*call) for call in calls)
    else:
        results = workers.executor.map(render_part, *zip(*calls, strict=True))
    links: dict[str, PageLinks] = {}
    for result in results:
        links |= result
        workers.advance(len(links), len(plan.render))
    shutil.rmtree(work, ignore_errors=True)
    return links


def render_part(job: SiteJob, pages: Sequence[str], work: Path, tree: Path) -> dict[str, PageLinks]:
    """Render some pages into the tree and read off their links; runs in any process."""
    out = build_part(job.config_file, job.docs, pages, work)
    links = {}
    for page in pages:
        path = site_path(page)
        target = tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (out / path).replace(target)
        links[path] = scan_file(target)
    shutil.rmtree(work)
    return links


def _parts(pages: Sequence[str], by_hand: frozenset[str], jobs: int) -> Iterator[tuple[str, ...]]:
    """Pages written by hand in one part; the others in parts of equal size, one a process if they are many."""
    together = tuple(page for page in pages if page in by_hand)
    if together:
        yield together
    alone = [page for page in pages if page not in by_hand]
    least, most = PART_SIZES
    size = max(least, min(most, -(-len(alone) // max(1, jobs))))
    for start in range(0, len(alone), size):
        yield tuple(alone[start : start + size])


def _check(job: SiteJob, plan: Plan, tree: Path, rendered: dict[str, PageLinks]) -> None:
    """Check the links of the new pages, and of all pages where something they may lead to is gone."""
    pages = dict(rendered)
    html = [path for path in plan.keep if path.endswith(".html")]
    if plan.gone or _lost_places(job.site, rendered):
        pages |= {path: scan_file(tree / path) for path in html}
    else:
        for path in _wanted_places(rendered, job.base) & set(html):
            pages[path] = PageLinks(ids=scan_file(tree / path).ids, targets=())
    frame_pages = {"404.html": scan_file(tree / "404.html")} if (tree / "404.html").exists() else {}
    files = _files(tree)
    dead = list(dead_links(pages | frame_pages, files, base=job.base))
    if dead:
        shutil.rmtree(tree)
        raise ProblemsFound(
            Problem(path=item.page, field="link", message=f"{item.target}: {item.why}")
            for item in dead
        )


def _lost_places(site: Path, rendered: dict[str, PageLinks]) -> bool:
    """Does a page that stood before miss an id that it had?"""
    for path, links in rendered.items():
        before = site / path
        if before.exists() and scan_file(before).ids - links.ids:
            return True
    return False


def _wanted_places(rendered: dict[str, PageLinks], base: str) -> set[str]:
    return {
        resolve(page, target.partition("#")[0], base) or ""
        for page, links in rendered.items()
        for target in links.targets
        if "#" in target
    }


def _files(tree: Path) -> set[str]:
    return {path for path, _ in walk(tree)}


def _report(site: Path, plan: Plan, *, rendered: int) -> SiteReport:
    sizes = [entry.stat().st_size for _, entry in walk(site)]
    kept = sum(path.endswith(".html") for path in plan.keep)
    return SiteReport(rendered=rendered, kept=kept, files=len(sizes), size=sum(sizes))


def _work(job: SiteJob) -> Path:
    """Scratch space on the same disk as the site, so that pages can be moved instead of copied."""
    return swap.beside(job.site, "work")
