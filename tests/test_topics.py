import numpy as np
import pytest

from generator.analysis import topics
from generator.analysis import wording as vocabulary
from generator.analysis.fingerprint import fingerprint, signature
from generator.analysis.name_keys import skeleton
from generator.analysis.topics import names, pack, terms
from generator.analysis.wording import all_words, wording
from tests.builders import make_article


@pytest.mark.parametrize("name", ["Trump", "Трамп", "טראמפ", "ترامب", "トランプ", "Τραμπ", "ट्रंप"])
def test_a_name_has_the_same_consonants_in_every_script(name: str) -> None:
    assert skeleton(name) == "TRMB"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Then Trump's men left."),
        ("ko", "트럼프가 떠났다."),
        ("ru", "Видели Трампом там."),
        ("ar", "غادر الترامب"),
    ],
)
def test_endings_and_articles_leave_the_key_of_a_name(language: str, text: str) -> None:
    assert "TRMB-" in names(wording(make_article(text, title="", language=language)))


def test_rare_words_are_more_telling_than_common_ones() -> None:
    weights = terms(wording(make_article("the bridge collapsed", title="")))
    assert weights["collaps"] > weights["bridg"] > weights.get("the", 0.0)


def test_numbers_are_keys_in_any_digits() -> None:
    assert names(wording(make_article("١٢٦٬٠٠٠ حالة", title="", language="ar"))).keys() & {"126000"}


def test_packed_keys_ascend_and_have_unit_length() -> None:
    data = pack({"b": 3.0, "a": 4.0})
    keys, weights = np.frombuffer(data[:8], "<u4"), np.frombuffer(data[8:], "<f4")
    assert list(keys) == sorted(keys)
    assert float(weights @ weights) == pytest.approx(1.0)
    assert pack({}) == b""


def test_of_keys_with_one_hash_the_heaviest_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = pack({"a": 4.0, "c": 1.0})
    monkeypatch.setitem(topics._numbers, "b", topics._numbers["a"])
    assert pack({"b": 3.0, "a": 4.0, "c": 1.0}) == pack({"a": 4.0, "b": 3.0, "c": 1.0}) == alone


@pytest.mark.parametrize("limit", range(8))
def test_a_text_is_read_up_to_a_word_even_between_two_blanks(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "LIMIT", limit)
    words = ["Zorbek", "Quaxel", "Brimtok", "Flonder", "Grastik", "Wexomir", "Plantov"]
    text = "{} {}-{}-{} {}, {} {}".format(*words)
    found = terms(wording(make_article(text, title="", language="xx")))
    assert list(found) == [word.lower() for word in words[:limit]]
    expected = {skeleton(word) for word in words[:limit]}
    named = names(wording(make_article(text, title="", language="xx")))
    assert {key for key in named if not key.endswith("-")} == expected


@pytest.mark.parametrize(
    "text",
    ["One, two “three” four-five 6", "Он сказал: «да».", "東京で会議。 Tokyo 2020", "กขค ไทย"],
)
def test_a_fingerprint_is_of_the_words_that_the_analysis_reads(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article(text)
    assert signature(all_words(wording(article).parts[1:])) == fingerprint(article)
    monkeypatch.setattr(vocabulary, "REMEMBERED", 0)
    assert signature(all_words(wording(article).parts[1:])) == fingerprint(article)
