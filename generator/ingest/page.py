"""A web page to blocks and facts: parsed safely, with the extractor's verdicts on its blocks."""

import html
from collections.abc import Sequence
from functools import lru_cache

import lxml.html
import regex
from lxml import etree
from lxml.html import HtmlElement

from generator.ingest.blocks import RawBlock
from generator.ingest.decode import CaptureError
from generator.ingest.extractor import hint_blocks
from generator.ingest.page_blocks import read_page
from generator.ingest.page_data import PageData, read_page_data
from generator.ingest.page_facts import PageFacts, read_facts
from generator.ingest.page_flat import flattened
from generator.ingest.page_titles import StatedTitle, read_title
from generator.model import Origin
from generator.record import record
from generator.text import normal, words

#: Characters of a page beyond which only the blocks are read, without the slower second opinions.
HUGE = 3_000_000
#: Elements that the page of an article may have.
MOST_ELEMENTS = 100_000
#: A page whose own text is this much shorter than the body it states is a shell around a script.
SHELL = 0.5
#: XML declarations in a text make lxml refuse it.
DECLARATION = regex.compile(r"^\s*<\?xml[^>]*\?>")
CONTROLS = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
TAG = regex.compile(r"<[^<>]{1,200}>")


@record
class Page:
    """What was read of a page. `captures` are other texts of its own that begin with the title."""

    blocks: tuple[RawBlock, ...]
    title: StatedTitle | None
    facts: PageFacts
    captures: tuple[str, ...] = ()


def parse_page(text: str) -> HtmlElement:
    """The tree of a page, whatever state it is in; an error only where there is no element at all.

    A page that is nested deeper than the parser follows is read without its nesting.
    """
    text = CONTROLS.sub(" ", DECLARATION.sub("", text, count=1))
    tree, whole = _parse(text)
    if not whole:
        tree, _ = _parse(flattened(text))
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise CaptureError(
            f"expected the page of an article, got one of more than {MOST_ELEMENTS:,} elements; save the article alone"
        )
    return tree


def _parse(text: str) -> tuple[HtmlElement, bool]:
    """A tree, and whether all of the text is in it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise CaptureError(
            f"expected a web page, got one that cannot be parsed ({error})"
        ) from error
    if not isinstance(tree, HtmlElement):
        raise CaptureError("expected a web page, got one without elements")
    limits = (entry for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT")
    return tree, not any(limits)


@lru_cache(maxsize=2)  # what is added is often cleaned again with what others say of it
def read_web_page(text: str, url: str) -> Page:
    """Blocks, title and facts of a page."""
    tree = parse_page(text)
    data = read_page_data(tree)
    blocks = read_page(tree)
    if len(text) <= HUGE:
        blocks = hint_blocks(blocks, tree)
    blocks = _stated_body(data, blocks) or blocks
    title = read_title(tree, data, url)
    heading = normal(tree.findtext(".//title") or "")
    return Page(
        blocks=blocks,
        title=title,
        facts=read_facts(tree, data, url),
        captures=tuple(filter(None, [heading])),
    )


def _stated_body(data: PageData, blocks: Sequence[RawBlock]) -> tuple[RawBlock, ...]:
    """The text that a page states for machines, where it shows hardly any of it to readers."""
    stated = max(data.stated("articleBody"), key=len, default="")
    if len(words(stated)) < 80:
        return ()
    shown = sum(
        len(words(block.text)) for block in blocks if "kept by the extractor" in block.hints
    )
    known = " ".join(word for block in blocks for word in words(block.text))
    opening = " ".join(words(stated)[20:32])
    if opening in known or shown > SHELL * len(words(stated)):
        return ()
    plain = TAG.sub("\n", html.unescape(_with_lines(data)))
    parts = [normal(part) for part in plain.split("\n")]
    return tuple(
        RawBlock(
            text=part,
            origin=Origin(element="script[JSON-LD]/articleBody"),
            hints=frozenset({"kept by the extractor"}),
        )
        for part in parts
        if part
    )


def _with_lines(data: PageData) -> str:
    """The longest stated body with its line ends, which `stated` turns into spaces."""
    bodies = [node.get("articleBody") for node in data.articles]
    return max((body for body in bodies if isinstance(body, str)), key=len, default="")
