"""A MkDocs plugin that brings a list of pages into a build, from one folder and into another."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.meta import find_referenced_templates
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.site.generated_page import GeneratedPage
from generator.site.link_check import facts_of
from generator.site.mkdocs_build import Part
from generator.site.page_table import PageFacts


class OnlyThesePages(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Makes a part of the pages all that a build is about."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part
        self.facts: dict[str, PageFacts] = {}

    def on_config(self, config: Any) -> Any:
        """Leave out what another build makes: the theme's own files, which no page of ours is made from."""
        config.theme.static_templates = set()
        if self._part.generated:
            config.theme.dirs = own_folders(config.theme.dirs)
        return config

    def on_files(self, files: Files, *, config: Any) -> Files:
        """The pages of the part, in place of the theme's own files."""
        del files
        part, plain = self._part, config.use_directory_urls
        brought = [File(page, str(part.docs), str(part.tree), plain) for page in sorted(part.pages)]
        if part.generated:
            for file in brought:
                file.inclusion = InclusionLevel.NOT_IN_NAV
                GeneratedPage(None, file, config)
        return Files(brought)

    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:
        """Read off the links of a page while it is at hand; MkDocs writes these very bytes."""
        del config
        path, data = page.file.dest_uri, output.encode("utf-8", errors="xmlcharrefreplace")
        self.facts[path] = facts_of(path, data, self._part.base, generated=self._part.generated)
        return output


def own_folders(folders: Sequence[str]) -> list[str]:
    """The first of a theme's folders if its templates need none of the others, else all.

    MkDocs lists every file of a theme in each build, and Material has more than ten thousand.
    """
    environment = Environment(autoescape=True)
    own = {path.name: path.read_text(encoding="utf-8") for path in Path(folders[0]).glob("*.html")}
    needed = (find_referenced_templates(environment.parse(text)) for text in own.values())
    if "main.html" in own and all(name in own for names in needed for name in names):
        return [folders[0]]
    return list(folders)
