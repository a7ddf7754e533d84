"""The files of the search index: words cut small, programs told by their difference, a table of who has a word."""

import gzip
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.record import replace
from generator.site import chunks
from generator.site.cbor import LIST, encode, head
from generator.site.programs import difference, names_in, together
from generator.site.search_files import cut, revise
from generator.site.search_stems import STEMS, file_number, stem_table, turn, turned

WORDS = st.lists(st.tuples(st.text(), st.binary(max_size=300)), min_size=1, max_size=40)


@settings(deadline=None)
@given(WORDS, st.integers(1, 500))
def test_files_of_words_have_the_same_words_in_the_same_order(
    words: list[tuple[str, bytes]], size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "SIZE", size)
        found = list(chunks.chunks(words))
    assert [word for chunk in found for word in chunk.words] == [word for word, _ in words]
    bodies = iter(body for _, body in words)
    for chunk in found:
        own = [next(bodies) for _ in chunk.words]
        assert chunk.content == head(LIST, 1) + head(LIST, len(own)) + b"".join(own)
        assert len(b"".join(own[:-1])) < size


@given(st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=30, unique=True))
def test_bounds_tell_in_which_file_a_word_lies(words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "SIZE", 12)
        found = list(chunks.chunks((word, encode([word, [], []])) for word in sorted(words)))
    starts = chunks.bounds(found)
    assert len(starts) == len(found) - 1
    for place, chunk in enumerate(found):
        assert {sum(start <= word for start in starts) for word in chunk.words} == {place}


def applied(base: bytes, changes: bytes) -> bytes:
    """What the page makes of a difference, in other words."""
    numbers = memoryview(changes)[: 4 * (len(changes) // 4)].cast("i")
    count = numbers[0]
    new, moves, added = (numbers[1 + kind * count : 1 + (kind + 1) * count] for kind in range(3))
    sums = 4 * (1 + 3 * count)
    fresh = sums + sum(added)
    made, place = bytearray(), 0
    for step in range(count):
        made += changes[fresh : fresh + new[step]]
        fresh += new[step]
        place += moves[step]
        for _ in range(added[step]):
            made.append((base[place] + changes[sums]) % 256)
            place, sums = place + 1, sums + 1
    return bytes(made)


PIECES = st.lists(
    st.sampled_from([bytes(range(40)), b"a" * 30, b"another piece of a program", b"?"])
)


@given(PIECES, PIECES, st.binary(max_size=40))
def test_a_difference_makes_one_program_of_the_other(
    one: list[bytes], other: list[bytes], more: bytes
) -> None:
    base, program = b"".join(one), b"".join([*other, more, *one])
    assert applied(base, difference(base, program)) == program


def test_a_file_of_several_programs_tells_what_it_has() -> None:
    content = together({"base": b"program", "de": b"", "en": b"other"})
    assert names_in(content) == ["base", "de", "en"]
    assert content.endswith(b"programother")


def test_programs_that_differ_little_have_a_small_difference() -> None:
    base = bytes(number * number % 251 for number in range(5000))
    program = bytearray(base)
    for at in range(0, 5000, 50):
        program[at] ^= 1
    assert len(difference(base, bytes(program)).strip(b"\0")) < 5100
    assert sum(byte != 0 for byte in difference(base, bytes(program))) < 200


def test_a_table_tells_which_shards_have_a_word() -> None:
    table = stem_table([["attack", "gas"], ["gas"], ["gasoline", "q1234512345"]])
    assert table == {"attack": "1", "gas": "3", "gasoline": "4", "q1234512345": "4"}


def test_words_that_begin_alike_lie_in_one_file() -> None:
    assert len({file_number(word, 1000) for word in ("gas", "gasoline", "gases")}) == 1
    assert len({file_number(word, 1000) for word in ("q1234567890", "q1234511111", "q12345")}) == 1
    many = stem_table([[f"{letter}{number}" for letter in "abcdefgh" for number in range(2000)]])
    files = {name: file for name, file in cut(many, STEMS) if name.endswith(".gz")}
    assert len(files) > 5
    for name, file in files.items():
        words = json.loads(gzip.decompress(file))
        assert {f"{file_number(word, len(files))}.json.gz" for word in words} == {name}
        for word in words:
            assert many.pop(word) == words[word]
    assert not many


WORDS_OF_TABLES = ["a", "ab", "abc", "abcd", "b", "bca", "cab", "cc"]
SHARDS = st.lists(st.sets(st.text("abc", min_size=1, max_size=5), max_size=40), max_size=5)


@settings(max_examples=50, deadline=None)
@given(SHARDS, st.data())
def test_a_table_made_of_the_last_one_has_the_same_bytes(
    before: list[set[str]], data: st.DataObject
) -> None:
    now = [
        data.draw(st.just(words) | st.sets(st.sampled_from(WORDS_OF_TABLES))) for words in before
    ]
    form = replace(STEMS, size=300)
    old, new = (dict(cut(stem_table(map(sorted, shards)), form)) for shards in (before, now))
    bits = turned((place, sorted(before[place]), sorted(now[place])) for place in range(len(now)))
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in old.items():
            (folder / file).write_bytes(content)
        done = revise(folder, folder / "new", form, bits, lambda word, mask: turn(mask, bits[word]))
        assert done == (len(old) == len(new))
        if done:
            assert {file.name: file.read_bytes() for file in (folder / "new").iterdir()} == new
