"""The outlet of a capture: as a person names it, else by the host of the page's address."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import regex

from generator.corpus.characters import clean_characters
from generator.corpus.kinds import url_fault
from generator.errors import Problem, ProblemsFound, did_you_mean, shown
from generator.ingest.read import CleanedCapture
from generator.model import Source, SourceId
from generator.text import fold, normal, slug

#: A name has a letter or a digit and is no path.
NAME = regex.compile(r"(?!\.)[^/\\]*[\p{L}\p{N}][^/\\]*")
#: Characters of the longest name that is taken from a page.
LONGEST_NAME = 80
#: An address with another one in it is an archive's or a translator's.
ADDRESS_WITHIN = regex.compile(r"(?<=.)https?(?::|%3a)/?", regex.I)


def find_outlet(sources: Sequence[Source], named: str, capture: CleanedCapture) -> Source | None:
    """The source that a person named, or that the page's host or own statement leads to; None if nothing does.

    A named outlet that `sources.yml` lacks becomes a new entry, unless it is nearly one that is there or no name at all.
    """
    if named:
        known = (item for item in sources if named == item.id or fold(named) in _names(item))
        return next(known, None) or _new(sources, named, capture)
    for url in (capture.url, capture.canonical_url):
        if found := _by_host(sources, url):
            return found
    stated = fold(capture.outlet)
    return next((source for source in sources if stated and stated in _names(source)), None)


def _new(sources: Sequence[Source], named: str, capture: CleanedCapture) -> Source:
    """An entry with what the capture tells of its outlet."""
    if not NAME.fullmatch(named) or not named.isprintable():
        raise _refused(f"expected the id or the name of an outlet, got {shown(named)}")
    identifier = slug(named)
    if near := did_you_mean(identifier, [str(source.id) for source in sources], cutoff=0.8):
        raise _refused(f"expected an outlet of sources.yml, got {shown(named)}{near}")
    name = named if named != identifier else _stated(sources, capture)
    return Source(
        id=SourceId(identifier),
        name=name or named.replace("-", " ").title(),
        homepage=_homepage(sources, capture),
    )


def _refused(message: str) -> ProblemsFound:
    """A fault of what a person named; whoever adds the capture says of which."""
    return ProblemsFound([Problem(path="", field="source", message=message)])


def _stated(sources: Sequence[Source], capture: CleanedCapture) -> str:
    """The name that the page gives its outlet, if no other outlet has it."""
    name = normal(clean_characters(capture.outlet))
    taken = any(fold(name) in _names(source) for source in sources)
    return "" if taken or len(name) > LONGEST_NAME else name


def _homepage(sources: Sequence[Source], capture: CleanedCapture) -> str | None:
    """The host of the page's addresses; none if they disagree, or if it is another outlet's or keeps pages of others."""
    addresses = [address for address in (capture.url, capture.canonical_url) if address]
    home = min(addresses, key=lambda address: len(_host(address)), default="")
    if (
        url_fault(home) is not None
        or any(not _is_at(address, _host(home)) for address in addresses)
        or any(ADDRESS_WITHIN.search(address) for address in addresses)
        or _by_host(sources, home) is not None
    ):
        return None
    parts = urlsplit(home)
    return f"{parts.scheme}://{parts.netloc.lower()}/"


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
    best: tuple[int, Source] | None = None
    for source in sources:
        home = _host(source.homepage or "")
        if home and _is_at(url, home) and (best is None or len(home) > best[0]):
            best = (len(home), source)
    return None if best is None else best[1]


def _is_at(url: str, home: str) -> bool:
    """Whether an address is of a host, or of one below it."""
    host = _host(url)
    return host == home or host.endswith(f".{home}")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
