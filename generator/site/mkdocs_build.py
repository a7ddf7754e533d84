"""One ordinary MkDocs build, of the whole of `docs/` or of a part of it."""

import logging
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.errors import SiteError

# Material prints two notices on every build: that it reaches its end of life in May 2027, and what
# MkDocs 2 will not do. `docs/architecture.md` says what the project does about both, so they are
# silenced here, on purpose.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")


class _Messages(logging.Handler):
    """Keeps what MkDocs warns of, for the error message."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def build_with_mkdocs(config_file: Path, *, docs: Path, site: Path, part: bool = False) -> None:
    """Run MkDocs, strictly, on a folder of pages; a warning is an error with MkDocs' own words.

    A `part` is rendered with the compiled parser, which changes nothing but the time. Links out of it cannot be judged by MkDocs, which does not see the other pages; the check of the
    built HTML does that.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from generator.site.compiled_markdown import NAME, CompiledMarkdown

    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        config = load_config(
            config_file=str(config_file), docs_dir=str(docs), site_dir=str(site), strict=True
        )
        if part:
            config.plugins[NAME] = CompiledMarkdown()
            config.validation.links.not_found = logging.DEBUG
            config.validation.nav.not_found = logging.DEBUG
        build(config)
    except (MkDocsException, SystemExit) as error:
        detail = "\n".join(messages.texts) or str(error)
        raise SiteError(f"MkDocs could not build {docs}:\n{detail}") from error
    finally:
        logger.removeHandler(messages)


def theme_folders(config_file: Path) -> tuple[Path, ...]:
    """The folders that the theme's templates and files come from, the overriding one first."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    try:
        config: Any = load_config(config_file=str(config_file))
    except MkDocsException as error:
        raise SiteError(f"{config_file}: {error}") from error
    return tuple(Path(folder) for folder in config.theme.dirs)


def build_part(config_file: Path, docs: Path, pages: Iterable[str], work: Path) -> Path:
    """Build only `pages` (paths below `docs`) inside the folder `work`; gives the folder built.

    The part is an ordinary MkDocs build of a folder that holds these pages as hard links.
    """
    part, out = work / "docs", work / "site"
    shutil.rmtree(work, ignore_errors=True)
    made: set[Path] = set()
    for page in pages:
        target = part / page
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        link_or_copy(docs / page, target)
    part.mkdir(parents=True, exist_ok=True)
    build_with_mkdocs(config_file, docs=part, site=out, part=True)
    shutil.rmtree(part)
    return out


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` the same file as `source`, or a copy where hard links cannot be had."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
