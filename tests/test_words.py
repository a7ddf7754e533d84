"""Words are read from what stands between two blanks, and come out as if the whole text had been read at once."""

import random
from collections.abc import Iterator

import pytest

from generator import text as primitives
from generator.analysis.analyse import without_meaning
from generator.analysis.lexicon import case_of
from generator.analysis.morphology import TOKEN, bases, key, known_bases
from generator.analysis.page import SENTENCE_END, Words, read_page
from generator.model import Block
from generator.text import (
    SPACED_WORD,
    UNSPACED_START,
    WORD,
    fold,
    has_unspaced,
    paragraph_addresses,
    shingles,
    words,
)
from tests.builders import make_article

#: Letters, marks and signs that texts are cut at, joined by or folded together with.
SIGNS = "aÉß's’-.…!“”«»()—–/  \n\u00a0\u0301\u00a8\u200c\u200dоЙي٠ـ漢字かガーไทย์12½ﬁ"


def samples() -> Iterator[str]:
    chance = random.Random(3)
    for number in range(400):
        yield "".join(chance.choices(SIGNS, k=number % 80))


@pytest.mark.parametrize("sample", list(samples()))
def test_words_are_those_of_the_whole_text(sample: str) -> None:
    folded = fold(sample)
    pattern = WORD if UNSPACED_START.search(folded) else SPACED_WORD
    assert words(sample) == pattern.findall(folded)


@pytest.mark.parametrize("sample", list(samples()))
def test_an_analysis_tells_the_addresses_of_paragraphs(sample: str) -> None:
    article = make_article(blocks=tuple(Block(text=text) for text in (sample, "x", sample)))
    assert without_meaning(article).paragraphs.split() == list(paragraph_addresses(article))


@pytest.mark.parametrize("sample", list(samples()))
def test_the_words_of_a_page_have_their_places_and_know_where_sentences_begin(sample: str) -> None:
    expected, end = [], 0
    for match in TOKEN.finditer(sample):
        gap = sample[end : match.start()]
        opens = end == 0 or (len(gap) > 1 and SENTENCE_END.search(gap) is not None)
        word, end = match.group(), match.end()
        expected.append((key(word), match.start(), end, case_of(word), opens))
    seen = Words(lambda _: ())
    for _ in range(2):
        assert list(read_page((sample,), seen).tokens[0]) == expected


@pytest.mark.parametrize("count", range(12))
def test_shingles_of_plain_words_are_those_that_are_counted_out(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = [f"w{number}" for number in range(count)]
    quick = shingles(tokens)
    monkeypatch.setattr(primitives, "FIRST_UNSPACED", "")
    assert quick == shingles(tokens)


@pytest.mark.parametrize("sample", ["Plain words", "x1_y", "", "~!@"])
def test_folding_plain_letters_makes_them_small(sample: str) -> None:
    assert fold(sample) == fold(sample + "é")[:-1] == sample.lower()


def test_every_character_of_a_script_without_spaces_is_found_by_the_quick_look() -> None:
    every = [chr(point) for point in range(0x20000)]
    assert [sign for sign in every if UNSPACED_START.match(sign)] == [
        sign for sign in every if has_unspaced(sign)
    ]


def test_words_stay_the_same_when_what_was_remembered_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "One, two – drei; four one «two» " * 3
    before = words(text)
    monkeypatch.setattr(primitives, "REMEMBERED", 2)
    assert words(text) == before
    assert words("five six seven eight nine") == ["five", "six", "seven", "eight", "nine"]


@pytest.mark.parametrize("language", ["en", "de", "ru", "fi", "ar", "tr", "zh"])
@pytest.mark.parametrize(
    "word", ["merkels", "путина", "дома", "helsingissä", "والرئيس", "s", "北京"]
)
def test_base_forms_that_are_known_are_those_of_all_that_are_possible(
    word: str, language: str
) -> None:
    possible = bases(word, language)
    assert list(known_bases(word, language, {*possible, word})) == list(possible)
    assert list(known_bases(word, language, set(possible[::2]))) == list(possible[::2])
