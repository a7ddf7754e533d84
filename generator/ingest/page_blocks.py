"""A web page to blocks: the text of each paragraph, heading, item or cell, and what the markup says of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import regex
from lxml import etree
from lxml.html import HtmlElement

from generator.ingest.blocks import RawBlock
from generator.model import Origin, record
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
#: Deepest nesting that is read; what lies deeper is read as text of its ancestor.
DEEPEST = 250

#: What names of classes and ids speak of, as parts of words.
NAMED = {
    "named like comments": r"comment|disqus|discuss|respond|kommentar|livefyre",
    "named like related articles": r"relat|recommend|more-?on|read-?more|readmore|also|trending|popular|most-?read|teaser|outbrain|taboola|promo|recirc|suggest|similar|latest|up-?next|further|ranking",
    "named like sharing": r"share|sharing|social|follow|addthis|sns|tweet",
    "named like a sign-up": r"newsletter|subscri|signup|sign-up|regist|paywall|login|donat|membership",
    "named like navigation": r"\bnav|navig|menu|breadcrumb|crumb|pagin|pager|toolbar|skip|\btabs?\b|topbar|masthead|header|footer|\bfoot\b|sidebar|side-?bar|aside|rail|widget",
    "named like advertising": r"advert|\bads?\b|\bad-|-ad\b|sponsor|banner|promot|commercial",
    "named like a caption": r"caption|credit|legend|copyright|figure|photo|image|gallery|slide|media|wp-caption|picture",
    "named like a byline": r"byline|author|dateline|\bdate\b|meta|timestamp|pubdate|writer|posted|published|biograph|\bbio\b|info",
    "named like tags": r"\btags?\b|categor|keyword|topic|label",
    "named like a notice": r"cookie|consent|gdpr|privacy|notice|modal|popup|overlay|disclaim",
    "named like hidden": r"hidden|visually|screen-?reader|sr-only|\bhide\b|print-only|noprint",
    "named like the text": r"article|content|body|story|entry|post|text|paragraph|main|detail|news",
    "named like a standfirst": r"standfirst|\blead\b|subtitle|sub-?head|\bdek\b|deck|summary|intro|excerpt|kicker|abstract|chapo|sommario|teaser",
}
PATTERNS = {hint: regex.compile(pattern, regex.I) for hint, pattern in NAMED.items()}
HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.I)
WITHIN = {
    "nav": "in navigation",
    "header": "in a header",
    "footer": "in a footer",
    "aside": "in an aside",
    "form": "in a form",
    "article": "in an article element",
    "main": "in a main element",
    "figure": "in a figure",
    "figcaption": "in a figure caption",
    "blockquote": "in a quotation",
    "table": "in a table",
    "address": "in an address",
}
SPACES = regex.compile(r"\s+")
PLAIN_NAME = regex.compile(r"[\w-]{1,40}")

#: Elements to their children's numbers.
Numbers = dict[HtmlElement, dict[HtmlElement, int]]
#: Where a browser may part a word; no letter of it.
SOFT_HYPHEN = "\u00ad"
UNSPACED_EDGE = regex.compile(rf"[{UNSPACED}]")


@record
class Piece:
    """A run of text within an element: linked or not."""

    text: str
    linked: bool


@record
class PageBlock:
    """A block and the element it is the text of."""

    block: RawBlock
    element: HtmlElement
    container: HtmlElement


def read_page(root: HtmlElement) -> tuple[RawBlock, ...]:
    """The blocks of a page in the order of its source, with hints from elements, names and neighbourhood."""
    body = root.find("body")
    found = list(_blocks(root if body is None else body))
    return _with_containers(found)


def _blocks(top: HtmlElement) -> Iterator[PageBlock]:
    """The runs of text between the begins and ends of blocks, each with the element that holds it."""
    pieces: list[Piece] = []
    numbers: Numbers = {}
    holder = top
    for element, event in _walk(top):
        if event in ("open", "close"):
            if block := _finish(pieces, holder, numbers):
                yield block
            pieces, holder = [], _holder(element, event, top)
        elif piece := _piece(element, event):
            if not pieces and event == "tail":
                holder = _holder(element, "close", top)
            pieces.append(piece)
    if block := _finish(pieces, holder, numbers):
        yield block


def _piece(element: HtmlElement, event: str) -> Piece | None:
    """The text in an element or behind it."""
    owner = element if event == "text" else element.getparent()
    text = element.text if event == "text" else element.tail
    text = SPACES.sub(" ", text or "")
    if event == "tail" and element.tag == "br":
        text = f"\n{text}"  # a line's end parts words, if not blocks
    if not text or owner is None or not isinstance(owner.tag, str):
        return None
    return Piece(text=text, linked=_linked(owner))


def _holder(element: HtmlElement, event: str, top: HtmlElement) -> HtmlElement:
    """The element that text right after this event belongs to."""
    if event == "open":
        return element
    parent = None if element is top else element.getparent()
    return top if parent is None else parent


def _walk(top: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Texts and tails in order, with `open` and `close` where an element begins or ends a block."""
    stack: list[tuple[HtmlElement, bool]] = [(top, False)]
    while stack:
        element, done = stack.pop()
        if done:
            if _is_block(element):
                yield element, "close"
            if element is not top:
                yield element, "tail"
            continue
        stack.append((element, True))
        if not isinstance(element.tag, str) or element.tag in SILENT or _is_hidden(element):
            continue
        if element.tag == "noscript" and sum(1 for _ in element.iter("p")) < 3:
            continue  # a notice; but some pages have all their text in there
        if _is_block(element):
            yield element, "open"
        yield element, "text"
        stack.extend((child, False) for child in reversed(element))


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
    return element.get("hidden") is not None or bool(HIDDEN.search(element.get("style") or ""))


def _linked(element: HtmlElement | None) -> bool:
    for _ in range(4):
        if element is None or _is_block(element):
            return False
        if element.tag == "a":
            return True
        element = element.getparent()
    return False


def _finish(pieces: Sequence[Piece], holder: HtmlElement, numbers: Numbers) -> PageBlock | None:
    text = join_lines("".join(piece.text for piece in pieces).replace(SOFT_HYPHEN, ""))
    if not text:
        return None
    size = sum(len(piece.text.strip()) for piece in pieces)
    linked = sum(len(piece.text.strip()) for piece in pieces if piece.linked)
    chain = [holder, *_ancestors(holder)]
    tags = [item.tag for item in chain]
    level = next((HEADINGS[tag] for tag in tags[:3] if tag in HEADINGS), 0)
    block = RawBlock(
        text=text,
        origin=Origin(element=element_path(holder, numbers)),
        level=level,
        item="li" in tags[:3],
        table="tr" in tags[:3],
        quote="blockquote" in tags[:4],
        links=linked / max(1, size),
        hints=frozenset(_hints(chain)),
    )
    container = next(
        (item for item in chain[1:] if _is_block(item) and item.tag not in ("p", "li")), holder
    )
    return PageBlock(block=block, element=holder, container=container)


def _ancestors(element: HtmlElement) -> Iterator[HtmlElement]:
    parent = element.getparent()
    while parent is not None and parent.tag not in ("body", "html"):
        yield parent
        parent = parent.getparent()


def _hints(chain: Sequence[HtmlElement]) -> Iterator[str]:
    for element in chain[:DEEPEST]:
        if hint := WITHIN.get(str(element.tag)):
            yield hint
    near = " ".join(f"{item.get('class') or ''} {item.get('id') or ''}" for item in chain[:4])
    far = " ".join(f"{item.get('class') or ''} {item.get('id') or ''}" for item in chain[4:12])
    yield from _named(near)
    yield from (f"{hint}, further up" for hint in _named(far))
    if chain[0].tag == "p":
        yield "in a paragraph element"


@lru_cache(maxsize=4096)  # the paragraphs of an article have the same names around them
def _named(names: str) -> tuple[str, ...]:
    """What names of classes and ids speak of."""
    return tuple(hint for hint, pattern in PATTERNS.items() if pattern.search(names))


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
    weights: Counter[HtmlElement] = Counter()
    for item in found:
        words = len(item.block.text.split()) + len(UNSPACED_EDGE.findall(item.block.text)) // 2
        if words >= 12 and item.block.links < 0.3:
            weights[item.container] += min(words, 80) * 2
            parent = item.container.getparent()
            if parent is not None:
                weights[parent] += min(words, 80)
    if not weights:
        return tuple(item.block for item in found)
    best = max(weights.values())
    main = next(element for element, weight in weights.items() if weight == best)
    inside = {id(element) for element in main.iter(etree.Element)}
    result = []
    for item in found:
        hints = set(item.block.hints)
        if item.container is main:
            hints.add("directly in the main container")
        elif id(item.element) in inside:
            hints.add("in the main container")
        else:
            hints.add("outside the main container")
        result.append(replace(item.block, hints=frozenset(hints)))
    return tuple(result)
