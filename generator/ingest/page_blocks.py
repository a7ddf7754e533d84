"""A web page to blocks: the text of each paragraph, heading, item or cell, and what the markup says of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex
from lxml import etree
from lxml.html import HtmlElement

from generator.ingest.blocks import RawBlock
from generator.ingest.page_names import Above, above
from generator.model import Origin
from generator.record import record, replace
from generator.text import UNSPACED, join_lines

#: Elements without readable text.
SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "iframe",
        "head",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "object",
        "embed",
        "canvas",
        "map",
        "audio",
        "video",
        "datalist",
        "math",
        "dialog",
    ]
)
#: Elements that do not begin a new block.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "o",
        "q",
        "ruby",
        "rb",
        "rp",
        "rt",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "center-inline",
    ]
)
HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
CELLS = frozenset({"td", "th"})
#: Elements whose members belong together.
GROUPS = frozenset({"ul", "ol", "dl", "table"})

HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.I)
PLAIN_NAME = regex.compile(r"[\w-]{1,40}")

#: Elements to the numbers of their children.
Numbers = dict[HtmlElement, dict[HtmlElement, int]]
#: Where a browser may part a word; no letter of it.
SOFT_HYPHEN = "\u00ad"
UNSPACED_EDGE = regex.compile(rf"[{UNSPACED}]")


@record
class Piece:
    """A run of text within an element: linked or not."""

    text: str
    linked: bool


class Visit(NamedTuple):
    """An element on the way through a page: whether it begins a block, and whether text in and behind it is linked."""

    element: HtmlElement
    block: bool
    linked: bool
    linked_behind: bool


class Known(NamedTuple):
    """What was found out of elements, so that it is not found out again for each block."""

    above: dict[HtmlElement, Above]
    numbers: Numbers
    places: dict[HtmlElement, int]


@record
class PageBlock:
    """A block, the element it is the text of, and what stands above that."""

    block: RawBlock
    element: HtmlElement
    container: HtmlElement
    over: Above


def read_page(root: HtmlElement) -> tuple[RawBlock, ...]:
    """The blocks of a page in the order of its source, with hints from elements, names and neighbourhood."""
    body = root.find("body")
    found = list(_blocks(root if body is None else body))
    return _with_containers(found)


def _blocks(top: HtmlElement) -> Iterator[PageBlock]:
    """The runs of text between the begins and ends of blocks, each with the element that holds it."""
    pieces: list[Piece] = []
    known = Known(above={}, numbers={}, places={})
    holder = top
    for visit, event in _walk(top):
        if event in ("open", "close"):
            if block := _finish(pieces, holder, known):
                yield block
            pieces, holder = [], _holder(visit.element, event, top)
        elif text := _text(visit.element, event):
            if not pieces and event == "tail":
                holder = _holder(visit.element, "close", top)
            linked = visit.linked if event == "text" else visit.linked_behind
            pieces.append(Piece(text=text, linked=linked))
    if block := _finish(pieces, holder, known):
        yield block


def _text(element: HtmlElement, event: str) -> str:
    """The text in an element or behind it, with single spaces."""
    found = (element.text if event == "text" else element.tail) or ""
    text = " ".join(found.split())
    if text:
        text = f"{' ' if found[0].isspace() else ''}{text}{' ' if found[-1].isspace() else ''}"
    elif found:
        text = " "
    if event == "tail" and element.tag == "br":
        text = f"\n{text}"  # a line's end parts words, if not blocks
    elif event == "text" and element.tag in CELLS:
        text = f" {text}"  # and so does a cell's begin
    return text


def _holder(element: HtmlElement, event: str, top: HtmlElement) -> HtmlElement:
    """The element that text right after this event belongs to."""
    if event == "open":
        return element
    parent = None if element is top else element.getparent()
    return top if parent is None else parent


def _walk(top: HtmlElement) -> Iterator[tuple[Visit, str]]:
    """Texts and tails in order, with `open` and `close` where an element begins or ends a block."""
    stack = [(Visit(top, _is_block(top), linked=False, linked_behind=False), False)]
    while stack:
        visit, done = stack.pop()
        element = visit.element
        if done:
            if visit.block:
                yield visit, "close"
            if element is not top:
                yield visit, "tail"
            continue
        stack.append((visit, True))
        if not _is_read(element):
            continue
        if visit.block:
            yield visit, "open"
        yield visit, "text"
        stack.extend((_visit(child, visit), False) for child in reversed(element))


def _visit(element: HtmlElement, parent: Visit) -> Visit:
    block = _is_block(element)
    linked = not block and (parent.linked or element.tag == "a")
    return Visit(element, block, linked=linked, linked_behind=parent.linked)


def _is_read(element: HtmlElement) -> bool:
    """Whether the text of an element is for readers."""
    if not isinstance(element.tag, str) or element.tag in SILENT or _is_hidden(element):
        return False
    # A notice where scripts do not run; but some pages have all their text in there.
    return element.tag != "noscript" or sum(1 for _ in element.iter("p")) >= 3


def _is_block(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return False
    if element.tag == "br":
        after = element.getnext()
        return after is not None and after.tag == "br" and not (element.tail or "").strip()
    if element.tag in CELLS:
        return any(child.tag not in INLINE for child in element if isinstance(child.tag, str))
    return element.tag not in INLINE


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and HIDDEN.search(style))


def _finish(pieces: Sequence[Piece], holder: HtmlElement, known: Known) -> PageBlock | None:
    text = join_lines("".join(piece.text for piece in pieces).replace(SOFT_HYPHEN, ""))
    if not text:
        return None
    size = sum(len(piece.text.strip()) for piece in pieces)
    linked = sum(len(piece.text.strip()) for piece in pieces if piece.linked)
    over = above(holder, known.above)
    tags = [item.tag for item in over.chain]
    hints = over.hints | {"in a paragraph element"} if tags[0] == "p" else over.hints
    group = next((item for item in over.chain if item.tag in GROUPS), None)
    container = next((item for item in over.chain[1:] if _is_container(item)), holder)
    block = RawBlock(
        text=text,
        origin=Origin(element=element_path(holder, known.numbers)),
        level=next((HEADINGS[tag] for tag in tags[:3] if tag in HEADINGS), 0),
        item="li" in tags[:3],
        table="tr" in tags[:3],
        quote="blockquote" in tags[:4],
        links=linked / max(1, size),
        group=0 if group is None else known.places.setdefault(group, len(known.places) + 1),
        container=known.places.setdefault(container, len(known.places) + 1),
        hints=hints,
    )
    return PageBlock(block=block, element=holder, container=container, over=over)


def _is_container(element: HtmlElement) -> bool:
    return element.tag not in ("p", "li") and _is_block(element)


def element_path(element: HtmlElement, numbers: Numbers) -> str:
    """Where an element stands: its path from the last id above it, such as `#main/div[2]/p[4]`.

    `numbers` remembers the numbers of elements among their siblings of one name, or a long row would be counted
    anew for each of its members.
    """
    parts: list[str] = []
    current: HtmlElement | None = element
    while current is not None and len(parts) < 12:
        name = current.get("id") or ""
        if name and PLAIN_NAME.fullmatch(name):
            return "/".join([f"#{name}", *reversed(parts)])
        number = _number(current, numbers)
        parts.append(f"{current.tag}[{number}]" if number > 1 else str(current.tag))
        current = current.getparent()
    return "/".join(reversed(parts))


def _number(element: HtmlElement, numbers: Numbers) -> int:
    """The place of an element among its parent's children of the same name, from 1."""
    parent = element.getparent()
    if parent is None:
        return 1
    if parent not in numbers:
        counts: Counter[object] = Counter()
        found = {}
        for child in parent:
            counts[child.tag] += 1
            found[child] = counts[child.tag]
        numbers[parent] = found
    return numbers[parent][element]


def _with_containers(found: Sequence[PageBlock]) -> tuple[RawBlock, ...]:
    """Add where a block stands to the container that holds most running text."""
    main = _main_container(found)
    if main is None:
        return tuple(item.block for item in found)
    over = above(main, {})
    inside = {id(element) for element in main.iter(etree.Element)}
    last = max(index for index, item in enumerate(found) if id(item.element) in inside)
    result = []
    for index, item in enumerate(found):
        hints = set(item.block.hints)
        if item.container is main:
            hints.add("directly in the main container")
        elif id(item.element) in inside:
            hints.add("in the main container")
        else:
            hints.add("outside the main container")
        if index > last:
            hints.add("behind the main container")
        if item.over.is_beside(over):
            hints.add("in comments beside the text")
        result.append(replace(item.block, hints=frozenset(hints)))
    return tuple(result)


def _main_container(found: Sequence[PageBlock]) -> HtmlElement | None:
    """The element with most running text in and right below it; none where there is no such text."""
    weights: Counter[HtmlElement] = Counter()
    for item in found:
        words = len(item.block.text.split()) + len(UNSPACED_EDGE.findall(item.block.text)) // 2
        if words >= 12 and item.block.links < 0.3:
            weights[item.container] += min(words, 80) * 2
            parent = item.container.getparent()
            if parent is not None:
                weights[parent] += min(words, 80)
    best = max(weights.values(), default=0)
    return next((element for element, weight in weights.items() if weight == best), None)
