"""Namesakes are kept apart by what the article says, or left undecided."""

from typing import Any

from generator.analysis.mentions import build_tagger
from generator.model import Entity, EntityId, EntityKind, LanguageCode
from tests.builders import make_article


def entity(
    name: str, kind: EntityKind, names: dict[str, tuple[str, ...]], **changes: Any
) -> Entity:
    return Entity(
        id=EntityId(name),
        kind=kind,
        names={LanguageCode(code): forms for code, forms in names.items()},
        **changes,
    )


PERSON, PLACE, WORK = EntityKind.PERSON, EntityKind.PLACE, EntityKind.WORK
ORGANISATION = EntityKind.ORGANISATION

MAYOR = entity("mayor", PERSON, {"en": ("Ann Smith",)}, hints=("mayor", "town hall"))
RUNNER = entity("runner", PERSON, {"en": ("Ann Smith",)}, hints=("marathon",))


def outcome(
    body: str, *entities: Entity, language: str = "en"
) -> tuple[list[str], list[tuple[str, ...]]]:
    """The entities mentioned, and the candidates of what is undecided."""
    article = make_article(body, title="–", language=language)
    mentions, undecided = build_tagger(entities).tag(article)
    return [str(item.entity) for item in mentions], [item.candidates for item in undecided]


def test_two_namesakes_without_context_stay_undecided() -> None:
    assert outcome("Then Ann Smith spoke.", MAYOR, RUNNER) == ([], [("mayor", "runner")])


def test_hints_of_the_entry_decide() -> None:
    assert outcome("Ann Smith won the marathon.", MAYOR, RUNNER) == (["runner"], [])
    assert outcome("At the town hall Ann Smith spoke.", MAYOR, RUNNER) == (["mayor"], [])


def test_hints_for_both_decide_nothing() -> None:
    assert outcome("The mayor saw Ann Smith win the marathon.", MAYOR, RUNNER)[0] == []


def test_reason_tells_that_context_decided() -> None:
    article = make_article("Ann Smith won the marathon.", title="–")
    mentions, _ = build_tagger([MAYOR, RUNNER]).tag(article)
    assert [item.reason for item in mentions] == ["context"]


def test_surname_of_two_people_in_the_article_stays_undecided() -> None:
    ann, bob = (
        entity("ann", PERSON, {"en": ("Ann Smith",)}),
        entity("bob", PERSON, {"en": ("Bob Smith",)}),
    )
    mentioned, undecided = outcome("Ann Smith met Bob Smith. Then Smith left.", ann, bob)
    assert mentioned == ["ann", "bob"]
    assert undecided == [("ann", "bob")]


CITY = entity("lincoln-city", PLACE, {"en": ("Lincoln",)})
LINCOLN = entity("lincoln-person", PERSON, {"en": ("Abraham Lincoln",)})


def test_place_that_is_also_a_surname_is_a_place_where_nobody_bears_it() -> None:
    assert outcome("They moved to Lincoln in spring.", CITY, LINCOLN) == (["lincoln-city"], [])


def test_surname_wins_over_the_place_where_the_person_is_named() -> None:
    mentioned, _ = outcome("Abraham Lincoln spoke. Later President Lincoln left.", CITY, LINCOLN)
    assert mentioned == ["lincoln-person", "lincoln-person"]


def test_place_wins_over_the_surname_after_a_word_that_leads_to_places() -> None:
    mentioned, _ = outcome("Abraham Lincoln spoke in Lincoln.", CITY, LINCOLN)
    assert mentioned == ["lincoln-person", "lincoln-city"]


def test_word_of_its_kind_beside_the_name_decides() -> None:
    river = entity("amber-river", PLACE, {"en": ("Amber",)})
    firm = entity("amber-firm", ORGANISATION, {"en": ("Amber",)})
    assert outcome("They crossed the river Amber at noon.", river, firm) == (["amber-river"], [])
    assert outcome("They work for the company Amber now.", river, firm) == (["amber-firm"], [])


def test_heading_wins_over_a_mere_variant() -> None:
    capital = entity("brussels", PLACE, {"en": ("Brussels",)})
    union = entity("union", ORGANISATION, {"en": ("European Union", "Brussels")})
    assert outcome("They met near Brussels.", capital, union) == (["brussels"], [])


def test_other_names_of_an_entity_in_the_article_speak_for_it() -> None:
    north = entity("north", ORGANISATION, {"en": ("Northern Steel", "NS")})
    other = entity("other", ORGANISATION, {"en": ("National Sugar", "NS")})
    assert outcome("Northern Steel fell. Shares of NS rose.", north, other)[0] == ["north", "north"]
    assert outcome("Shares of NS rose.", north, other) == ([], [("north", "other")])


def test_work_gives_way_to_what_it_is_called_after() -> None:
    firm = entity("firm", ORGANISATION, {"en": ("Marble",)})
    film = entity("film", WORK, {"en": ("Marble",)})
    assert outcome("Shares of Marble fell.", firm, film) == (["firm"], [])


def test_namesakes_in_another_language_are_kept_apart_too() -> None:
    first = entity("first", PERSON, {"ru": ("Иван Петров",)}, hints=("завод",))
    second = entity("second", PERSON, {"ru": ("Иван Петров",)}, hints=("театр",))
    assert outcome("С Иваном Петровым встретился завод.", first, second, language="ru") == (
        ["first"],
        [],
    )
    assert outcome("Встретились с Иваном Петровым.", first, second, language="ru") == (
        [],
        [("first", "second")],
    )
