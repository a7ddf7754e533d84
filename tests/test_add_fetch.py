"""Fetching a page: politely, bounded, and never from a private address; the server is on loopback."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.pipeline import fetch as fetching
from generator.pipeline.fetch import FetchError, fetch

PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html"}, b"<html>page</html>"),
    "/packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"packed page")),
    "/moved": (302, {"Location": "/page"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/inside": (302, {"Location": "http://10.0.0.1/secret"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/broken": (302, {"Location": "http://["}, b""),
    "/private/page": (200, {}, b"not for robots"),
    "/large": (200, {}, b"x" * 2000),
    "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private/\n"),
}


class Handler(BaseHTTPRequestHandler):
    agents: list[str] = []  # noqa: RUF012 - what the server has seen, for the tests

    def do_GET(self) -> None:
        self.agents.append(self.headers.get("User-Agent", ""))
        status, headers, body = PAGES.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_page_is_fetched_with_its_final_address_and_day() -> None:
    with serving() as base:
        page = fetch(f"{base}/moved", allow_loopback=True)
    assert page.data == b"<html>page</html>"
    assert page.url == f"{base}/page"
    assert len(page.day) == 10
    assert "Variorum" in Handler.agents[-1]


def test_a_packed_page_is_unpacked() -> None:
    with serving() as base:
        assert fetch(f"{base}/packed", allow_loopback=True).data == b"packed page"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/private/page", "robots.txt does not allow it"),
        ("/round", "more than 5 redirects"),
        ("/inside", "expected a public address, got 10.0.0.1"),
        ("/file", "starts with https:// or http://"),
        ("/broken", r"expected the address of a page, got none \(Invalid"),
        ("/none", "got the answer 404"),
    ],
)
def test_what_may_not_or_cannot_be_fetched_is_an_error(path: str, said: str) -> None:
    with serving() as base, pytest.raises(FetchError, match=said):
        fetch(f"{base}{path}", allow_loopback=True)


def test_more_than_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    with serving() as base, pytest.raises(FetchError, match="at most 1,000 bytes"):
        fetch(f"{base}/large", allow_loopback=True)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "[::1]",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
    ],
)
def test_private_addresses_are_refused(host: str) -> None:
    with pytest.raises(FetchError, match="expected a public address"):
        fetch(f"http://{host}/")
