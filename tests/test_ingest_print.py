"""What Chromium makes of an article: pages printed in three layouts, and pages saved as archives."""

import html
import io
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from generator.ingest.clean import Context
from generator.ingest.decode import CaptureError
from generator.ingest.read import clean_capture
from generator.model import CaptureKind
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.ngrams import score_texts

LAYOUTS = {
    "one column": "body { margin: 2cm; font: 12pt serif }",
    "two columns": "body { margin: 1.5cm; font: 11pt serif } main { column-count: 2; column-gap: 1cm }",
    "running headers and footers": "body { font: 12pt serif }",
}
LANGUAGES = ("ar", "zh", "th", "es")
UNSPACED = ("zh", "ja", "th")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def article(shared_data: Path, language: str) -> dict[str, Any]:
    found = read_lines(shared_data / "data/clean-html/newspaper", "gold")
    return next(
        item for item in found if item["language"].startswith(language) and len(item["text"]) > 400
    )


def as_page(item: dict[str, Any], style: str) -> str:
    rows = "".join(
        f"<p>{html.escape(text)}</p>" for text in item["text"].split("\n") if text.strip()
    )
    side = "rtl" if item["language"] == "ar" else "ltr"
    return (
        f'<!doctype html><html lang="{item["language"]}" dir="{side}"><meta charset="utf-8"><style>{style}</style>'
        f"<title>A printed page</title><h1>{html.escape(item['title'] or 'A title of the article')}</h1><main>{rows}</main></html>"
    )


def printed(browser: str, folder: Path, page: str, *, headers: bool) -> bytes:
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    plain = () if headers else ("--no-pdf-header-footer",)
    command = [
        browser,
        *FLAGS,
        f"--user-data-dir={folder / 'profile'}",
        *plain,
        f"--print-to-pdf={target}",
        source.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    return target.read_bytes()


def body_score(data: bytes, item: dict[str, Any]) -> float:
    result = clean_capture(data, Context())
    text = "\n\n".join(block.text for block in result.blocks)
    return score_texts([(text, item["text"])], characters=item["language"][:2] in UNSPACED).f1


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_printed_article_is_read_back(
    layout: str, language: str, shared_data: Path, chromium: tuple[str, str], tmp_path: Path
) -> None:
    item = article(shared_data, language)
    data = printed(
        chromium[0], tmp_path, as_page(item, LAYOUTS[layout]), headers=layout.startswith("running")
    )
    assert body_score(data, item) >= 0.95


@pytest.mark.slow
def test_saved_pages_are_read_like_the_pages(
    shared_data: Path, chromium: tuple[str, str], tmp_path: Path
) -> None:
    options = webdriver.ChromeOptions()
    options.binary_location = chromium[0]
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(chromium[1]))
    try:
        for language in LANGUAGES:
            item = article(shared_data, language)
            source = tmp_path / f"{language}.html"
            source.write_text(as_page(item, ""), encoding="utf-8")
            driver.get(source.as_uri())
            saved = driver.execute_cdp_cmd("Page.captureSnapshot", {"format": "mhtml"})[
                "data"
            ].encode()
            assert clean_capture(saved, Context()).kind is CaptureKind.WEB
            assert body_score(saved, item) >= 0.95
    finally:
        driver.quit()


def test_a_pdf_without_text_says_what_to_do() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 300)
    target = io.BytesIO()
    document.save(target)
    document.close()
    with pytest.raises(CaptureError, match="no text, run OCR first"):
        clean_capture(target.getvalue(), Context())


def test_an_encrypted_pdf_says_so() -> None:
    # The smallest file with a security handler: an owner's and a user's password that nobody knows.
    secret = "00" * 32
    data = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        f"3 0 obj<</Filter/Standard/V 1/R 2/O<{secret}>/U<{secret}>/P -4>>endobj\n"
        f"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<{secret}><{secret}>]>>\n%%EOF\n"
    )
    with pytest.raises(CaptureError, match="encrypted"):
        clean_capture(data.encode(), Context())
