"""A page of the generator as MkDocs builds it: read and rendered without Python-Markdown.

MkDocs lets plugins bring pages of a class of their own, as plugins for blogs do. What the generator writes is
a small part of Markdown with a line of JSON for each value of the front matter, so that the page can be read
and rendered by compiled parsers; any other page takes MkDocs' own way.
"""

import re
from typing import Any

import msgspec
from mkdocs.structure.pages import Page

from generator.site.compiled_markdown import render

#: The front matter that the generator writes: a text in JSON on each line.
FRONT_MATTER = re.compile(r'---\n((?:[a-z]+: ".*"\n)+)---\n')


class GeneratedPage(Page):
    """Changes no byte of what MkDocs would make of a page of the generator."""

    def read_source(self, config: Any) -> None:
        """Read the generator's front matter the quick way; other front matter is MkDocs' to read."""
        source = self.file.content_string
        found = FRONT_MATTER.match(source)
        meta = read_front_matter(found[1]) if found else None
        if found is None or meta is None or "kind" not in meta:
            super().read_source(config)
            return
        self.meta = meta
        self.markdown = source[found.end() :]

    def render(self, config: Any, files: Any) -> None:
        """Render what the generator wrote, which is told by the `kind` in its front matter."""
        if self.markdown is None or "kind" not in self.meta:
            super().render(config, files)
            return
        self.content = render(self.markdown)


def read_front_matter(lines: str) -> dict[str, Any] | None:
    """The values of the generator's front matter; None if YAML could read them otherwise."""
    meta = {}
    for line in lines.splitlines():
        name, _, value = line.partition(": ")
        try:
            meta[name] = msgspec.json.decode(value, type=str)
        except ValueError:
            return None
    return meta
