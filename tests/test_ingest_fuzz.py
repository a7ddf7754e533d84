"""Whatever the bytes of a capture, it is cleaned or refused with an error that says why."""

import gzip
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from generator.errors import VariorumError
from generator.ingest.clean import Context
from generator.ingest.extractor import extract
from generator.ingest.read import CleanedCapture, clean_capture, clean_text

TEXT = (
    "The harbour bridge reopened on Monday, after three years of repairs, the city said. Мост "
    "снова открыт. 港口大桥重新开放。 أعيد فتح الجسر. สะพานเปิดอีกครั้ง"
)
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge open | Herald</title>
<meta property="og:title" content="Bridge open"><meta property="article:published_time" content="2024-03-05T10:00:00Z">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Bridge open", "author": {{"name": "Ada Example"}},
"datePublished": "2024-03-05"}}</script></head><body><nav><a href="/">Home</a></nav><article><h1>Bridge open</h1>
<p>{TEXT}</p><ul><li>One<li>Two</ul><table><tr><td>{TEXT}</td></tr></table><blockquote>“{TEXT}”</blockquote></article>
<footer>© Herald</footer></body></html>"""
CHARSETS = (
    "utf-8",
    "utf-16",
    "utf-8-sig",
    "windows-1251",
    "shift_jis",
    "gb18030",
    "koi8-r",
    "latin-1",
)
ELEMENTS = (
    "div",
    "p",
    "table",
    "td",
    "ul",
    "li",
    "span",
    "b",
    "br",
    "h1",
    "template",
    "svg",
    "x-y",
    "title",
)

fuzz = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
changes = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12)


def outcome(data: bytes) -> CleanedCapture | VariorumError:
    """What comes of a capture; every other exception fails the test."""
    try:
        return clean_capture(data, Context(url="https://herald.example/2024/03/05/bridge-open"))
    except VariorumError as error:
        return error if str(error) else pytest.fail("an error without words")


def changed(data: bytes, places: list[tuple[float, int]]) -> bytes:
    result = bytearray(data)
    for place, value in places:
        result[int(place * (len(result) - 1))] = value
    return bytes(result)


def make_pdf() -> bytes:
    """A page of a few lines in a font that every reader has."""
    rows = " ".join(
        f"BT /F1 12 Tf 40 {740 - 16 * row} Td (The harbour bridge reopened on Monday {row}.) Tj ET"
        for row in range(12)
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(rows)}>>\nstream\n{rows}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = "".join(f"{n} 0 obj{text}endobj\n" for n, text in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF\n".encode()


PDF = make_pdf()


def test_the_pdf_is_one_before_it_is_damaged() -> None:
    found = outcome(PDF)
    assert isinstance(found, CleanedCapture)
    assert any("harbour bridge" in block.text for block in found.blocks)


@given(changes, st.floats(0, 1))
@fuzz
def test_damaged_pdfs(places: list[tuple[float, int]], end: float) -> None:
    outcome(changed(PDF, places)[: max(1, int((0.5 + end / 2) * len(PDF)))])


@given(changes, st.floats(0, 1))
@fuzz
def test_damaged_pages(places: list[tuple[float, int]], end: float) -> None:
    outcome(changed(PAGE.encode(), places)[: max(1, int(end * len(PAGE)))])


@given(st.sampled_from(CHARSETS), st.sampled_from(CHARSETS))
@fuzz
def test_pages_in_another_charset_than_they_say(real: str, stated: str) -> None:
    outcome(PAGE.replace('"utf-8"', f'"{stated}"').encode(real, "replace"))


@given(
    st.lists(st.tuples(st.sampled_from(ELEMENTS), st.booleans()), max_size=10), st.integers(1, 100)
)
@fuzz
def test_pages_of_nested_and_unclosed_elements(
    elements: list[tuple[str, bool]], depth: int
) -> None:
    inner = "".join(f"<{name}>{TEXT}" + f"</{name}>" * closed for name, closed in elements)
    outcome(f"<html><body>{'<div><span>' * depth}{inner}</body>".encode())


@given(st.text(max_size=400), st.booleans())
@fuzz
def test_any_text(text: str, packed: bool) -> None:
    data = text.encode("utf-8", "surrogatepass")
    outcome(gzip.compress(data, mtime=0) if packed else data)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.7\n", b"\x1f\x8b", b"<html>", b"MIME-Version: 1.0\n"]),
)
@fuzz
def test_any_bytes(data: bytes, start: bytes) -> None:
    outcome(start + data)


def test_a_page_nested_too_deeply_for_the_extractor_is_read() -> None:
    text = "The bridge over the river was opened on Monday, and many people came to see it. "
    paragraphs = f"<p>{text * 3}</p>" * 3
    page = f"<html><body>{'<ul><li>' * 5_000}{paragraphs}</body></html>"
    tree = html.document_fromstring(page, parser=html.HTMLParser(huge_tree=True))
    assert extract(tree) == "" or "bridge" in extract(tree)


def test_a_long_line_of_brackets_is_measured_at_once() -> None:
    assert clean_text("[(" * 200_000 + "\n\nA line of text.", Context()) is not None


@given(
    st.text(alphabet='aЖ港ก \n.,:|[](<>@/*_#-1“"', min_size=1, max_size=4),
    st.sampled_from(["", "<html><body><p>", "<html><body><article>A line of text. "]),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_piece_that_comes_again_and_again_is_read_in_time(piece: str, start: str) -> None:
    begun = time.process_time()
    outcome((start + piece * (60_000 // len(piece))).encode())
    assert time.process_time() - begun < 15
