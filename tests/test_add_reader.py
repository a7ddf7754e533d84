"""A capture that hangs, eats the memory or breaks its reader is refused, and the next one is read."""

import mmap
import os
import time
from pathlib import Path

import pytest

from generator.ingest.clean import Context
from generator.ingest.decode import CaptureError
from generator.ingest.read import CleanedCapture
from generator.model import CaptureKind
from generator.pipeline.add_reader import MEMORY, CaptureReader
from tests.pdfs import form, pdf, stream
from tests.test_add import TEXT, add, articles, corpus_at

WORDS = b"BT /F1 12 Tf 40 700 Td (The harbour bridge reopened on Monday.) Tj ET "


def troubled(data: bytes, context: Context) -> CleanedCapture:
    if data == b"hang":
        time.sleep(600)
    if data == b"break":
        os.abort()
    if data == b"full":
        raise MemoryError
    if data == b"refuse":
        raise CaptureError("expected another capture")
    if data == b"deep":
        raise RecursionError
    return CleanedCapture(kind=CaptureKind.TEXT, title=data.decode(), foreign={}, evidence={})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"hang", "in 1 seconds"),
        (b"break", "breaks its reader"),
        (b"full", "fits into the memory"),
        (b"deep", "RecursionError"),
        (b"refuse", "expected another"),
    ],
)
def test_trouble_with_one_capture_ends_with_it(data: bytes, said: str) -> None:
    with CaptureReader(troubled, seconds=1.0) as reader:
        with pytest.raises(CaptureError, match=said):
            reader.clean(data, Context())
        assert reader.clean(b"good", Context()).title == "good"


def test_a_process_that_is_large_already_reads_captures_all_the_same() -> None:
    with mmap.mmap(-1, MEMORY), CaptureReader() as reader:
        assert reader.clean(TEXT.encode(), Context()).title == "Harbour reopens after storm"


def test_a_pdf_whose_form_includes_itself_stops_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    itself = form(WORDS + b"/X Do /X Do /X Do ", {"X": 5})
    (tmp_path / "bad.pdf").write_bytes(pdf(WORDS + b"/X Do ", {"X": 5}, [itself]))
    (tmp_path / "pages.pdf").write_bytes(pdf(WORDS, {}, [], kids="2 0 R 3 0 R 2 0 R"))
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    names = [str(tmp_path / name) for name in ("bad.pdf", "pages.pdf", "good.txt")]
    assert add(root, *names, "--source", "herald", "--date", "2024-03-05") == 1
    error = capsys.readouterr().err
    assert "bad.pdf: expected a capture that" in error
    assert "pages.pdf: expected a " in error
    assert len(articles(root)) == 1


def test_a_pdf_that_unpacks_into_very_much_ends_in_time() -> None:
    bomb = stream(WORDS * 1_000_000, packed=True)
    started = time.monotonic()
    with CaptureReader(seconds=10.0) as reader, pytest.raises(CaptureError):
        reader.clean(pdf(b"", {}, [], content=bomb), Context())
    assert time.monotonic() - started < 60
