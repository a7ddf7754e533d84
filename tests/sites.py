"""Whole archives, built as the command builds them, once for all tests that read them."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.pipeline.build import BuildOptions, BuildReport, build
from generator.pipeline.config import read_settings
from generator.pipeline.progress import Progress
from generator.record import replace

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Built:
    """An archive on disk: `folder` holds `mkdocs.yml`, `corpus/`, `docs/`, `site/`."""

    folder: Path
    report: BuildReport

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def docs(self) -> Path:
        return self.folder / "docs"

    def page(self, path: str) -> str:
        """The HTML at an address below the site's root, such as `articles/x/`."""
        return (self.site / path / "index.html").read_text(encoding="utf-8")


def make_project(folder: Path, corpus: Path | None = None, **settings: Any) -> Path:
    """A folder with the project's configuration, by-hand documents and theme, and a corpus; gives its `mkdocs.yml`."""
    folder.mkdir(parents=True, exist_ok=True)
    values = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    values["theme"]["custom_dir"] = str(ROOT / "generator" / "theme")
    values["extra"]["archive"] |= {"jobs": 1, **settings.pop("archive", {})}
    values |= settings
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (folder / "docs").mkdir(exist_ok=True)
    for page in sorted((ROOT / "docs").glob("*.md")):
        if page.name != "index.md":
            shutil.copy(page, folder / "docs" / page.name)
    if corpus is not None:
        shutil.copytree(corpus, folder / "corpus")
    return config


def build_project(config: Path, **changes: Any) -> Built:
    """Build what stands beside a `mkdocs.yml`; `changes` go to the settings or, if of these names, the options."""
    names = {"full", "docs_only"}
    options = BuildOptions(
        config_file=config, **{name: value for name, value in changes.items() if name in names}
    )
    settings = replace(
        read_settings(config),
        **{name: value for name, value in changes.items() if name not in names},
    )
    return Built(folder=config.parent, report=build(settings, options, Progress(quiet=True)))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def texts(built: Built) -> Iterator[tuple[str, str]]:
    """Every file of a site as text, unpacked where it is packed."""
    for path, data in contents(built.site).items():
        yield path, data.decode("utf-8", errors="replace")


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The paths that are not the same in both."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
