"""The check of all links of a site at once: what pages lead to is among what pages and files offer.

A place (a file, or a fragment of a page) is eight bytes, a digest of its address. A page's facts hold the
places it offers and those it leads to, so that a site of any size is checked without reading it again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from generator.errors import Problem
from generator.record import record
from generator.site.links import (
    PageLinks,
    cut_written,
    dead_links,
    read_written,
    resolve,
    scan_file,
    scan_page,
)
from generator.site.page_table import PageFacts, PageTable, Places, distinct, numbers, places

#: What most links are made of: steps up, then names. All others are resolved by the book.
PLAIN = re.compile(r"(?=[^#])((?:\.\./)*)((?:[\w-][\w.-]*(?:/[\w-][\w.-]*)*/?)?)(?:#([\w-]+))?")

#: A link that cannot be followed at all leads here; nothing offers it.
NOWHERE = b"\0" * 8


def page_facts(path: str, tree: Path, base: str, *, generated: bool = False) -> PageFacts:
    """The facts of a page that was just built; `generated` if the generator wrote all of it."""
    return facts_of(path, (tree / path).read_bytes(), base, generated=generated)


def facts_of(path: str, data: bytes, base: str, *, generated: bool) -> PageFacts:
    """The facts of the page at a path of the site, from its bytes."""
    text = data.decode("utf-8", errors="replace")
    above = _above(path)
    climb = "../" * (len(above) - 1)
    wants: set[bytes] = set()
    if generated and climb:
        content, around = cut_written(text)
        links = read_written(content)
        shared = _around(around, climb, base)
        wants |= shared.wants
        ids, targets = links.ids | shared.ids, (*links.targets, *shared.others)
    else:
        links = scan_page(text)
        ids, targets = links.ids, links.targets
    for target in targets:
        if target[:1] == "#" and target[1:] in ids:
            continue
        if climb and target.startswith(climb) and not target.startswith("../", len(climb)):
            wants.update(_from_the_top(target[len(climb) :], base))
        else:
            wants.update(_wanted(path, target, base, above))
    offers = [place(path), *(place(f"{path}#{name}") for name in ids)]
    return PageFacts(size=len(data), offers=_packed(offers), wants=_packed(wants))


@record
class Around:
    """What stands around the content of many pages: its ids, the places it leads to, and targets that depend on the page."""

    ids: frozenset[str]
    wants: frozenset[bytes]
    others: tuple[str, ...]


@lru_cache(maxsize=256)
def _around(text: str, climb: str, base: str) -> Around:
    links = read_written(text)
    far = {t for t in links.targets if t.startswith(climb) and not t.startswith("../", len(climb))}
    return Around(
        ids=links.ids,
        wants=frozenset(found for t in far for found in _from_the_top(t[len(climb) :], base)),
        others=tuple(t for t in links.targets if t not in far),
    )


@lru_cache(maxsize=100_000)
def _from_the_top(target: str, base: str) -> tuple[bytes, ...]:
    """The places of a target as seen from the top of the site: many pages lead to the same ones."""
    return tuple(_wanted("index.html", target or "./", base, [""]))


def _packed(places: Iterable[bytes]) -> bytes:
    return b"".join(sorted(places))


def place(address: str) -> bytes:
    """The place that an address of the site stands for."""
    return blake2b(address.encode("utf-8", errors="replace"), digest_size=8).digest()


def _above(page: str) -> list[str]:
    """The folders a page lies in, the root first, each with its slash."""
    parts = page.split("/")[:-1]
    return ["".join(f"{part}/" for part in parts[:depth]) for depth in range(len(parts) + 1)]


def _wanted(page: str, target: str, base: str, above: list[str]) -> Iterator[bytes]:
    plain = PLAIN.fullmatch(target)
    if plain and (depth := len(above) - len(plain[1]) // 3) > 0:
        file = above[depth - 1] + plain[2]
        file += "index.html" if not file or file.endswith("/") else ""
        yield place(file)
        if plain[3] and file.endswith(".html"):
            yield place(f"{file}#{plain[3]}")
        return
    try:
        parts = urlsplit(target)
    except ValueError:
        yield NOWHERE
        return
    path = resolve(page, unquote(parts.path), base)
    if path is None:
        yield NOWHERE
        return
    yield place(path)
    fragment = unquote(parts.fragment).split(":~:")[0]
    if fragment and path.endswith(".html"):
        yield place(f"{path}#{fragment}")


@record
class Files:
    """Files of a site: their paths, gone through once, and the places of these."""

    paths: Iterable[str]
    places: bytes


def all_files(paths: Sequence[str]) -> Files:
    """Files of a site, by their paths."""
    return Files(paths=paths, places=b"".join(map(place, paths)))


def find_dead(
    pages: PageTable, files: Files, where: tuple[Path, str], asked: bytes | None = None
) -> list[Problem]:
    """Every dead link of a site, as a problem of its page.

    `where` is the folder of the site and the path part of its address. `asked` are the places to be looked for: those that new
    pages lead to, and those that are no longer offered (None: all; the others were there when they were last asked for).
    """
    missing = distinct(places(pages.wants if asked is None else asked))
    for offered in (pages.offers, files.places):
        missing = missing[~_among(missing, places(offered))]
    missing = missing[_among(missing, places(pages.wants))]
    if not len(missing):
        return []
    owner = np.repeat(np.arange(len(pages.paths)), numbers(pages.wanted))
    owners = np.unique(owner[np.isin(places(pages.wants), missing)])
    return _explain({pages.paths[owner] for owner in owners}, pages, files.paths, where)


def _among(asked: Places, offered: Places) -> NDArray[np.bool_]:
    """Which of some sorted places are among many others in no order."""
    found = np.zeros(len(asked), dtype=bool)
    if len(asked):
        # Mostly few are asked for: of the others nearly all end in two bytes in which none of these ends.
        ends = np.zeros(1 << 16, dtype=bool)
        ends[asked.astype(np.uint16)] = True
        near = offered[ends[offered.astype(np.uint16)]]
        at = np.searchsorted(asked, near)
        at[at == len(asked)] = 0
        found[at[asked[at] == near]] = True
    return found


def _explain(
    faulty: set[str], pages: PageTable, files: Iterable[str], where: tuple[Path, str]
) -> list[Problem]:
    """Read the pages in question again, for the words of the problems."""
    tree, base = where
    links = {path: scan_file(tree / path) for path in sorted(faulty)}
    reached = {
        resolve(page, unquote(target.partition("#")[0]), base) or ""
        for page, found in links.items()
        for target in found.targets
        if "#" in target and _splits(target)
    }
    for path in sorted(reached.intersection(pages.paths) - links.keys()):
        links[path] = PageLinks(ids=scan_file(tree / path).ids, targets=())
    return [
        Problem(path=item.page, field="link", message=f"{item.target}: {item.why}")
        for item in dead_links(links, files, base=base)
    ]


def _splits(target: str) -> bool:
    try:
        urlsplit(target)
    except ValueError:
        return False
    return True
