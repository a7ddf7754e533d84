"""What has to be rendered, copied or kept to bring a site up to date with `docs/`."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from generator.errors import Problem, ProblemsFound, SiteError
from generator.record import record
from generator.site.manifest import SiteManifest
from generator.site.page_table import distinct, places
from generator.site.sources import SourceTable, Targets, digest_of, positions, site_path


@record
class Plan:
    """`targets` are the paths of the new site. `render` and `copy` are sources that
    the present site does not have as they are now, `by_hand` the pages that people wrote, which depend on
    each other (`together`); `gone` are paths of the present site."""

    sources: SourceTable
    targets: Targets
    render: tuple[str, ...]
    copy: tuple[str, ...]
    gone: tuple[str, ...]
    by_hand: frozenset[str]
    together: str


def plan_site(
    sources: SourceTable,
    old: SiteManifest,
    *,
    config: str,
    generated: Mapping[str, str] | None,
    written: Iterable[str] = (),
) -> Plan:
    """Compare `docs/` with what the present site was built from.

    `generated` are the files that the generator wrote (None: there are no others). Pages that people wrote may
    link to each other by file name, so they are rendered together, all or none. What was just `written` is copied though it
    has the bytes that it had.
    """
    targets = Targets(sources)
    by_hand = frozenset(() if generated is None else _unlisted(sources, generated))
    together = _together(sources, by_hand, config)
    changed = _changed(sources, old.sources)
    changed |= {path for path in written if path not in changed and _is_copied(path, targets)}
    if config != old.config:
        changed |= {path for path in sources.paths if path.endswith(".md")}
    if together != old.together:
        changed |= by_hand
    order = sorted(changed)
    return Plan(
        sources=sources,
        targets=targets,
        render=tuple(path for path in order if path.endswith(".md")),
        copy=tuple(path for path in order if not path.endswith(".md")),
        gone=tuple(sorted(path for path in _lost(sources, old.sources) if path not in targets)),
        by_hand=by_hand,
        together=together,
    )


def check_addresses(plan: Plan, docs: Path) -> None:
    """A site has a home page, and each address is that of one file of `docs`."""
    sources = plan.sources
    if "index.html" not in plan.targets:
        raise SiteError(f"{docs}: expected a home page, index.md; there is none")
    if len(distinct(places(sources.places))) < len(sources.paths):
        targets = tuple(plan.targets)
        twice = {path for path, count in Counter(targets).items() if count > 1}
        problems = [
            Problem(
                path=f"{docs}/{source}",
                message=f"expected an address of its own, got {target}, which another file has too",
            )
            for source, target in zip(sources.paths, targets, strict=True)
            if target in twice
        ]
        if problems:
            raise ProblemsFound(problems)


def _is_copied(path: str, targets: Targets) -> bool:
    return not path.endswith(".md") and path in targets


def _unlisted(sources: SourceTable, generated: Iterable[str]) -> list[str]:
    """The pages that are not among some files."""
    at = positions(sources, SourceTable(paths=tuple(sorted(generated))))
    others = (sources.paths[number] for number in np.flatnonzero(at < 0))
    return [path for path in others if path.endswith(".md")]


def _together(sources: SourceTable, by_hand: frozenset[str], config: str) -> str:
    """What every page that people wrote depends on: all of these."""
    digests = places(sources.digests).reshape(-1, 2)
    told = (
        f"{path} {digests[bisect_left(sources.paths, path)].tobytes().hex()}".encode()
        for path in sorted(by_hand)
    )
    return digest_of(config.encode(), *told)


def _lost(new: SourceTable, old: SourceTable) -> set[str]:
    """The paths in the site of files that are not there any more."""
    return {site_path(old.paths[number]) for number in np.flatnonzero(positions(old, new) < 0)}


def _changed(new: SourceTable, old: SourceTable) -> set[str]:
    """The files whose bytes the other table does not have."""
    at = positions(new, old)
    same = at >= 0
    before, now = (places(table.digests).reshape(-1, 2) for table in (old, new))
    same[same] = (now[same] == before[at[same]]).all(axis=1)
    return {new.paths[number] for number in np.flatnonzero(~same)}
