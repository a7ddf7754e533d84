"""What Python-Markdown makes of the generator's pages, made by a compiled CommonMark parser.

What the generator writes is a small part of Markdown: blocks between empty lines, each either HTML or
text with links and inline HTML. Both parsers read that alike: plain `mkdocs build` gives the same pages, and a
test compares them. Pages that people wrote are left to Python-Markdown, with all that it knows.
"""

import html
import re
from itertools import groupby

import comrak
from markdown.extensions.toc import slugify, unique

#: How a block of HTML begins: with one of the block elements that the generator writes.
HTML_BLOCK = re.compile(
    r"<(?:article|aside|blockquote|details|div|dl|figure|footer|form|h[1-6]|header|hr|main|nav|noscript"
    r"|ol|p|pre|script|section|style|table|ul)\b"
)
HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")

#: Stands for `&` while the parser works, which would else resolve references that Python-Markdown keeps.
#: No page holds it: control characters are problems of the corpus.
KEPT = "\x01"


def render(markdown: str) -> str:
    """The HTML that Python-Markdown makes of what the generator writes."""
    blocks = (block.strip("\n") for block in markdown.split("\n\n"))
    parts: list[str] = []
    used: set[str] = set()
    for is_html, run in groupby(filter(None, blocks), key=_is_html):
        if is_html:
            parts.extend(f"{block}\n\n" for block in run)
        else:
            parts.append(_with_ids(_render_text("\n\n".join(run)), used) + "\n")
    return "".join(parts).strip()


def _is_html(block: str) -> bool:
    return HTML_BLOCK.match(block) is not None


def _render_text(text: str) -> str:
    options = comrak.RenderOptions()
    options.unsafe_ = True
    rendered: str = comrak.render_markdown(text.replace("&", KEPT), render_options=options)
    return rendered.strip("\n").replace("&quot;", '"').replace(KEPT, "&")


def _with_ids(rendered: str, used: set[str]) -> str:
    """Give every heading the id that Python-Markdown's table of contents gives it."""

    def named(heading: "re.Match[str]") -> str:
        text = html.unescape(TAG.sub("", heading[2]))
        return (
            f'<h{heading[1]} id="{unique(slugify(text, "-"), used)}">{heading[2]}</h{heading[1]}>'
        )

    return HEADING.sub(named, rendered)
