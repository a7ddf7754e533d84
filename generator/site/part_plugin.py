"""A MkDocs plugin that brings a list of pages into a build, from one folder and into another."""

from typing import Any

from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

from generator.site.mkdocs_build import Part


class OnlyThesePages(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Makes a part of the pages all that a build is about."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part

    def on_config(self, config: Any) -> Any:
        """Leave out what another build makes: the templates without a page; extensions that no page uses.

        MkDocs sets up Python-Markdown anew for every page, and the generator's pages need it not.
        """
        config.theme.static_templates = set()
        if self._part.generated:
            config.markdown_extensions = []
            config.mdx_configs = {}
        return config

    def on_files(self, files: Files, *, config: Any) -> Files:
        """The pages of the part, in place of the theme's own files."""
        del files
        part, plain = self._part, config.use_directory_urls
        return Files(
            [File(page, str(part.docs), str(part.tree), plain) for page in sorted(part.pages)]
        )
