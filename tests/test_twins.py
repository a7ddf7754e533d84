"""Tasks beside a build give what they would give in it, also where a twin fails or cannot be had."""

import os
import time
from functools import partial
from pathlib import Path

import pytest

from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.twins import Twins

KEY = cache_key("one")


def test_a_task_is_done_beside_and_knows_what_was_known() -> None:
    known = {"here": object()}
    with Twins(jobs=2) as twins:
        assert twins.begin(lambda: sorted(known))() == ["here"]


def test_it_is_another_process_only_if_there_may_be_two() -> None:
    with Twins(jobs=2) as two, Twins(jobs=1) as one:
        assert two.begin(os.getpid)() != os.getpid()
        assert one.begin(os.getpid)() == os.getpid()


def test_an_error_is_raised_where_it_can_be_told() -> None:
    with Twins(jobs=2) as twins, pytest.raises(FileNotFoundError):
        twins.begin(partial(os.listdir, "/nowhere"))()


def test_a_twin_that_is_ended_from_outside_costs_only_time() -> None:
    here = os.getpid()

    def task() -> str:
        if os.getpid() != here:
            os._exit(9)
        return "done"

    with Twins(jobs=2) as twins:
        assert twins.begin(task)() == "done"


def test_no_twin_outlives_a_build_that_fails(tmp_path: Path) -> None:
    def task() -> None:
        time.sleep(1)
        (tmp_path / "written").touch()

    with Twins(jobs=2) as twins:
        twins.begin(task)
    time.sleep(1.2)
    assert not (tmp_path / "written").exists()


def test_a_twin_reads_and_writes_the_cache_of_its_build(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache, Twins(jobs=2) as twins:
        cache.put("stage", {KEY: b"1"})
        assert twins.begin(lambda: cache.get("stage", [KEY]))() == {KEY: b"1"}
        twins.begin(lambda: cache.put("other", {KEY: b"2"}))()
        assert cache.get("other", [KEY]) == {KEY: b"2"}
        assert cache.get("stage", [KEY]) == {KEY: b"1"}
