"""Mentions: longest names, surnames, acronyms, common words, places in the text, hostile input."""

import pickle
import time
from typing import Any

import pytest

from generator.analysis import mentions as tagging
from generator.analysis import scan
from generator.analysis.mentions import build_tagger
from generator.model import Article, Entity, EntityId, EntityKind, LanguageCode, Mention
from generator.text import segments
from tests.builders import make_article


def make_entity(name: str, kind: str = "person", *, language: str = "en", **changes: Any) -> Entity:
    names = changes.pop("names", {language: (name, *changes.pop("also", ()))})
    return Entity(
        id=EntityId(changes.pop("id", name.lower().replace(" ", "-"))),
        kind=EntityKind(kind),
        names={LanguageCode(code): tuple(forms) for code, forms in names.items()},
        **changes,
    )


def found(article: Article, *entities: Entity) -> list[tuple[str, str, str]]:
    mentions, _ = build_tagger(entities).tag(article)
    return [(mention.form, str(mention.entity), mention.reason) for mention in mentions]


def text(body: str, **changes: Any) -> Article:
    return make_article(body, **({"title": "–"} | changes))


def test_spans_count_in_segments_and_hold_the_form() -> None:
    article = make_article("Nothing here.\n\nThen Ada Lovelace spoke.", title="Ada Lovelace speaks")
    mentions, _ = build_tagger([make_entity("Ada Lovelace")]).tag(article)
    assert [mention.span.segment for mention in mentions] == [0, 2]
    for mention in mentions:
        segment = segments(article)[mention.span.segment]
        assert segment[mention.span.start : mention.span.end] == mention.form == "Ada Lovelace"


def test_longest_name_wins() -> None:
    york, new_york = make_entity("York", "place"), make_entity("New York", "place")
    times = make_entity("New York Times", "organisation")
    article = text("He read the New York Times in New York and in York.")
    assert [form for form, _, _ in found(article, york, new_york, times)] == [
        "New York Times",
        "New York",
        "York",
    ]


def test_surname_means_the_person_named_in_full() -> None:
    article = text("Then Ada Lovelace spoke. Later Lovelace left, and Dr Lovelace wrote.")
    assert found(article, make_entity("Ada Lovelace")) == [
        ("Ada Lovelace", "ada-lovelace", "exact"),
        ("Lovelace", "ada-lovelace", "surname"),
        ("Lovelace", "ada-lovelace", "surname"),
    ]


def test_surname_without_the_full_name_means_nobody() -> None:
    assert found(text("Later Lovelace left."), make_entity("Ada Lovelace")) == []


def test_surname_after_another_first_name_is_somebody_else() -> None:
    article = text("Then Ada Lovelace met Ralph Lovelace.")
    assert found(article, make_entity("Ada Lovelace")) == [
        ("Ada Lovelace", "ada-lovelace", "exact")
    ]


def test_inflected_surname_means_the_person() -> None:
    article = text("Сергей Лавров приехал. С Лавровым говорили долго.", language="ru")
    assert [item[0] for item in found(article, make_entity("Сергей Лавров", language="ru"))] == [
        "Сергей Лавров",
        "Лавровым",
    ]


def test_acronym_in_brackets_stands_for_the_name_after_it() -> None:
    agency = make_entity("Harbour Safety Board", "organisation")
    article = text("The Harbour Safety Board (HSB) met. The HSB said no.")
    assert [item[0] for item in found(article, agency)] == ["Harbour Safety Board", "HSB", "HSB"]


def test_legal_form_may_be_left_out() -> None:
    company = make_entity("Northwind Inc.", "organisation")
    assert [item[0] for item in found(text("Shares of Northwind fell."), company)] == ["Northwind"]


def test_word_that_says_only_what_a_thing_is_needs_the_thing_itself() -> None:
    council = make_entity("Harbour Council", "organisation", also=("council",))
    assert found(text("The council met."), council) == []
    both = found(text("The Harbour Council met. The council voted."), council)
    assert [form for form, _, _ in both] == ["Harbour Council", "council"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Will", "Will he come? They will see."),
        ("May", "In May 2019 the fair opened. It opens on 5 May and in May."),
        ("Orange", "Orange is a colour. An orange boat came."),
        ("Visa", "VISA RULES EASED. A visa is needed."),
    ],
)
def test_common_word_is_not_taken_for_a_name(name: str, sentence: str) -> None:
    assert found(text(sentence), make_entity(name, also=(f"{name} Example",))) == []


def test_common_word_is_a_name_where_its_capital_says_so() -> None:
    company = make_entity("Orange", "organisation")
    assert found(text("The shares of Orange fell."), company) == [("Orange", "orange", "exact")]


def test_common_word_in_doubt_is_reported_not_guessed() -> None:
    person = make_entity("Will", also=("Will Carver",))
    article = text("The mayor thanked Will Carver. Will he come? They will see.")
    mentions, undecided = build_tagger([person]).tag(article)
    assert [mention.form for mention in mentions] == ["Will Carver"]
    assert [(item.form, item.candidates) for item in undecided] == [("Will", ("will",))]


def test_month_is_no_surname_even_beside_the_full_name() -> None:
    article = text("Ondine May spoke in May 2024. Then May left.")
    assert [item[0] for item in found(article, make_entity("Ondine May"))] == ["Ondine May", "May"]


def test_renamed_entity_is_found_by_both_names() -> None:
    person = make_entity("Cat Stevens", also=("Yusuf Islam",))
    article = text("Cat Stevens took another name. Yusuf Islam toured again.")
    assert {entity for _, entity, _ in found(article, person)} == {"cat-stevens"}
    assert len(found(article, person)) == 2


def test_part_of_a_longer_unknown_name_is_left_alone() -> None:
    jordan = make_entity("Jordan", "place")
    assert found(text("They saw Michael Jordan play."), jordan) == []
    assert len(found(text("They flew to Jordan again."), jordan)) == 1


def test_adjectives_mention_a_place_without_naming_it() -> None:
    country = make_entity("France", "place", adjectives={LanguageCode("en"): ("French",)})
    assert found(text("The French minister left."), country) == [("French", "france", "adjective")]


def test_headline_in_title_case_gives_no_evidence_for_common_words() -> None:
    article = make_article("Prices may move.", title="Markets May Fall As Prices Move")
    assert found(article, make_entity("May", also=("Ondine May",))) == []


@pytest.mark.parametrize(
    "name", ["A.*(b", "[x]", "C++ (Ltd)", "\\d+", "$$$", "", "—", "𝕏 Æ", "x" * 5000]
)
def test_hostile_names_do_no_harm(name: str) -> None:
    tagger = build_tagger([make_entity(name, "work", id="it")])
    mentions, _ = tagger.tag(text(f"Then came {name} and left."))
    assert all(mention.form for mention in mentions)


def test_very_long_texts_take_time_in_proportion() -> None:
    entities = [make_entity(f"Alpha Beta Gamma{number}") for number in range(50)]
    tagger = build_tagger(entities)
    body = "Alpha Beta " * 20_000
    start = time.process_time()
    tagger.tag(text(body))
    assert time.process_time() - start < 10


def test_repeated_words_do_not_explode() -> None:
    names = tuple("а " * count + "а" for count in range(1, 19))
    tagger = build_tagger([make_entity("а а", "work", language="ru", id="it", names={"ru": names})])
    start = time.process_time()
    tagger.tag(text("а " * 800, language="ru"))
    assert time.process_time() - start < 10


def test_tagger_survives_pickling_and_does_not_depend_on_order() -> None:
    entities = [make_entity("Ada Lovelace"), make_entity("York", "place")]
    article = text("Ada Lovelace went to York.")
    tagger = build_tagger(entities)
    again = pickle.loads(pickle.dumps(tagger))
    assert tagger.tag(article) == again.tag(article) == build_tagger(entities[::-1]).tag(article)


def test_empty_article_and_empty_authority_give_nothing() -> None:
    assert build_tagger([]).tag(make_article("Words.")) == ((), ())
    assert build_tagger([make_entity("Ada Lovelace")]).tag(make_article("", title="")) == ((), ())


def test_mentions_come_in_the_order_of_the_text() -> None:
    article = text("York, then Ada Lovelace, then York.\n\nAda Lovelace.")
    mentions, _ = build_tagger([make_entity("Ada Lovelace"), make_entity("York", "place")]).tag(
        article
    )
    places = [(mention.span.segment, mention.span.start) for mention in mentions]
    assert places == sorted(places)
    assert all(isinstance(mention, Mention) for mention in mentions)


def test_names_stay_the_same_when_what_was_remembered_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entities = [make_entity("Ada Lovelace"), make_entity("New York", "place")]
    body = "In New York, Ada Lovelace spoke; then Lovelace left New York."
    expected = found(text(body), *entities)
    monkeypatch.setattr(tagging, "REMEMBERED", 0)
    monkeypatch.setattr(scan, "REMEMBERED", 1)
    tagger = build_tagger(entities)
    for _ in range(2):
        mentions, _ = tagger.tag(text(body))
        assert [(item.form, item.entity, item.reason) for item in mentions] == expected
