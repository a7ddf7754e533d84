"""A MkDocs plugin that renders the generator's own pages with a compiled CommonMark parser.

What the generator writes is a small part of Markdown that both parsers read alike, so the plugin changes
no byte of the site: `mkdocs build` without it gives the same pages, and a test compares them. Pages that people
wrote are left to Python-Markdown, with all that it knows.
"""

import html
import re
from typing import Any

import comrak
from markdown.extensions.toc import slugify, unique
from mkdocs.plugins import BasePlugin

#: The name under which MkDocs finds the plugin.
NAME = "variorum-compiled-markdown"

HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


class CompiledMarkdown(BasePlugin[Any]):
    """Takes a page's Markdown away from Python-Markdown and gives the finished HTML back."""

    def __init__(self) -> None:
        super().__init__()
        self._rendered: dict[str, str] = {}
        self._options = comrak.RenderOptions()
        self._options.unsafe_ = True
        self._extensions = comrak.ExtensionOptions()

    def on_page_markdown(self, markdown: str, *, page: Any, **_: Any) -> str:
        """Render a page of the generator (its front matter has a `kind`); leave Python-Markdown nothing."""
        if "kind" not in page.meta:
            return markdown
        rendered = comrak.render_markdown(
            markdown, extension_options=self._extensions, render_options=self._options
        )
        self._rendered[page.file.src_uri] = with_heading_ids(rendered).strip()
        return ""

    def on_page_content(self, content: str, *, page: Any, **_: Any) -> str:
        """Put the rendered page where Python-Markdown's would be."""
        return self._rendered.pop(page.file.src_uri, content)


def with_heading_ids(rendered: str) -> str:
    """Give every heading the id that Python-Markdown's table of contents gives it."""
    used: set[str] = set()

    def named(heading: "re.Match[str]") -> str:
        text = html.unescape(TAG.sub("", heading[2]))
        name = unique(slugify(text, "-"), used)
        return f'<h{heading[1]} id="{name}">{heading[2]}</h{heading[1]}>'

    return HEADING.sub(named, rendered)
