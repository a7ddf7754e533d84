"""The check of the built HTML: every link, source and fragment leads to something that is there."""

import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.record import record

TAG = re.compile(
    r"<!--.*?-->"  # comments
    r"|<(?P<raw>script|style)\b(?P<rawattrs>[^>]*)>.*?</(?P=raw)>"  # text that is not HTML
    r"|<(?P<tag>[a-zA-Z][^\s/>]*)(?P<attrs>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'>/=]+)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+)))?"
)
WANTED = frozenset({"id", "name", "href", "src", "action", "poster"})


@record
class PageLinks:
    """What a page offers and wants: its fragment ids, and the internal targets it names."""

    ids: frozenset[str]
    targets: tuple[str, ...]


@record
class DeadLink:
    """A target that is not there. `page` is the path in the site, `target` as the page writes it."""

    page: str
    target: str
    why: str

    def __str__(self) -> str:
        return f"{self.page}: {self.target}: {self.why}"


def scan_page(text: str) -> PageLinks:
    """Read ids and internal targets (`href`, `src`, `action` …) off a page; other sites are left out."""
    ids: set[str] = set()
    targets: dict[str, None] = {}
    for _, raw, tag, attributes in TAG.findall(text):
        for name, *values in ATTRIBUTE.findall(attributes or raw):
            if name in WANTED:
                value = "".join(values)
                value = html.unescape(value) if "&" in value else value
                if name == "id" or (name == "name" and tag == "a"):
                    ids.add(value)
                elif name != "name" and value not in targets and _is_internal(value):
                    targets[value] = None
    return PageLinks(ids=frozenset(ids), targets=tuple(targets))


#: How the generator and its templates write what `WANTED` names.
WRITTEN = ("href=", "src=", "action=", "poster=")
#: How links to other sites begin.
ELSEWHERE = ("https://", "http://", "mailto:")
BARE_END = re.compile(r"[\s>]")


def cut_written(text: str) -> tuple[str, str]:
    """A page without what stands around its content, and that: the same on all pages of one depth and language."""
    head, _, rest = text.partition("<body>")
    top, _, rest = rest.partition("<main")
    content, _, foot = rest.partition("</main>")
    return f"{head}<main{content}", top + foot


def read_written(text: str) -> PageLinks:
    """What `scan_page` reads off, of a stretch of a page that the generator wrote, ten times as fast.

    Such a page has no spaces around equal signs and no apostrophes around values. Words of an article may look like a
    link here, which `scan_page` tells apart: what turns out to be dead has to be asked of it.
    """
    targets = set()
    for name in WRITTEN:
        for rest in text.split(name)[1:]:
            value = rest[1 : rest.find('"', 1)] if rest[:1] == '"' else _bare(rest)
            if not value.startswith(ELSEWHERE) and _is_internal(value):
                targets.add(html.unescape(value) if "&" in value else value)
    ids = {
        rest[1 : rest.find('"', 1)] if rest[:1] == '"' else _bare(rest)
        for rest in text.split(" id=")[1:]
    }
    return PageLinks(ids=frozenset(ids), targets=tuple(targets))


def _bare(rest: str) -> str:
    """A value without quotation marks."""
    return BARE_END.split(rest, maxsplit=1)[0]


def _is_internal(target: str) -> bool:
    if ":" not in target and "//" not in target and "[" not in target:
        return True
    try:
        parts = urlsplit(target)
    except ValueError:
        return True
    return not parts.scheme and not parts.netloc


def dead_links(
    pages: Mapping[str, PageLinks], files: Iterable[str], *, base: str = "/"
) -> Iterator[DeadLink]:
    """Every dead link of `pages` (by path in the site), in order.

    `files` are all paths of the site; `base` is the path part of the site's address, which absolute links
    must begin with.
    """
    present = frozenset(files)
    for page in sorted(pages):
        for target in pages[page].targets:
            why = _fault(page, target, pages, present, base)
            if why:
                yield DeadLink(page=page, target=target, why=why)


def _fault(
    page: str, target: str, pages: Mapping[str, PageLinks], present: frozenset[str], base: str
) -> str:
    try:
        parts = urlsplit(target)
    except ValueError as error:
        return f"not an address ({error})"
    path = resolve(page, unquote(parts.path), base)
    if path is None:
        return "leads out of the site"
    if path not in present:
        return f"no such page or file ({path})"
    fragment = unquote(parts.fragment).split(":~:")[0]
    if fragment and path in pages and fragment not in pages[path].ids:
        return f"no such place on the page (#{fragment})"
    return ""


def resolve(page: str, path: str, base: str) -> str | None:
    """The file a link's path means, seen from `page`; None if it leaves the site."""
    if path.startswith("/"):
        if not path.startswith(base):
            return None
        joined = "/" + path[len(base) :]
    elif path:
        joined = posixpath.join("/", posixpath.dirname(page), path)
    else:
        return page
    depth = 0
    for part in joined.split("/"):
        depth += {"": 0, ".": 0, "..": -1}.get(part, 1)
        if depth < 0:
            return None
    found = posixpath.normpath(joined).lstrip("/")
    if joined.endswith(("/", "/.", "/..")) or not found:
        return posixpath.join(found, "index.html")
    return found


def scan_file(path: Path) -> PageLinks:
    """Scan one built page."""
    return scan_page(path.read_text(encoding="utf-8"))
