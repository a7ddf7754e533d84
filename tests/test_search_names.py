"""The table of names: spelling → entity, in files that the page finds by the first letters."""

import gzip
import json
from typing import Any

import pytest

from generator.analysis.names import variants
from generator.model import Entity, EntityId, EntityKind, LanguageCode
from generator.site.search_files import spread
from generator.site.search_names import MOST_OWNERS, key_of, name_table, spelling


def entity(name: str, kind: EntityKind = EntityKind.PERSON, **names: str) -> Entity:
    return Entity(
        id=EntityId(name),
        kind=kind,
        names={LanguageCode(language): (written,) for language, written in names.items()},
    )


def look_up(entities: list[Entity], name: str) -> dict[str, str]:
    """The entities that have a spelling, each with what it is to them."""
    found: dict[str, str] = file_of(entities, name)["spellings"].get(spelling(name), {})
    return found


def file_of(entities: list[Entity], name: str) -> dict[str, Any]:
    """The file that tells of a spelling, an empty one if the page knows that none does."""
    table = name_table(entities, address=lambda one: f"entities/{one}/", variants=variants)
    letters, *files = table
    told = json.loads(letters.content)
    assert told["files"] == len(files)
    written = spelling(name)
    key = key_of(written)
    if (key[1:] or ".") not in told["letters"].get(key[0], ""):
        return {"entities": {}, "spellings": {}, "words": {}}
    file: dict[str, Any] = json.loads(gzip.decompress(files[spread(key, len(files))].content))
    return file


ORLOVA = entity("anna-orlova", en="Anna Orlova", ru="Анна Орлова", zh="安娜·奥尔洛娃")


def test_a_person_is_found_by_the_whole_name_and_by_the_family_name_in_every_script() -> None:
    for name in ("Anna Orlova", "анна орлова", "ANNA  ORLOVA", "安娜·奥尔洛娃"):
        assert look_up([ORLOVA], name) == {"anna-orlova": "name"}
    for name in ("Orlova", "Орлова", "奥尔洛娃"):
        assert look_up([ORLOVA], name) == {"anna-orlova": "part"}
    assert look_up([ORLOVA], "Anna") == {}


def test_spellings_that_other_conventions_give_a_name_are_in_the_table() -> None:
    assert look_up([entity("x", ru="Сергей Волков")], "Wolkow") == {"x": "part"}


def test_places_are_not_cut_into_words() -> None:
    assert look_up([entity("new-haven", EntityKind.PLACE, en="New Haven")], "Haven") == {}


def test_a_word_within_a_name_tells_whose_it_is_but_the_shortest_do_not() -> None:
    bay = entity("bay", EntityKind.PLACE, en="Bay of New Haven", ru="Залив Нового порта")
    for word in ("new", "haven", "порта", "порт", "porta"):
        file = file_of([ORLOVA, bay], word)
        told = [ids for written, ids in file["words"].items() if written.startswith(word)]
        assert told == [["bay"]]
        assert file["entities"]["bay"]["names"]["en"] == ["Bay of New Haven"]
    for word in ("bay", "of", "orlova"):
        assert word not in file_of([ORLOVA, bay], word)["words"]


def test_of_very_many_with_a_word_those_named_in_most_languages_are_told() -> None:
    many = [entity(f"i{n}", EntityKind.PLACE, en=f"North{n} Island") for n in range(MOST_OWNERS)]
    known = entity("z", EntityKind.PLACE, en="Long Island", fr="Long Island")
    told = file_of([*many, known], "Island")["words"]["island"]
    assert told[0] == "z"
    assert len(told) == MOST_OWNERS


def test_a_name_of_several_has_all_its_owners() -> None:
    other = entity("boris-orlova", en="Boris Orlova")
    assert look_up([other, ORLOVA], "orlova") == {"anna-orlova": "part", "boris-orlova": "part"}


def test_marks_case_and_interchangeable_letters_make_no_difference() -> None:
    assert spelling("Šárka  Nováková-Ĳ") == "sarka novakova ij"
    assert spelling("کتاب ۱۲") == spelling("كتاب 12")
    assert spelling("…") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("चन्द्र", "चंद्र"), ("हिन्\u200dदी", "हिंदी"), ("फ़िल्म", "फिल्म"), ("চট্টগ্রাম সঙ্ঘ", "চট্টগ্রাম সংঘ"), ("قناه السويس", "قناة السويس"), ("सिरिया", "सीरिया"), ("পুতিন", "পূতিন")],
)  # fmt: skip
def test_ways_to_write_one_name_are_one_spelling(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(("one", "other"), [("सूर्य", "सीरिया"), ("सम्मान", "समान")])
def test_vowels_and_doubled_letters_tell_names_apart(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)


def test_neighbours_of_scripts_with_many_letters_share_a_file() -> None:
    assert key_of("安娜") == key_of("安") == "宀"
    assert key_of("anna") == "an"
    assert key_of("a") == "a"


def test_the_table_is_the_same_in_whatever_order_the_entities_come() -> None:
    other = entity("zed", en="Zed Orlova")
    one, two = (
        name_table(order, address=lambda item: f"entities/{item}/", variants=variants)
        for order in ([ORLOVA, other], [other, ORLOVA])
    )
    assert one == two
