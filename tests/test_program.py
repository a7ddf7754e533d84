"""The program that `variorum` and `python -m generator` are: how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import make_place

PROGRAM = """
import atexit
import sys
from generator import cli

class Held:
    def __del__(self):
        print("taken apart", flush=True)

def main(begun=cli.main):
    atexit.register(print, "called at the end")
    return begun()

held = Held()
cli.main = main
sys.argv = ["variorum", *{arguments}]
cli.program()
"""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["check", "corpus"], 0), (["check", "no-such-folder"], 2), (["show", "no-such-id"], 2)],
)
def test_the_program_ends_with_its_status_without_taking_apart_what_it_holds(
    arguments: list[str], status: int
) -> None:
    script = PROGRAM.format(arguments=arguments)
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert ended.returncode == status, ended.stderr
    assert "called at the end" in ended.stdout
    assert "taken apart" not in ended.stdout


def test_wrong_use_is_told_with_its_status() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "generator", "bild"], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "build" in ended.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_program_that_was_begun_without_a_place_for_what_it_tells_ends_well(closed: str) -> None:
    command = [sys.executable, "-m", "generator", "check", "corpus"]
    ended = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *command],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr.count("Traceback")) == (0, 0)


def test_progress_that_nobody_can_read_ends_no_work(tmp_path: Path) -> None:
    place = make_place(tmp_path, 2)
    command = [sys.executable, "-m", "generator", "build", f"--config={place.config}"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, text=True, check=False)
    assert ended.returncode == 0
    assert "2 articles" in ended.stdout
    assert (place.site / "index.html").is_file()
