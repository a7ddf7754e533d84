"""Same input, same bytes: whatever the order of files, the clock, the hash seed; and as plain MkDocs builds it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import ROOT, Built, contents, differing, make_project

pytestmark = pytest.mark.slow

#: A process whose clock is a year on, for every way Python has of asking it.
LATER = """
import datetime, sys, time
real = time.time
time.time = lambda: real() + 365 * 86400
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls): return cls.utcfromtimestamp(time.time())
datetime.datetime = Later
from generator.cli import main
sys.exit(main(["build", "--config", sys.argv[1]]))
"""


def test_another_order_zone_seed_and_year_give_the_same_bytes(demo: Built, tmp_path: Path) -> None:
    config = make_project(tmp_path / "again")
    files = sorted((ROOT / "corpus").rglob("*"), reverse=True)
    for path in files:
        if path.is_file():
            target = tmp_path / "again" / "corpus" / path.relative_to(ROOT / "corpus")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    environment = os.environ | {
        "PYTHONHASHSEED": "12345",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONUTF8": "1",
    }
    subprocess.run(
        [sys.executable, "-c", LATER, str(config)],
        check=True,
        env=environment,
        cwd=ROOT,
        capture_output=True,
    )
    assert differing(contents(demo.site), contents(tmp_path / "again" / "site")) == []


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_a_plain_build_gives_the_same_site(demo: Built, tmp_path: Path, builder: str) -> None:
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "true", "DISABLE_MKDOCS_2_WARNING": "true"}
    command = [str(Path(sys.executable).with_name(builder)), "build", "--strict", "--quiet"]
    command += ["-f", str(demo.folder / "mkdocs.yml"), "-d", str(tmp_path / "site")]
    subprocess.run(command, check=True, env=environment)
    plain = contents(tmp_path / "site")
    if builder == "mkdocs":
        assert differing(contents(demo.site), plain) == []
    else:
        pages = {path for path in plain if path.endswith(".html")}
        assert pages == {path for path in contents(demo.site) if path.endswith(".html")}
