"""The browser that other tests use."""

from pathlib import Path

import pytest

from tests.browser import open_browser, serve

pytestmark = pytest.mark.slow


def test_browser_shows_a_page_below_a_prefix_and_tells_what_was_asked_for(
    tmp_path: Path, chromium: tuple[str, str]
) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>t</title><link rel=icon href=data:,><p id=a>Hello</p>"
        "<script src=gone.js></script><script>console.error('spoken')</script>",
        encoding="utf-8",
    )
    with serve(tmp_path) as served, open_browser(chromium) as browser:
        browser.open(served.url)
        browser.wait_for("#a")
        assert browser.text("#a") == "Hello"
        assert browser.call("return await Promise.resolve(given[0] + 1)", 41) == 42
        assert any("spoken" in line for line in browser.console())
        assert [Path(path).name for path in served.missing()] == ["gone.js"]
        assert served.bytes_sent() > 0
