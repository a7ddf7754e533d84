"""Serving a built site on this machine, under the same path as on its host, and watching for changes."""

import threading
from collections.abc import Callable, Iterable
from errno import EADDRNOTAVAIL
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import gaierror
from typing import Any
from urllib.parse import urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.errors import UsageError

#: Seconds without a further change after which the site is built again.
SETTLE = 0.3


class SiteHandler(SimpleHTTPRequestHandler):
    """Files of one folder below a base path, `404.html` for what is not there, no listings."""

    folder: Path
    base = "/"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, directory=str(self.folder), **options)

    def do_GET(self) -> None:
        """Answer a request; the bare address leads to the base path."""
        if self._leads_to_base():
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self.base)
            self.end_headers()
            return
        super().do_GET()

    def translate_path(self, path: str) -> str:
        """The file of an address: the base path is not part of it."""
        if not path.startswith(self.base):
            return str(self.folder / "404-outside-of-base")
        return super().translate_path("/" + path[len(self.base) :])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page for what is not there."""
        page = self.folder / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: Any) -> None:
        """Show no listings."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Let the browser ask again each time: the site may have been rebuilt."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *values: Any) -> None:
        """Stay quiet."""

    def _leads_to_base(self) -> bool:
        return self.base != "/" and urlsplit(self.path).path in {"/", self.base.rstrip("/")}


def site_server(site: Path, *, host: str, port: int, base: str = "/") -> ThreadingHTTPServer:
    """A server of the folder, not yet running; port 0 takes any free one."""
    handler = type("Handler", (SiteHandler,), {"folder": site, "base": base})
    try:
        return ThreadingHTTPServer((host, port), handler)
    except (OSError, UnicodeError) as error:
        raise UsageError(_refusal(error, host, port)) from error


def _refusal(error: OSError | UnicodeError, host: str, port: int) -> str:
    """Which of the two the machine does not take, and why."""
    reason = getattr(error, "strerror", None) or "no name of a host"
    if isinstance(error, UnicodeError | gaierror) or error.errno == EADDRNOTAVAIL:
        return f"--host: expected an address of this machine, got {host} ({reason})"
    return f"--port: expected a free one, got {port} ({reason}); choose another, or 0 for any"


class _Changes(FileSystemEventHandler):
    """Notes that something below a watched folder changed."""

    def __init__(self, changed: threading.Event) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in {"created", "modified", "deleted", "moved"}:
            self._changed.set()


def on_change(folders: Iterable[Path], action: Callable[[], None], stop: threading.Event) -> None:
    """Call `action` after each burst of changes below `folders`, until `stop` is set."""
    changed = threading.Event()
    observer = Observer()
    for folder in folders:
        if folder.exists():
            observer.schedule(_Changes(changed), str(folder), recursive=folder.is_dir())
    observer.start()
    try:
        while not stop.is_set():
            if not changed.wait(timeout=SETTLE):
                continue
            while changed.is_set() and not stop.is_set():
                changed.clear()
                stop.wait(SETTLE)
            action()
    finally:
        observer.stop()
        observer.join()
