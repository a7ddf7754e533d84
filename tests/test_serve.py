"""The server of a built site: its base path, its own page for what is missing, no listings."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import UsageError
from generator.site.serve import on_change, site_server


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text("home", encoding="utf-8")
    (tmp_path / "a" / "index.html").write_text("page", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "404.html").write_text("lost", encoding="utf-8")
    server = site_server(tmp_path, host="127.0.0.1", port=0, base="/repo/")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_pages_lie_below_the_base_path(address: str) -> None:
    assert fetch(f"{address}/repo/a/") == (200, "page")
    assert fetch(f"{address}/") == (200, "home")


@pytest.mark.parametrize(
    "path", ["/repo/none", "/a/", "/repo/empty/", "/repo/../../etc/passwd", "/repo/%2e%2e/x"]
)
def test_what_is_not_there_gets_the_sites_own_page(address: str, path: str) -> None:
    assert fetch(address + path) == (404, "lost")


def test_a_taken_port_is_told_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\n", encoding="utf-8")
    with site_server(tmp_path, host="127.0.0.1", port=0) as first:
        port = str(first.server_port)
        # There is no corpus: a build would complain of that.
        assert main(["serve", "--config", str(tmp_path / "mkdocs.yml"), "--port", port]) == 2
    assert f"--port: expected a free one, got {port} (" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mkdocs.yml"]


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b", "192.0.2.1"])
def test_a_host_that_is_not_here_is_a_fault_of_the_host(host: str, tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=f"--host: expected an address of this machine, got {host}"
    ):
        site_server(tmp_path, host=host, port=0)


def test_a_burst_of_changes_is_one_call(tmp_path: Path) -> None:
    stop, called = threading.Event(), threading.Event()
    thread = threading.Thread(target=on_change, args=([tmp_path], called.set, stop))
    thread.start()
    for number in range(50):
        if called.wait(timeout=0.2):
            break
        (tmp_path / f"{number}.md").write_text("x", encoding="utf-8")
        stop.wait(0.8)
    stop.set()
    thread.join()
    assert called.is_set()
