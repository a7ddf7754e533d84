"""One ordinary MkDocs build, of the whole of `docs/` or of a part of it."""

import logging
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from generator.errors import SiteError
from generator.record import record
from generator.site.page_table import PageFacts

# Material prints two notices on every build: that it reaches its end of life in May 2027, and what
# MkDocs 2 will not do. `docs/architecture.md` says what the project does about both, so they are
# silenced here, on purpose.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")


@record
class Part:
    """Pages (paths below `docs`) to be rendered into the folder `tree`; `work` is scratch.

    `generated`: all of them were written by the generator. `base` is the path part of the site's address.
    """

    docs: Path
    tree: Path
    work: Path
    pages: tuple[str, ...]
    generated: bool = False
    base: str = "/"


class Messages(logging.Handler):
    """Keeps what MkDocs warns of while it is entered, for the error message."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def __enter__(self) -> Self:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of one message."""
        self.texts.append(record.getMessage())


def build_with_mkdocs(config_file: Path, *, docs: Path, site: Path) -> None:
    """Run MkDocs, strictly, on a folder of pages; a warning is an error with MkDocs' own words."""
    _build(config_file, docs=docs, site=site, part=None)


def build_part(config_file: Path, part: Part) -> dict[str, PageFacts]:
    """Render a part of the pages, and give their facts by path: an ordinary MkDocs build with a folder of its own and a plugin.

    The plugin brings the pages in, those of the generator with a compiled parser of their own, and
    changes no byte of what MkDocs makes of them. Links out of the part cannot be judged by MkDocs, which does
    not see the other pages; the check of the built HTML does that.
    """
    empty = part.work / "docs"
    empty.mkdir(parents=True, exist_ok=True)
    return _build(config_file, docs=empty, site=part.work / "site", part=part)


def build_frame(config_file: Path, work: Path) -> Path:
    """Build the theme's own files, without any page; gives the folder they lie in."""
    empty, out = work / "docs", work / "site"
    empty.mkdir(parents=True, exist_ok=True)
    _build(config_file, docs=empty, site=out, part=Part(docs=empty, tree=out, work=work, pages=()))
    return out


def _build(config_file: Path, *, docs: Path, site: Path, part: Part | None) -> dict[str, PageFacts]:
    from jinja2 import TemplateError
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from generator.site.part_plugin import OnlyThesePages

    with Messages() as messages:
        try:
            config = load_config(
                config_file=str(config_file), docs_dir=str(docs), site_dir=str(site), strict=True
            )
            if part is not None:
                config.validation.links.not_found = logging.DEBUG
                config.validation.nav.not_found = logging.DEBUG
            plugin = OnlyThesePages(part) if part is not None and part.pages else None
            if plugin is not None:
                config.plugins["variorum-part"] = plugin
            build(config)
            return plugin.facts if plugin is not None else {}
        except UnicodeDecodeError as error:
            told = f"expected pages in UTF-8, got another ({'; '.join(messages.texts) or error})"
            raise SiteError(f"{part.docs if part else docs}: {told}") from error
        except (MkDocsException, TemplateError, SystemExit) as error:
            detail = "\n".join(messages.texts) or f"{type(error).__name__}: {error}"
            raise SiteError(f"MkDocs could not build {docs}:\n{detail}") from error


def theme_folders(config_file: Path, docs: Path) -> tuple[Path, ...]:
    """The folders of our own that the theme's templates and files come from, the overriding one first.

    Those of MkDocs and Material hold thousands of files, which the versions of these packages tell.
    `docs` is the folder of the pages, which need not be the one that the configuration names.
    """
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    try:
        config: Any = load_config(config_file=str(config_file), docs_dir=str(docs))
    except MkDocsException as error:
        raise SiteError(f"{config_file}: {error}") from error
    specs = [find_spec(name) for name in ("mkdocs", "material")]
    packages = [place for spec in specs if spec for place in spec.submodule_search_locations or ()]
    folders = map(Path, config.theme.dirs)
    return tuple(folder for folder in folders if not any(map(folder.is_relative_to, packages)))
