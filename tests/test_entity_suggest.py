"""`variorum entity suggest`: names that the authority file does not know, for a person to judge."""

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from generator.analysis.unknown import Suggestion, Unknown, suggest, unknown_names
from generator.cli import main
from generator.errors import UsageError
from generator.model import ArticleId, Entity, EntityId, EntityKind, LanguageCode, Span
from generator.pipeline.recognisers import gliner_recogniser, load_recogniser, spacy_recogniser
from generator.record import fields
from tests.builders import make_article


def names(text: str, language: str = "en", known: tuple[Span, ...] = ()) -> list[tuple[str, str]]:
    found = unknown_names(make_article(text, title="–", language=language), known)
    return [(item.form, item.evidence) for item in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Yesterday Maria Oduya spoke. Then she left.", [("Maria Oduya", "capitals")]),
        (
            "en",
            "Then President Oduya left for Port Harbin.",
            [("Oduya", "capitals"), ("Port Harbin", "capitals")],
        ),
        ("en", "The minister came on Monday in March.", []),
        ("ru", "Вчера Мария Одуева выступила.", [("Мария Одуева", "capitals")]),
        ("de", "Gestern sprach Maria Oduya im Garten.", [("Maria Oduya", "capitals")]),
        ("ja", "きのう山本一郎氏が話した。", [("山本一郎", "title")]),
        ("zh", "昨天安娜·佩特罗娃讲话。", [("安娜·佩特罗娃", "script")]),
        ("ko", "어제 박민수 장관이 말했다", [("박민수", "title")]),
        ("ar", "التقى الرئيس سمير حداد اليوم", [("سمير حداد", "title")]),
    ],
)
def test_names_are_found_by_capitals_titles_and_script(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert names(text, language) == expected


def test_known_names_are_left_out() -> None:
    span = Span(segment=1, start=10, end=21)
    assert names("Yesterday Maria Oduya spoke.", known=(span,)) == []


def test_what_a_model_takes_for_a_name_is_a_candidate_too() -> None:
    article = make_article("then maria spoke.", title="–")
    found = unknown_names(article, (), [Span(segment=1, start=5, end=10)])
    assert [(item.form, item.evidence) for item in found] == [("maria", "model")]


def unknown(form: str, article: str, language: str = "en") -> Unknown:
    return Unknown(
        article=ArticleId(article),
        language=LanguageCode(language),
        form=form,
        evidence="capitals",
        context=f"… [{form}] …",
    )


def test_inflected_and_differently_spelled_forms_are_one_suggestion() -> None:
    found = [
        unknown("Иван Одуев", "a", "ru"),
        unknown("Ивана Одуева", "b", "ru"),
        unknown("Ivan Oduev", "c"),
        unknown("Iwan Oduew", "d", "de"),
        unknown("Rare One", "d"),
    ]
    (suggestion,) = suggest(found, [], least=2)
    assert suggestion.articles == 4
    assert {form for form, _ in suggestion.forms} == {item.form for item in found[:4]}
    assert suggestion.languages == ("de", "en", "ru")


def test_other_spelling_of_a_known_name_says_so() -> None:
    lavrov = Entity(
        id=EntityId("lavrov"),
        kind=EntityKind.PERSON,
        names={LanguageCode("en"): ("Sergei Lavrov",)},
    )
    found = [unknown("Lawrow", "a", "de"), unknown("Lawrow", "b", "de")]
    assert suggest(found, [lavrov])[0].sounds_like == ("lavrov",)


def test_most_articles_come_first_and_order_does_not_matter() -> None:
    found = [
        unknown(form, article)
        for form, article in [
            ("B", "a"),
            ("B", "b"),
            ("A", "a"),
            ("A", "b"),
            ("C", "a"),
            ("C", "b"),
            ("C", "c"),
        ]
    ]
    assert [item.name for item in suggest(found, [])] == ["C", "A", "B"]
    assert [item.name for item in suggest(found[::-1], [])] == ["C", "A", "B"]


def test_command_lists_names_of_the_corpus(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sources.yml").write_text("- {id: herald, name: Herald}\n", encoding="utf-8")
    folder = tmp_path / "articles" / "2024"
    folder.mkdir(parents=True)
    for number in (1, 2):
        (folder / f"2024-01-0{number}-herald-a.md").write_text(
            f'---\ntitle: "News"\ndate: 2024-01-0{number}\nsource: herald\nlanguage: en\n---\n\n'
            "Yesterday Maria Oduya spoke in France.\n",
            encoding="utf-8",
        )
    arguments = ["entity", "suggest", "--corpus", str(tmp_path), "--config", "none.yml"]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("Maria Oduya  (2 articles; en; capitals)")
    assert main([*arguments, "--json"]) == 0
    (only,) = json.loads(capsys.readouterr().out)
    assert only["name"] == "Maria Oduya"
    assert set(only) == {field.name for field in fields(Suggestion)}


def test_spacy_pipeline_is_read_at_its_seam() -> None:
    entity = SimpleNamespace(start_char=5, end_char=10, label_="PER")
    number = SimpleNamespace(start_char=0, end_char=4, label_="CARDINAL")
    recognise = spacy_recogniser(lambda text: SimpleNamespace(ents=[number, entity]))
    assert list(recognise("then Maria", "en")) == [(5, 10)]


def test_gliner_model_is_read_at_its_seam() -> None:
    class Model:
        def predict_entities(
            self, text: str, labels: list[str], threshold: float
        ) -> list[dict[str, object]]:
            assert "person" in labels
            return [{"start": text.index("Maria"), "end": len(text), "score": threshold}]

    assert list(gliner_recogniser(Model())("then Maria", "en")) == [(5, 10)]


def test_model_is_loaded_by_package_and_name(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("spacy")
    package.load = lambda name: lambda text: SimpleNamespace(ents=[])  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "spacy", package)
    assert list(load_recogniser("spacy:any")("text", "en")) == []


def test_model_that_is_not_there_names_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gliner", None)
    with pytest.raises(UsageError, match=r"variorum\[ner\]"):
        load_recogniser("gliner:any")
    with pytest.raises(UsageError, match="spacy:NAME"):
        load_recogniser("any")
