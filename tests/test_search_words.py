"""The word files are those of Pagefind's own program: the same stems, at the same places, with the same weights."""

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.site import filing, postings
from generator.site.cbor import decode
from generator.site.endings import with_prefix_apart
from generator.site.filing import file_words
from generator.site.pagefind import STEMMED, ask, index_records, make_record, unpacked
from generator.site.postings import IndexedText, Key
from generator.site.segment import forms
from generator.site.word_index import index_words
from tests.search_corpus import world_news

#: How many words of each language, and made of pieces of them, are filed as a language.
REAL, MADE = 150, 1500


@pytest.fixture(scope="module")
def words(shared_data: Path) -> dict[str, list[str]]:
    """The words of real texts, by language."""
    found: dict[str, dict[str, None]] = {}
    for item in world_news(shared_data / "corpora" / "world-news"):
        own = found.setdefault(item.language.partition("-")[0], {})
        own |= dict.fromkeys(forms(f"{item.title} {item.content}"))
    return {language: list(own) for language, own in sorted(found.items())}


def filed_otherwise(words: Iterable[str], language: str) -> list[tuple[str, Any, Any]]:
    """The words that are filed otherwise than by the program."""
    different = list(dict.fromkeys(words))
    theirs = ask(different, language).entries
    return [
        (word, entries, theirs[word])
        for word, entries in zip(different, file_words(different, language), strict=True)
        if sorted(map(repr, entries)) != sorted(map(repr, theirs[word]))
    ]


@pytest.mark.parametrize("language", [*sorted(STEMMED), "he", "uk", "xx"])
def test_words_are_filed_as_by_the_program(language: str, words: dict[str, list[str]]) -> None:
    chance = random.Random(20261122)
    some = [word for own in words.values() for word in chance.sample(own, min(REAL, len(own)))]
    known = words.get(language) or some
    made = list(made_of(known, chance))
    assert filed_otherwise([*known, *some, *made], language) == []


def made_of(known: list[str], chance: random.Random) -> Iterator[str]:
    """Words that begin as one and end as another, some with an apostrophe between, as a form has it."""
    for _ in range(MADE):
        one, other = chance.choice(known), chance.choice(known)
        begin, end = one[: chance.randint(1, len(one))], other[chance.randint(0, len(other) - 1) :]
        yield from forms(begin + chance.choice(["", "", "'"]) + end)


def test_every_plain_letter_is_filed_as_by_the_program() -> None:
    letters = [chr(code) for code in range(0x3000) if re.match(f"[{filing._LETTERS}]", chr(code))]
    assert len(letters) > 800
    assert all(letter.isalpha() for letter in letters)
    found = [word for letter in letters for word in forms(f"{letter} {letter}7x l'a{letter}")]
    assert filed_otherwise(found, "en") == []
    assert filed_otherwise(found, "zh") == []


def test_what_is_not_plain_is_asked_for() -> None:
    mark, robot, piece = file_words(["\u0301", "r2'd2", "q1234512345"], "fr")
    assert mark == ()
    assert robot == ask(["r2'd2"], "fr").entries["r2'd2"]
    assert [entry.key for entry in piece] == [Key("q1234512345", None)]


def by_program(texts: list[IndexedText], language: str) -> tuple[list[Any], list[Any]]:
    """Number and length of the texts that the program lists, and all words of its files."""
    records = (
        make_record(
            " ".join(text.words),
            language,
            title=" ".join(text.words[: text.title]),
            name=str(number),
        )
        for number, text in enumerate(texts)
    )
    files = {path.rpartition("/")[2]: content for path, content in index_records(records).items()}
    (meta,) = (unpacked(content) for name, content in files.items() if name.endswith(".pf_meta"))
    _, pages, ranges, *others = decode(meta)
    assert others == [[], [], ["title"]]
    names = [decode_name(unpacked(files[f"{page}.pf_fragment"])) for page, _ in pages]
    found = [word for *_, name in ranges for word in decode(unpacked(files[f"{name}.pf_index"]))[0]]
    return [[name, length] for name, (_, length) in zip(names, pages, strict=True)], found


def decode_name(fragment: bytes) -> str:
    match = re.match(rb'{"url":"(\d+)"', fragment)
    assert match is not None
    return match[1].decode()


def index_text(title: str, content: str, language: str) -> IndexedText:
    first, rest = (
        [with_prefix_apart(form, language) for form in forms(text)] for text in (title, content)
    )
    return IndexedText(words=(*first, *rest), title=len(first))


def assert_same(texts: list[IndexedText], language: str) -> None:
    ours = index_words(texts, language)
    pages = [[str(number), count] for number, count in enumerate(ours.counts) if count]
    found = [word for chunk in ours.chunks for word in decode(chunk)[0]]
    assert (pages, found) == by_program(texts, language)
    assert [word[0] for word in found] == list(ours.words)


def test_texts_are_indexed_as_by_the_program() -> None:
    texts = [
        index_text("L'été", "L'été, l'ete, don't! Creme crème crême creme", "fr"),
        index_text("", "", "fr"),
        index_text("crème", "crème crème", "fr"),
        index_text("", "\u0301", "fr"),
        index_text("One word", "東京タワー pa'pa " + "far " * 300 + "away r2'd2", "fr"),
    ]
    assert_same(texts, "fr")
    assert_same([index_text("a", "a long text " * 30_000 + "ends", "en")], "en")


def test_words_are_encoded_a_stretch_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [index_text("Crème", "crème creme once twice " * 9 + word, "fr") for word in "abcde"]
    whole = index_words(texts, "fr")
    for rows in (1, 2, 7, 50):
        monkeypatch.setattr(postings, "STRETCH", rows)
        assert index_words(texts, "fr") == whole
        assert index_words([], "fr").words == ()


@pytest.mark.parametrize("language", ["en", "es", "ar", "hi", "zh", "th", "ru", "fr"])
def test_real_texts_are_indexed_as_by_the_program(language: str, shared_data: Path) -> None:
    texts = [
        index_text(item.title, item.content, language)
        for item in world_news(shared_data / "corpora" / "world-news")
        if item.language.partition("-")[0] == language
    ]
    assert texts
    assert_same(texts, language)
