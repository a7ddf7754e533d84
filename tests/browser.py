"""A real browser on a folder served on loopback: what it shows, logs and asks for."""

import functools
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

T = TypeVar("T")

PACKED = (".html", ".js", ".css", ".json", ".svg", ".txt", ".xml")
"""What static hosts send compressed; everything else goes as it lies on disk."""

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
)


@dataclass
class Served:
    """A folder on loopback. `requests` are the paths asked for, with status and bytes sent."""

    url: str
    requests: list[tuple[str, int, int]] = field(default_factory=list)

    def missing(self) -> list[str]:
        """Paths that were asked for and are not there."""
        return [path for path, status, _ in self.requests if status >= 400]

    def bytes_sent(self) -> int:
        return sum(size for _, _, size in self.requests)


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix and packs text, as static hosts do."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - the base class's own name and type
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".json": "application/json",
    }

    def __init__(self, *args: Any, served: Served, prefix: str, **options: Any) -> None:
        self.served = served
        self.prefix = prefix
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        path = self.path.split("?", 1)[0].split("#", 1)[0]
        if not path.startswith(self.prefix):
            self._send(404, b"", "text/plain")
            return
        target = Path(self.translate_path("/" + path[len(self.prefix) :]))
        if target.is_dir():
            target = target / "index.html"
        if not target.is_file():
            self._send(404, b"not found", "text/plain")
            return
        self._send(200, target.read_bytes(), self.guess_type(str(target)), pack=target.suffix)

    def _send(self, status: int, body: bytes, kind: str, pack: str = "") -> None:
        self.send_response(status)
        if pack in PACKED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.served.requests.append((self.path, status, len(body)))
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing; `Served.requests` has it all."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection early is no error."""


@contextmanager
def serve(folder: Path, *, prefix: str = "/repo/") -> Iterator[Served]:
    """Serve `folder` under `http://127.0.0.1:<free port><prefix>`."""
    served = Served(url="")
    handler = functools.partial(_Handler, served=served, prefix=prefix, directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    served.url = f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Browser:
    """A headless Chromium; `driver` is selenium's."""

    driver: webdriver.Chrome

    def open(self, url: str) -> None:
        self.driver.get(url)

    def run(self, script: str, *args: object) -> Any:
        """Run JavaScript in the page; `return` gives a plain value."""
        return self.driver.execute_script(script, *args)

    def call(self, script: str, *args: object, seconds: float = 60) -> Any:
        """Run the body of an asynchronous function in the page and give what it returns."""
        self.driver.set_script_timeout(seconds)
        wrapped = (
            "const done = arguments[arguments.length - 1];"
            "const given = Array.from(arguments).slice(0, -1);"
            f"(async function () {{ {script} }}).apply(null, given)"
            ".then((value) => done([value, null]), (error) => done([null, String(error.stack || error)]));"
        )
        value, error = self.driver.execute_async_script(wrapped, *args)
        if error is not None:
            raise AssertionError(error)
        return value

    def wait(self, condition: Callable[[], T], *, seconds: float = 15) -> T:
        """Wait until `condition` gives something true, and give that."""
        end = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds} s in vain; console: {self.console()}")
            time.sleep(0.02)

    def wait_for(self, selector: str, *, seconds: float = 15) -> None:
        """Wait until an element is there."""
        self.wait(
            lambda: self.run("return document.querySelector(arguments[0]) !== null", selector),
            seconds=seconds,
        )

    def text(self, selector: str) -> str:
        """The visible text of the first element, empty if there is none."""
        return str(
            self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)
        )

    def console(self) -> list[str]:
        """The errors and warnings logged since the last call."""
        driver: Any = self.driver  # its `get_log` is not annotated
        entries: list[dict[str, Any]] = driver.get_log("browser")
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def size(self, width: int, height: int = 900) -> None:
        """Give the page this many CSS pixels, below what a window can be, too."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )

    def throttle(self, *, megabits: float, latency: float) -> None:
        """Slow the network down: `latency` in milliseconds for each request."""
        self.driver.execute_cdp_cmd("Network.enable", {})
        speed = megabits * 1_000_000 / 8
        self.driver.execute_cdp_cmd(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": latency,
                "downloadThroughput": speed,
                "uploadThroughput": speed,
            },
        )


@contextmanager
def open_browser(chromium: tuple[str, str], *flags: str) -> Iterator[Browser]:
    """A headless Chromium with an empty profile; `chromium` is the fixture of that name."""
    binary, driver_path = chromium
    options = Options()
    options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, *flags, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(driver_path))
        try:
            yield Browser(driver)
        finally:
            driver.quit()
