"""Writing an article with its capture: both appear together or not at all, and nothing is overwritten unasked."""

import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from generator.corpus.articles import read_article
from generator.corpus.provenance import write_provenance
from generator.corpus.report import Report
from generator.corpus.writer import write_article
from generator.errors import ProblemsFound, VariorumError
from generator.ingest.decode import MHTML
from generator.model import Article, Capture, CaptureKind, Provenance, Source
from generator.pipeline.add_article import Draft
from generator.pipeline.add_source import NAME as SOURCES
from generator.pipeline.add_source import with_source
from generator.record import record, replace
from generator.settings import Settings

#: Endings of captures by their kind; the name an input had is never used.
ENDINGS: Mapping[CaptureKind, str] = MappingProxyType(
    {CaptureKind.WEB: "html", CaptureKind.PRINT: "pdf", CaptureKind.TEXT: "txt"}
)


class FilingError(VariorumError):
    """An article could not be written; nothing of it is there."""


@record
class Filed:
    """The bytes to keep of a capture, with the name of their file (empty: the capture is too large to keep)."""

    name: str
    data: bytes
    source: Source | None

    @staticmethod
    def digest(data: bytes) -> str:
        """SHA-256 in hex."""
        return hashlib.sha256(data).hexdigest()

    def write(
        self, root: Path, article: Article, provenance: Provenance, *, allowed: bool, dry_run: bool
    ) -> str:
        """Prove that the file is read back without a fault, then write all; the file's text comes back."""
        content = write_article(article)
        report = Report(article.path)
        read_article(content.encode("utf-8"), article.path, report)
        if report.failed:
            raise ProblemsFound(report.problems)
        papers = {self.name: self.data, "provenance.json": write_provenance(provenance)}
        try:
            sources = with_source(root, self.source) if self.source else None
            if not dry_run:
                with _beside(root / SOURCES, sources):
                    _write(root, article, content, papers if self.name else {}, allowed=allowed)
        except OSError as error:
            place = error.filename or root
            raise FilingError(
                f"{place}: could not be written ({error.strerror or error})"
            ) from error
        return content


def file_article(
    draft: Draft, article: Article, settings: Settings
) -> tuple[Filed, Article, tuple[str, ...]]:
    """What to write for a draft, the article with its capture named, and warnings."""
    ending = ENDINGS[draft.capture.kind]
    if draft.capture.kind is CaptureKind.WEB and MHTML.match(draft.data):
        ending = "mhtml"
    data, name = draft.data, f"capture.{ending}"
    if data.startswith(b"\x1f\x8b"):
        name += ".gz"
    elif len(data) > settings.max_file_size:
        data, name = gzip.compress(data, 9, mtime=0), f"{name}.gz"
    if len(data) > settings.max_file_size:
        warning = f"the capture has {len(data):,} bytes, more than max_file_size: only the article is filed"
        return Filed(name="", data=b"", source=draft.source), article, (warning,)
    capture = Capture(
        path=f"captures/{article.id}/{name}", sha256=Filed.digest(data), kind=draft.capture.kind
    )
    return Filed(name=name, data=data, source=draft.source), replace(article, capture=capture), ()


@contextmanager
def _beside(path: Path, data: bytes | None) -> Iterator[None]:
    """Write a file beside its place, and move it there once all else is done; None: there is nothing to write."""
    if data is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.new")
    try:
        scratch.write_bytes(data)
        yield
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _write(
    root: Path, article: Article, content: str, papers: Mapping[str, bytes], *, allowed: bool
) -> None:
    """Write everything beside its place first, then move it there; take it back if the last move fails."""
    target, folder = root / article.path, root / "captures" / article.id
    if not allowed and (target.exists() or folder.exists()):
        raise FilingError(f"{target}: expected a new article, got one that is there; use --replace")
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=root) as scratch:
        new, old = Path(scratch) / "capture", Path(scratch) / "old"
        written = Path(scratch) / "article.md"
        written.write_text(content, encoding="utf-8", newline="\n")
        new.mkdir()
        for name, data in papers.items():
            (new / name).write_bytes(data)
        if folder.exists():
            folder.rename(old)
        try:
            if papers:
                new.rename(folder)
            written.replace(target)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            if old.exists():
                old.rename(folder)
            raise FilingError(f"{target}: could not be written ({error})") from error
