"""The cache survives damage, other processes, and folders that cannot be written."""

import sqlite3
from pathlib import Path

import pytest

from generator.pipeline.cache import FILE, Cache, cache_key

ONE, TWO = cache_key("one"), cache_key("two")


def test_results_come_back_in_a_later_run(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put("stage", {ONE: b"1", TWO: b"2"})
    with Cache(tmp_path) as cache:
        assert cache.get("stage", [ONE, TWO, cache_key("three")]) == {ONE: b"1", TWO: b"2"}
        assert cache.get("other", [ONE]) == {}


def test_keys_tell_parts_apart() -> None:
    assert cache_key("ab", "c") != cache_key("a", "bc")
    assert cache_key("ab") == cache_key(b"ab")


def test_more_keys_than_a_statement_takes(tmp_path: Path) -> None:
    results = {cache_key(str(number)): b"x" for number in range(2_000)}
    with Cache(tmp_path) as cache:
        cache.put("stage", results)
        assert cache.get("stage", results) == results


@pytest.mark.parametrize(
    "damage", [b"", b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 5_000]
)
def test_a_damaged_file_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    with Cache(tmp_path) as cache:
        cache.put("stage", {ONE: b"1"})
    (tmp_path / FILE).write_bytes(damage)
    with Cache(tmp_path) as cache:
        assert cache.get("stage", [ONE]) == {}
        cache.put("stage", {ONE: b"2"})
        assert cache.get("stage", [ONE]) == {ONE: b"2"}


def test_damage_inside_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    results = {cache_key(str(number)): b"x" * 100 for number in range(2_000)}
    with Cache(tmp_path) as cache:
        cache.put("stage", results)
    data = bytearray((tmp_path / FILE).read_bytes())
    data[8_192:-4_096] = b"\xff" * len(data[8_192:-4_096])
    (tmp_path / FILE).write_bytes(data)
    with Cache(tmp_path) as cache:
        assert cache.get("stage", results) in ({}, results)
        cache.put("stage", {ONE: b"1"})
        assert cache.get("stage", [ONE]) == {ONE: b"1"}


def test_damage_that_cannot_be_removed_keeps_results_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError

    results = {cache_key(str(number)): b"x" * 100 for number in range(2_000)}
    with Cache(tmp_path) as cache:
        cache.put("stage", results)
    data = bytearray((tmp_path / FILE).read_bytes())
    data[4_096:] = b"\xff" * len(data[4_096:])
    with Cache(tmp_path) as cache:
        (tmp_path / FILE).write_bytes(data)
        monkeypatch.setattr("generator.pipeline.cache._remove", refuse)
        assert cache.get("stage", results) == {}
        assert cache.put("stage", {ONE: b"1"})
        assert cache.get("stage", [ONE]) == {ONE: b"1"}
    assert (tmp_path / FILE).read_bytes() == data


@pytest.mark.parametrize("value", ["5", "'text'", "NULL", "zeroblob(3)", "x'00'", "value || 'x'"])
def test_a_value_that_is_not_what_was_kept_is_not_there(tmp_path: Path, value: str) -> None:
    with Cache(tmp_path) as cache:
        cache.put("stage", {ONE: b"1"})
    base = sqlite3.connect(tmp_path / FILE)
    with base:
        base.execute(f"UPDATE kept SET value = {value}")
    base.close()
    with Cache(tmp_path) as cache:
        assert cache.get("stage", [ONE]) == cache.get_all("stage") == {}


def test_values_that_changed_places_are_not_there(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put("stage", {ONE: b"1", TWO: b"2"})
    base = sqlite3.connect(tmp_path / FILE)
    with base:
        (one,), (two,) = base.execute("SELECT value FROM kept ORDER BY key").fetchall()
        base.execute("UPDATE kept SET value = CASE value WHEN ? THEN ? ELSE ? END", (one, two, one))
    base.close()
    with Cache(tmp_path) as cache:
        assert cache.get("stage", [ONE, TWO]) == {}


def test_a_place_that_cannot_be_written_keeps_results_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with Cache(blocked) as cache:
        cache.put("stage", {ONE: b"1"})
        assert cache.get("stage", [ONE]) == {ONE: b"1"}


def test_two_users_at_once(tmp_path: Path) -> None:
    with Cache(tmp_path) as first, Cache(tmp_path) as second:
        first.put("stage", {ONE: b"1"})
        second.put("stage", {TWO: b"2"})
        assert first.get("stage", [ONE, TWO]) == second.get("stage", [ONE, TWO])


def test_what_belongs_to_nothing_is_forgotten(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put("stage", {ONE: b"1", TWO: b"2"})
        assert cache.count("stage") == 2
        assert cache.keys("stage", [TWO, cache_key("three")]) == {TWO}
        cache.keep_only("stage", [ONE])
        assert cache.get("stage", [ONE, TWO]) == {ONE: b"1"}
