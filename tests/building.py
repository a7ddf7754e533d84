"""What the tests of whole builds share: a small archive in a folder, and what a build made of it."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from generator.pipeline.build import BuildOptions, BuildReport, build
from generator.pipeline.config import read_settings
from generator.pipeline.progress import Progress
from tests.benchmarks.synthetic import write_corpus

ROOT = Path(__file__).resolve().parent.parent

CONFIG = f"""\
site_name: Test
site_url: https://archive.example/
theme: {{name: material, custom_dir: "{ROOT}/generator/theme", font: false}}
plugins: []
nav: [index.md]
not_in_nav: "*"
validation: {{nav: {{not_found: ignore, omitted_files: ignore}}}}
extra:
  archive:
    {{default_language: en, languages: [en], encoder: none, jobs: JOBS, data_export: true, article_files: true}}
"""


@dataclass
class Place:
    """A folder with a configuration and a corpus, to be built there."""

    folder: Path
    jobs: int = 1

    @property
    def config(self) -> Path:
        return self.folder / "mkdocs.yml"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def articles(self) -> list[Path]:
        return sorted((self.folder / "corpus" / "articles").rglob("*.md"))

    def build(
        self, *, full: bool = False, cluster: str = "", docs_only: bool = False
    ) -> BuildReport:
        options = BuildOptions(
            config_file=self.config, full=full, cluster=cluster, docs_only=docs_only
        )
        return build(read_settings(self.config), options, Progress(quiet=True))

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Build in a process of its own."""
        command = [sys.executable, "-m", "generator", "build", "--config", str(self.config)]
        return subprocess.Popen(
            [*command, *arguments],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def made(self) -> dict[str, bytes]:
        """Every file of the site, and of the generated pages."""
        return contents(self.site, self.folder / "docs")


def contents(*folders: Path) -> dict[str, bytes]:
    return {
        f"{folder.name}/{path.relative_to(folder)}": path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def make_place(folder: Path, count: int = 10, *, jobs: int = 1, seed: int = 1) -> Place:
    """An archive of invented articles, not yet built."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(CONFIG.replace("JOBS", str(jobs)), encoding="utf-8")
    write_corpus(folder / "corpus", count, seed)
    return Place(folder, jobs)


def clean_build_of(place: Place, folder: Path) -> dict[str, bytes]:
    """What a build from nothing makes of the same corpus."""
    folder.mkdir()
    (folder / "mkdocs.yml").write_bytes(place.config.read_bytes())
    (folder / "corpus").symlink_to(place.folder / "corpus")
    other = Place(folder)
    other.build()
    return other.made()
