"""The outlet of a capture: as a person names it, else by the host of the page's address."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from generator.corpus.report import did_you_mean
from generator.errors import Problem, ProblemsFound
from generator.ingest.read import CleanedCapture
from generator.model import Source, SourceId
from generator.text import fold, slug


def find_outlet(sources: Sequence[Source], named: str, capture: CleanedCapture) -> Source | None:
    """The source that a person named, or that the page's host or own statement leads to; None if nothing does.

    A named outlet that `sources.yml` lacks becomes a new entry, unless it is nearly one that is there.
    """
    if named:
        return _named(sources, named)
    for url in (capture.url, capture.canonical_url):
        if found := _by_host(sources, url):
            return found
    stated = fold(capture.outlet)
    return next((source for source in sources if stated and stated in _names(source)), None)


def _named(sources: Sequence[Source], named: str) -> Source:
    for source in sources:
        if named == source.id or fold(named) in _names(source):
            return source
    identifier = slug(named)
    known = [str(source.id) for source in sources]
    near = did_you_mean(identifier, known, cutoff=0.8)
    if near:
        message = f"expected an outlet of sources.yml, got {named}{near}"
        raise ProblemsFound([Problem(path="sources.yml", field="source", message=message)])
    name = named if named != identifier else named.replace("-", " ").title()
    return Source(id=SourceId(identifier), name=name)


def _names(source: Source) -> set[str]:
    return {fold(name) for name in (source.id, source.name, *source.names.values())}


def outlet_names(source: Source) -> tuple[str, ...]:
    """What an outlet calls itself in a line of its own: its names and its host."""
    return (
        source.id,
        source.name,
        *source.names.values(),
        *filter(None, [_host(source.homepage or "")]),
    )


def _by_host(sources: Iterable[Source], url: str) -> Source | None:
    """The outlet whose homepage has this host, or a host above it; the longest such host wins."""
    host = _host(url)
    best: tuple[int, Source] | None = None
    for source in sources:
        home = _host(source.homepage or "")
        if (
            home
            and (host == home or host.endswith(f".{home}"))
            and (best is None or len(home) > best[0])
        ):
            best = (len(home), source)
    return None if best is None else best[1]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
