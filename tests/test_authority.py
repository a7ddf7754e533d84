"""The seeded authority: countries and languages in all interface languages, merged under the corpus's own entries."""

from typing import Any

import pytest

from generator.analysis.authority import complete_entities, merge_entities, seed_entities
from generator.analysis.mentions import build_tagger
from generator.model import Entity, EntityId, EntityKind, LanguageCode
from generator.record import replace
from generator.settings import Settings
from tests.builders import make_article

LANGUAGES = Settings().languages


def place(name: str, id: str = "mine", language: str = "en", **changes: Any) -> Entity:
    entity = Entity(id=EntityId(id), kind=EntityKind.PLACE, names={LanguageCode(language): (name,)})
    return replace(entity, **changes)


def by_id(entities: tuple[Entity, ...]) -> dict[str, Entity]:
    return {str(entity.id): entity for entity in entities}


def test_every_country_has_a_name_in_every_interface_language() -> None:
    seeds = by_id(seed_entities(LANGUAGES))
    countries = [entity for name, entity in seeds.items() if name.startswith("country-")]
    assert len(countries) > 240
    for entity in countries:
        assert set(entity.names) == set(LANGUAGES), entity.id
    assert set(seeds["language-ru"].names) == set(LANGUAGES)


def test_countries_in_the_news_have_adjectives_in_every_interface_language() -> None:
    seeds = by_id(seed_entities(LANGUAGES))
    for code in [
        "us",
        "gb",
        "fr",
        "de",
        "ru",
        "ua",
        "cn",
        "jp",
        "in",
        "br",
        "il",
        "ps",
        "eg",
        "tr",
        "pl",
        "it",
        "es",
        "kr",
        "kp",
        "ir",
    ]:
        assert set(seeds[f"country-{code}"].adjectives) == set(LANGUAGES), code


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("us", "en", "U.S."),
        ("us", "ru", "США"),
        ("gb", "en", "Britain"),
        ("hk", "zh", "香港"),
        ("mm", "en", "Burma"),
        ("ba", "en", "Bosnia and Herzegovina"),
        ("cd", "fr", "République démocratique du Congo"),
        ("nl", "de", "Holland"),
    ],
)
def test_names_that_people_write_are_there(country: str, language: str, name: str) -> None:
    entity = by_id(seed_entities([language]))[f"country-{country}"]
    assert name in entity.names[LanguageCode(language)]


def test_territories_nobody_lives_in_and_unions_are_no_countries() -> None:
    assert not {"country-eu", "country-zz", "country-bv"} & set(by_id(seed_entities(["en"])))


def test_own_entry_with_the_same_id_comes_first_and_keeps_the_seeded_names() -> None:
    own = place("La France", id="country-fr")
    merged = by_id(merge_entities([own], seed_entities(["en", "de"]), ["en", "de"]))["country-fr"]
    assert merged.names[LanguageCode("en")] == ("La France", "France")
    assert merged.names[LanguageCode("de")] == ("Frankreich",)
    assert merged.adjectives[LanguageCode("en")] == ("French",)


def test_own_entry_for_a_country_takes_the_place_of_the_seed() -> None:
    merged = by_id(
        merge_entities([place("France", id="france")], seed_entities(["en", "ru"]), ["en", "ru"])
    )
    assert "country-fr" not in merged
    assert merged["france"].names[LanguageCode("ru")] == ("Франция",)


def test_namesake_of_a_country_is_kept_apart_where_the_entry_says_so() -> None:
    seeds = seed_entities(["en"])
    state = place("Georgia", id="georgia-state", country="US")
    assert {"georgia-state", "country-ge"} <= set(by_id(merge_entities([state], seeds, ["en"])))
    other = place("Georgia", id="state", not_to_be_confused_with=(EntityId("country-ge"),))
    assert {"state", "country-ge"} <= set(by_id(merge_entities([other], seeds, ["en"])))


def test_person_named_like_a_country_is_none() -> None:
    person = replace(place("Chad", id="chad"), kind=EntityKind.PERSON)
    merged = by_id(merge_entities([person], seed_entities(["en"]), ["en"]))
    assert {"chad", "country-td"} <= set(merged)


def test_entry_for_a_well_known_city_gets_its_names_elsewhere() -> None:
    (city,) = complete_entities([place("Warsaw")], ["en", "de", "ru"])
    assert city.names[LanguageCode("de")] == ("Warschau",)
    assert city.names[LanguageCode("ru")] == ("Варшава",)


def test_language_that_contradicts_keeps_an_entry_as_it_is() -> None:
    village = replace(
        place("Warsaw"), names={LanguageCode("en"): ("Warsaw",), LanguageCode("ru"): ("Уорсо",)}
    )
    assert complete_entities([village], ["en", "de", "ru"]) == (village,)


def test_unknown_language_is_no_reason_to_fail() -> None:
    assert seed_entities(["en", "xx", "tlh", "und", "zh-Hant"])


def test_seeds_are_the_same_whatever_the_order_of_languages() -> None:
    assert seed_entities(["en", "ru", "de"]) == seed_entities(["de", "ru", "en", "en"])


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("en", "The French and the U.S. delegations met.", {"country-fr", "country-us"}),
        ("de", "Die polnische Regierung und Frankreichs Präsident.", {"country-pl", "country-fr"}),
        ("fr", "La délégation américaine est en Chine.", {"country-us", "country-cn"}),
        ("es", "El gobierno de EE. UU. y la prensa alemana.", {"country-us", "country-de"}),
        ("ru", "Во Франции ждут британского министра.", {"country-fr", "country-gb"}),
        ("uk", "У Польщі чекають на німецького міністра.", {"country-pl", "country-de"}),
        (
            "ar",
            "زار الوزير الفرنسي مصر وبالسعودية التقى نظيره",
            {"country-fr", "country-eg", "country-sa"},
        ),
        ("he", "השר ביקר בצרפת ובמצרים", {"country-fr", "country-eg"}),
        ("zh", "法国总统访问日本。", {"country-fr", "country-jp"}),
        ("ja", "フランスの大統領が中国を訪れた。", {"country-fr", "country-cn"}),
        ("ko", "프랑스는 일본과 협의했다", {"country-fr", "country-jp"}),
    ],
)
def test_countries_are_found_in_every_interface_language(
    language: str, text: str, country: set[str]
) -> None:
    article = make_article(text, title="–", language=language)
    mentions, _ = build_tagger(seed_entities(LANGUAGES)).tag(article)
    assert {str(item.entity) for item in mentions} == country


def test_name_of_a_language_needs_the_word_for_it() -> None:
    tagger = build_tagger(seed_entities(["en"]))
    said = tagger.tag(make_article("She spoke the Khmer language. A Khmer temple.", title="–"))[0]
    assert [(item.form, str(item.entity)) for item in said] == [("Khmer", "language-km")]
