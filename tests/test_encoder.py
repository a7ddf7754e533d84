from collections.abc import Sequence

import numpy as np
import pytest

from generator.analysis.analyse import analyse, analyse_many
from generator.analysis.encoder import Vectors, load_encoder
from generator.errors import UsageError
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
