"""A build that dies, finds no room or is not alone leaves a whole site, and the next one is right."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.building import ROOT, Place, clean_build_of, contents, make_place
from tests.conftest import missing


def change(place: Place, words: str) -> None:
    path = place.articles[0]
    path.write_text(path.read_text(encoding="utf-8") + f"\n{words}.\n", encoding="utf-8")


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_site_or_the_new(tmp_path: Path) -> None:
    rng = random.Random(5)
    place = make_place(tmp_path / "place", 5, jobs=2)
    begun = time.monotonic()
    place.build()
    length = time.monotonic() - begun
    for number in range(6):
        old = contents(place.site)
        change(place, f"Change {number}")
        process = place.start("--full") if number % 2 else place.start()
        time.sleep(rng.random() * length)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        found = contents(place.site) if place.site.exists() else {}
        changed = any(f"Change {number}".encode() in data for data in found.values())
        assert found == old or changed or not found
    place.build()
    assert place.made() == clean_build_of(place, tmp_path / "fresh")
    assert sorted(path.name for path in place.folder.glob("site*")) == ["site"]


@pytest.mark.slow
def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    place = make_place(tmp_path / "place", 4)
    builds = [place.start(), place.start()]
    told = [build.communicate(timeout=240) for build in builds]
    assert [build.returncode for build in builds] == [0, 0], told
    assert any("waiting for another build" in errors for _, errors in told)
    assert place.made() == clean_build_of(place, tmp_path / "fresh")


#: Runs inside a mount namespace of its own: a small disk is mounted, filled by a build, and looked at.
SMALL_DISK = """
set -e
mount -t tmpfs -o size=$SIZE tmpfs "$PLACE"
cp -a "$FROM"/. "$PLACE"
set +e
"$PYTHON" -m generator build --config "$PLACE/mkdocs.yml" --full 2> "$OUT/errors"
echo $? > "$OUT/status"
cp -r "$PLACE/site" "$OUT/site"
"""


def in_own_mounts(script: str, **values: str) -> bool:
    """Run a script where it may mount a disk; False if this system lets nobody."""
    if os.geteuid() == 0:
        wrap = ["unshare", "--mount"]
    else:
        wrap = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None:
        return False
    if subprocess.run([*wrap, "true"], capture_output=True, check=False).returncode != 0:
        return False
    run = subprocess.run(
        [*wrap, "sh", "-c", script],
        env=os.environ | values,
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    return run.returncode == 0


@pytest.mark.slow
def test_a_full_disk_is_a_clear_error_and_the_site_stays(tmp_path: Path) -> None:
    place = make_place(tmp_path / "place", 5)
    place.build()
    before = contents(place.site)
    change(place, "Something new")
    states = [path.stat() for path in place.folder.rglob("*") if path.is_file()]
    size = sum({state.st_ino: -(-state.st_size // 4096) * 4096 for state in states}.values())
    disk, out = tmp_path / "disk", tmp_path / "out"
    disk.mkdir()
    out.mkdir()
    ran = in_own_mounts(
        SMALL_DISK,
        SIZE=str(size + 1_000_000),
        PLACE=str(disk),
        FROM=str(place.folder),
        OUT=str(out),
        PYTHON=sys.executable,
    )
    if not ran:
        missing("the right to mount a small disk (unshare)")
    errors = (out / "errors").read_text(encoding="utf-8")
    assert (out / "status").read_text(encoding="utf-8").strip() == "1", errors
    assert "No space left on device" in errors
    assert "Traceback" not in errors
    assert contents(out / "site") == before
