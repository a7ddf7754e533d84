"""A MkDocs plugin that renders the generator's own pages with a compiled CommonMark parser.

What the generator writes is a small part of Markdown: blocks between empty lines, each either HTML or
text with links and inline HTML. Both parsers read that alike, so the plugin changes no byte of the site:
`mkdocs build` without it gives the same pages, and a test compares them. Pages that people wrote are left to
Python-Markdown, with all that it knows.
"""

import html
import re
from itertools import groupby
from typing import Any

import comrak
import msgspec
from markdown.extensions.toc import slugify, unique
from mkdocs.plugins import BasePlugin

#: The plugin's name in the configuration.
NAME = "variorum-compiled-markdown"

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


#: The front matter that the generator writes: a text in JSON on each line.
FRONT_MATTER = re.compile(r'---\n((?:[a-z]+: ".*"\n)+)---\n')


class CompiledMarkdown(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Takes a page's Markdown away from Python-Markdown and gives the finished HTML back."""

    def __init__(self) -> None:
        super().__init__()
        self._meta: dict[str, dict[str, str]] = {}
        self._rendered: dict[str, str] = {}

    def on_page_read_source(self, *, page: Any, **_: Any) -> str | None:
        """Read the generator's front matter the quick way; other front matter is MkDocs' to read."""
        source: str = page.file.content_string
        found = FRONT_MATTER.match(source)
        meta = read_front_matter(found[1]) if found else None
        if found is None or meta is None:
            return source
        self._meta[page.file.src_uri] = meta
        return "\n" + source[found.end() :]

    def on_page_markdown(self, markdown: str, *, page: Any, **_: Any) -> str:
        """Render a page of the generator (its front matter has a `kind`); leave Python-Markdown nothing."""
        page.meta.update(self._meta.pop(page.file.src_uri, {}))
        if "kind" not in page.meta:
            return markdown
        self._rendered[page.file.src_uri] = render(markdown)
        return ""

    def on_page_content(self, content: str, *, page: Any, **_: Any) -> str:
        """Put the rendered page where Python-Markdown's would be."""
        return self._rendered.pop(page.file.src_uri, content)


def read_front_matter(lines: str) -> dict[str, str] | None:
    """The values of the generator's front matter; None if YAML could read them otherwise."""
    meta = {}
    for line in lines.splitlines():
        name, _, value = line.partition(": ")
        try:
            meta[name] = msgspec.json.decode(value, type=str)
        except msgspec.MsgspecError:
            return None
    return meta


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
