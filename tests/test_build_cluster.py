"""A Dask cluster makes what one process makes, also when a worker is lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from generator.errors import UsageError
from generator.pipeline import workers
from tests.building import ROOT, contents, make_place


@contextmanager
def started(*arguments: str, log: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """A process of the cluster, ended with the test."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=file,
            stderr=file,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(path: Path) -> None:
    """Wait until the scheduler has written its address."""
    until = time.monotonic() + 120
    while not (path.exists() and path.read_text(encoding="utf-8").strip().endswith("}")):
        assert time.monotonic() < until, "the scheduler does not start"
        time.sleep(0.1)


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(tmp_path: Path) -> None:
    import distributed

    connect: Any = distributed.Client
    alone = make_place(tmp_path / "alone", 8)
    alone.build()
    address = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        scheduler = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
        more = ["--no-dashboard", "--scheduler-file", str(address)]
        stack.enter_context(started(*scheduler, *more, log=tmp_path / "scheduler.log"))
        wait_for(address)
        worker = ["distributed.cli.dask_worker", "--scheduler-file", str(address), "--no-nanny"]
        worker += ["--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
        workers = [
            stack.enter_context(
                started(
                    *worker,
                    "--local-directory",
                    str(tmp_path / f"w{n}"),
                    log=tmp_path / f"w{n}.log",
                )
            )
            for n in (1, 2)
        ]
        with connect(scheduler_file=str(address), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
            where = client.scheduler.address
        together = make_place(tmp_path / "together", 8, jobs=2)
        first_pages = threading.Thread(
            target=kill_when, args=(workers[0], together.folder / "docs" / "articles")
        )
        first_pages.start()
        together.build(cluster=where)
        first_pages.join()
        assert workers[0].poll() is not None
    assert contents(together.site) == contents(alone.site)


def kill_when(process: "subprocess.Popen[bytes]", sign: Path) -> None:
    """Kill a worker as soon as the first pages are written."""
    while not sign.exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)


def test_a_cluster_that_does_not_answer_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "ANSWER", 1)
    place = make_place(tmp_path / "place", 2)
    with pytest.raises(UsageError, match="expected an answer of a scheduler"):
        place.build(cluster="tcp://127.0.0.1:9")
