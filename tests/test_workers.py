"""The processes that share the work."""

import os
from concurrent.futures import Executor, ThreadPoolExecutor

from generator.pipeline.workers import begin_anew, processes


def numbers(executor: Executor) -> set[int]:
    """The process that did a task."""
    return {executor.submit(os.getpid).result()}


def test_processes_that_begin_anew_are_others_and_keep_nothing() -> None:
    with processes(2) as executor:
        assert executor is not None
        first = numbers(executor)
        assert first == numbers(executor)
        begin_anew(executor)
        second = numbers(executor)
        assert first.isdisjoint(second)
        assert os.getpid() not in first | second
        assert sorted(executor.map(abs, range(-9, 0))) == list(range(1, 10))


def test_what_was_given_to_them_is_done_before_they_begin_anew() -> None:
    with processes(2) as executor:
        assert executor is not None
        some = [executor.submit(abs, -number) for number in range(50)]
        begin_anew(executor)
        assert [one.result() for one in some] == list(range(50))


def test_one_process_and_those_of_a_cluster_stay_as_they_are() -> None:
    with processes(1) as none:
        assert none is None
        begin_anew(none)
    with ThreadPoolExecutor(1) as other:
        begin_anew(other)
        assert other.submit(abs, -1).result() == 1
