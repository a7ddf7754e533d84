"""The check of all links of a site at once: what pages lead to is among what pages and files offer.

A place (a file, or a fragment of a page) is eight bytes, a digest of its address. A page's facts hold the
places it offers and those it leads to, so that a site of any size is checked without reading it again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np

from generator.errors import Problem
from generator.model import record
from generator.site.links import (
    PageLinks,
    cut_written,
    dead_links,
    read_written,
    resolve,
    scan_file,
    scan_page,
)
from generator.site.manifest import PageFacts

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
    offers = [_place(path), *(_place(f"{path}#{place}") for place in ids)]
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
        wants=frozenset(place for t in far for place in _from_the_top(t[len(climb) :], base)),
        others=tuple(t for t in links.targets if t not in far),
    )


@lru_cache(maxsize=100_000)
def _from_the_top(target: str, base: str) -> tuple[bytes, ...]:
    """The places of a target as seen from the top of the site: many pages lead to the same ones."""
    return tuple(_wanted("index.html", target or "./", base, [""]))


def _packed(places: Iterable[bytes]) -> bytes:
    return b"".join(sorted(places))


def _place(address: str) -> bytes:
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
        yield _place(file)
        if plain[3] and file.endswith(".html"):
            yield _place(f"{file}#{plain[3]}")
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
    yield _place(path)
    fragment = unquote(parts.fragment).split(":~:")[0]
    if fragment and path.endswith(".html"):
        yield _place(f"{path}#{fragment}")


def find_dead(
    pages: Mapping[str, PageFacts], files: Iterable[str], tree: Path, base: str
) -> list[Problem]:
    """Every dead link of a site, as a problem of its page. `files` are all paths of the site."""
    every = list(files)
    offered = np.unique(
        np.concatenate(
            [
                np.frombuffer(b"".join(map(_place, every)), dtype=np.uint64),
                np.frombuffer(b"".join(item.offers for item in pages.values()), dtype=np.uint64),
            ]
        )
    )
    wanted = np.frombuffer(b"".join(item.wants for item in pages.values()), dtype=np.uint64)
    missing = np.setdiff1d(wanted, offered)
    if not len(missing):
        return []
    faulty = {path for path, item in pages.items() if _wants_one(item, missing)}
    return _explain(faulty, pages, every, (tree, base))


def _wants_one(facts: PageFacts, missing: "np.ndarray[tuple[int], np.dtype[np.uint64]]") -> bool:
    return bool(np.isin(np.frombuffer(facts.wants, dtype=np.uint64), missing).any())


def _explain(
    faulty: set[str], pages: Mapping[str, PageFacts], files: list[str], where: tuple[Path, str]
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
    for path in sorted(path for path in reached if path in pages and path not in links):
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
