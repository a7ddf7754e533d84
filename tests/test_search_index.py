"""The search index on disk: cut by language and period, built where it changed, the same bytes every time."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import (
    ArticleId,
    EntityId,
    LanguageCode,
    SearchEntry,
    SearchKind,
    SearchRecord,
    StoryId,
)
from generator.record import replace
from generator.settings import Settings
from generator.site import pagefind, search_shard, segment
from generator.site.cbor import decode, encode
from generator.site.endings import endings, with_prefix_apart
from generator.site.pagefind import STEMMED, PagefindError, ask
from generator.site.search_files import spread
from generator.site.segment import common_trigrams, tokens
from generator.site.shards import cut_shards
from tests.search_corpus import make_facts, make_record
from tests.search_site import as_entry, index_records

SMALL = Settings(shard_size=3)


def dated(date: str, name: str = "a", **changes: Any) -> SearchRecord:
    return make_record(id=f"{date}-{name}", date=date, sort_date=date, **changes)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


MANY = [dated(f"20{year}-0{month}-01") for year in range(10, 24) for month in (1, 5)]


def test_an_index_built_twice_has_the_same_bytes(tmp_path: Path) -> None:
    records = [*MANY, make_record("おはようございます", language=LanguageCode("ja"))]
    index_records(records, tmp_path / "one", settings=SMALL)
    index_records(list(reversed(records)), tmp_path / "other", settings=SMALL)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_adding_one_article_builds_one_shard_and_the_result_equals_a_full_build(
    tmp_path: Path,
) -> None:
    index_records(MANY, tmp_path / "grown", settings=SMALL)
    one = dated("2019-12-31", name="new")
    report = index_records([*MANY, one], tmp_path / "grown", settings=SMALL)
    assert len(report.built) == 1
    assert len(report.removed) == 1
    assert report.built[0].startswith("en/2019-")
    index_records([*MANY, one], tmp_path / "full", settings=SMALL)
    assert files(tmp_path / "grown") == files(tmp_path / "full")


@pytest.mark.parametrize("damaged", ["", "*/words-*/*", "id-lists-*/*", "manifest.json"])
def test_lists_and_words_follow_from_the_last_ones_unless_these_are_damaged(
    damaged: str, tmp_path: Path
) -> None:
    """Few new words and names need no more files."""
    many = [
        dated(
            f"20{year}-05-01", entities=(EntityId(f"n{year % 5}"),), story=StoryId(f"s{year % 3}")
        )
        for year in range(10, 30)
    ]
    index_records(many, tmp_path / "grown", settings=SMALL)
    for file in tmp_path.glob(f"grown/{damaged}") if damaged else ():
        file.write_bytes(b"junk")
    one = replace(many[7], entities=(EntityId("n2"), EntityId("new")), story=None, title="Unheard")
    changed = [*many[:2], *many[3:7], one, *many[8:], dated("2012-12-31", "b", story=StoryId("t"))]
    index_records(changed, tmp_path / "grown", settings=SMALL)
    index_records(changed, tmp_path / "full", settings=SMALL)
    assert files(tmp_path / "grown") == files(tmp_path / "full")


def test_an_unchanged_archive_builds_nothing(tmp_path: Path) -> None:
    index_records(MANY, tmp_path, settings=SMALL)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    report = index_records(MANY, tmp_path, settings=SMALL)
    assert report.built == ()
    assert report.removed == ()
    assert before == {
        path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()
    }


def test_a_language_that_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    index_records([*MANY, make_record(language=LanguageCode("ru"))], tmp_path, settings=SMALL)
    index_records(MANY, tmp_path, settings=SMALL)
    assert not (tmp_path / "ru").exists()
    programs = {path.name for path in tmp_path.glob("wasm-*/*")}
    assert programs == {"base.pagefind", "common.pagefind", "en.pagefind"}


def test_a_build_that_breaks_off_leaves_the_old_index_and_is_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_records(MANY, tmp_path / "index", settings=SMALL)
    before = json.loads((tmp_path / "index" / "manifest.json").read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(
            search_shard, "index_words", lambda *_: (_ for _ in ()).throw(PagefindError("no"))
        )
        with pytest.raises(PagefindError, match="no"):
            index_records([*MANY, dated("2019-12-31", "b")], tmp_path / "index", settings=SMALL)
    assert json.loads((tmp_path / "index" / "manifest.json").read_bytes()) == before
    for entry in before["languages"]["en"]["shards"]:
        assert (tmp_path / "index" / entry["path"] / "columns.json").is_file()
    index_records([*MANY, dated("2019-12-31", "b")], tmp_path / "index", settings=SMALL)
    index_records([*MANY, dated("2019-12-31", "b")], tmp_path / "full", settings=SMALL)
    assert files(tmp_path / "index") == files(tmp_path / "full")


def test_an_empty_archive_has_a_manifest_without_languages(tmp_path: Path) -> None:
    report = index_records([], tmp_path, settings=Settings())
    assert report.records == 0
    assert json.loads((tmp_path / "manifest.json").read_bytes())["languages"] == {}


def test_a_record_file_holds_what_is_shown_but_the_texts_of_articles(tmp_path: Path) -> None:
    item = make_record(
        versions=(ArticleId("a"), ArticleId("b")),
        version_facts=(
            make_facts(source_name="A", date="2024"),
            make_facts(source_name="B", date="2024-05", title="Once more", capture="web"),
        ),
        authors=("A. Writer",),
    )
    quotation = make_record(id="q:en", kind=SearchKind.QUOTATION)
    index_records([item, quotation], tmp_path, settings=Settings())
    (path,) = tmp_path.glob("en/*/record/*")
    records = json.loads(gzip.decompress(path.read_bytes()))
    shown, said = sorted(records, key=lambda one: one["kind"])
    assert "text" not in shown
    assert said["text"] == ["A first paragraph.", "A second one."]
    assert shown["versions"] == ["a", "b"]
    assert shown["version_facts"] == [
        ["A", "2024", "", "", "", ""],
        ["B", "2024-05", "Once more", "", "web", ""],
    ]
    assert "story" not in shown


def test_an_outlet_has_its_usual_name_and_others_by_language(tmp_path: Path) -> None:
    records = [
        dated("2020-01-01", language=LanguageCode("fr"), source_name="La Rive"),
        dated("2020-01-02", language=LanguageCode("fr"), source_name="La Rive"),
        dated("2020-01-03", language=LanguageCode("de"), source_name="La Rive"),
        dated("2020-01-04", source_name="The Bank"),
    ]
    index_records(records, tmp_path, settings=Settings())
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    assert manifest["sources"] == {"herald": {"": "La Rive", "en": "The Bank"}}


def test_entities_and_stories_have_lists_of_their_records(tmp_path: Path) -> None:
    records = [
        dated("2020-01-01", entities=(EntityId("nato"),), story=StoryId("s")),
        dated("2020-01-02", kind=SearchKind.QUOTATION),
        dated("2020-01-03", entities=(EntityId("nato"),)),
    ]
    index_records(records, tmp_path, settings=Settings())
    lists = read_lists(tmp_path)
    assert list(lists) == ["entity/nato", "story/s"]
    assert list(lists["entity/nato"].values()) == [[0, 2]], "newest first"
    index_records([replace(item, story=None) for item in records], tmp_path, settings=Settings())
    assert list(read_lists(tmp_path)) == ["entity/nato"]


def test_lists_of_many_entities_lie_in_several_files(tmp_path: Path) -> None:
    many = [
        dated("2020-01-01", f"{number}", entities=(EntityId(f"entity-{number}"),))
        for number in range(1200)
    ]
    index_records(many, tmp_path, settings=Settings())
    lists = read_lists(tmp_path)
    assert len(lists) == 1200
    files = json.loads((tmp_path / "manifest.json").read_bytes())["lists"]["files"]
    assert files > 1
    for number, names in enumerate(list_names(tmp_path)):
        assert {spread(name, files) for name in names} == {number}


DAMAGED = {
    "words": "*/*/index/0.pf_index",
    "record": "*/*/record/0.json.gz",
    "table": "*/words-*/0.json.gz",
    "list": "id-lists-*/0.json.gz",
}


@pytest.mark.parametrize("harm", ["torn", "gone", "programs", "program", "sizes", *DAMAGED])
def test_a_damaged_index_is_made_whole(harm: str, tmp_path: Path) -> None:
    index_records(MANY, tmp_path, settings=SMALL)
    whole = files(tmp_path)
    (facts, *_) = sorted(tmp_path.glob("*/*/.shard.json"))
    if harm == "torn":
        facts.write_text("{", encoding="utf-8")
    elif harm == "gone":
        facts.unlink()
    elif harm == "program":
        for program in tmp_path.glob("wasm-*/*"):
            program.unlink()
    elif harm == "sizes":  # no text at all, but as long as before
        facts.with_name(".sizes.json").write_bytes(b'{"\x93": 1}')
    elif harm in DAMAGED:
        next(tmp_path.glob(DAMAGED[harm])).write_bytes(b"junk")
    else:
        (programs,) = tmp_path.glob("wasm-*/common.pagefind")
        programs.write_bytes(b"\xff" * 100)
    index_records(MANY, tmp_path, settings=SMALL)
    assert files(tmp_path) == whole


def list_names(index: Path) -> list[list[str]]:
    """The names of the lists in each file."""
    folder = index / json.loads((index / "manifest.json").read_bytes())["lists"]["path"]
    found = sorted(folder.glob("[0-9]*"), key=lambda file: int(file.name.split(".")[0]))
    return [list(json.loads(gzip.decompress(file.read_bytes()))) for file in found]


def read_lists(index: Path) -> dict[str, dict[str, list[int]]]:
    """All lists, by name; there is one folder of them."""
    (folder,) = index.glob("id-lists*")
    found: dict[str, dict[str, list[int]]] = {}
    for file in folder.glob("[0-9]*"):
        found |= json.loads(gzip.decompress(file.read_bytes()))
    return dict(sorted(found.items()))


DATES = st.one_of(
    st.just(""),
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(["2020-05-01", "2020-05-02"]),
)


def day(date: str, name: str = "a") -> SearchEntry:
    """What the index knows of a record of a day."""
    return as_entry(dated(date, name))


@settings(max_examples=60, deadline=None)
@given(st.lists(DATES, max_size=40, unique=False), DATES, st.integers(1, 8))
def test_one_more_record_changes_one_period(dates: list[str], more: str, limit: int) -> None:
    records = [day(date, str(number)) for number, date in enumerate(dates)]
    before = cut_shards(records, limit)
    after = cut_shards([*records, day(more, "more")], limit)
    assert sum(map(len, after.values())) == len(records) + 1
    assert all(0 < len(shard) <= limit for shard in after.values())
    untouched = [name for name in before if after.get(name) == before[name]]
    gone = [name for name in before if name not in untouched]
    assert len(gone) <= 1, gone


def test_periods_come_newest_first_and_the_undated_last() -> None:
    records = [
        day(date) for date in ("2003-05-01", "2020-02-03", "2020-02-04", "2020-03-01", "2014-01-01")
    ]
    shards = cut_shards([*records, as_entry(make_record(id="x", date="", sort_date=""))], 1)
    assert list(shards) == ["2020-03", "2020-02-04", "2020-02-03", "201x", "200x", "undated"]
    assert list(cut_shards(records[:4], 3)) == ["202x", "200x"]
    halves = [day(date) for date in ("2020-01-01", "2020-05-01", "2020-06-30", "2020-07-01")]
    assert list(cut_shards(halves, 3)) == ["2020-h2", "2020-h1"]
    assert list(cut_shards(halves, 2)) == ["2020-h2", "2020-q2", "2020-q1"]
    days = [day(f"2020-01-{number:02}") for number in (4, 5, 9, 10, 19, 29, 31)]
    assert list(cut_shards(days, 3)) == ["2020-01-2x", "2020-01-1x", "2020-01-0x"]
    assert list(cut_shards(days, 2)) == [
        *("2020-01-2x", "2020-01-1x"),
        *("2020-01-0b", "2020-01-0a"),
    ]
    assert list(cut_shards([day("2020-01-20"), *days[-2:]], 2)) == ["2020-01-2b", "2020-01-2a"]


VALUES = st.recursive(
    st.integers(-(2**40), 2**40) | st.text(),
    lambda inner: st.lists(inner, max_size=30),
    max_leaves=60,
)


@given(VALUES)
def test_cbor_reads_what_it_wrote(value: object) -> None:
    assert decode(encode(value)) == value


def test_cbor_refuses_what_pagefind_does_not_use() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        decode(b"\xa0")


def test_the_languages_with_a_stemmer_are_those_that_pagefind_has() -> None:
    for language in ("en", "ru", "tr"):
        assert ask(["a"], language).stemmer == language
        assert language in STEMMED
    for language in ("uk", "he", "zh", "sw"):
        assert ask(["a"], language).stemmer == "unknown"
        assert language not in STEMMED


def test_pagefind_says_what_it_does_not_take(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = pagefind._send

    def send(stream: object, payload: dict[str, object]) -> None:
        broken(stream, {**payload, "type": "Nonsense"})  # type: ignore[arg-type]

    monkeypatch.setattr(pagefind, "_send", send)
    with pytest.raises(PagefindError, match="Pagefind"):
        ask(["a"], "en")


def test_languages_without_a_stemmer_have_their_endings() -> None:
    assert "ами" in endings("uk")
    assert endings("sw") == ()
    assert with_prefix_apart("הממשלה", "he") == "ה'ממשלה"
    assert with_prefix_apart("ממשלה", "uk") == "ממשלה"


PLAIN = st.text(st.characters(max_codepoint=0x52F, exclude_categories=["Cs"]), max_size=60)


@given(PLAIN)
def test_the_fast_way_through_a_plain_text_gives_the_same_words(text: str) -> None:
    fast = list(tokens(text))
    slow = list(segment._all_tokens(text))
    if segment._UNUSUAL.search(text) is None:
        assert fast == slow


@given(
    st.lists(
        st.sampled_from(
            ["ab", "é", "Ça", "東京", "한국", "ไทย", "'", "-", " ", "\n", "\u200b", "\u3000", "1.5"]
        )
    )
)
def test_words_without_places_are_those_with_places(parts: list[str]) -> None:
    text = "".join(parts)
    assert segment.forms(text) == [token.form for token in segment._all_tokens(text)]


def test_common_trigrams_tell_what_words_of_a_language_look_like() -> None:
    assert common_trigrams(["singing ringing", "東京タワー"], count=2) == "inggin"
    assert common_trigrams([]) == ""
