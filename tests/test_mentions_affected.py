"""A change of the authority file touches the articles whose mentions it can change, and few others."""

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.affected import Change
from generator.analysis.mentions import build_tagger
from generator.model import Article, ArticleId, Entity, EntityId, EntityKind, LanguageCode
from generator.record import replace
from tests.builders import make_article
from tests.test_mentions_languages import CASES


def entity(name: str, language: str = "en", kind: EntityKind = EntityKind.PERSON) -> Entity:
    return Entity(id=EntityId(name), kind=kind, names={LanguageCode(language): (name,)})


def articles() -> list[Article]:
    bodies = [
        "Ada Lovelace met Charles Babbage in London.",
        "Charles Babbage wrote a letter.",
        "The weather was fine in York.",
        "Lovelace wrote notes.",
    ]
    return [
        make_article(body, title="–", id=ArticleId(f"article-{number}"))
        for number, body in enumerate(bodies)
    ]


def test_adding_an_entity_touches_only_articles_that_hold_its_name() -> None:
    change = Change([entity("Ada Lovelace")])
    assert [change.touches(article) for article in articles()] == [True, False, False, False]


def test_untouched_articles_keep_their_mentions() -> None:
    old = [entity("Charles Babbage"), entity("York", kind=EntityKind.PLACE)]
    new = [*old, entity("Ada Lovelace")]
    change = Change([entity("Ada Lovelace")])
    before, after = build_tagger(old), build_tagger(new)
    for article in articles():
        if not change.touches(article):
            assert before.tag(article) == after.tag(article)


def test_every_inflected_form_is_seen() -> None:
    for language, kind, name, text, _ in CASES:
        article = make_article(text, title="–", language=language)
        assert Change([entity(name, language, EntityKind(kind))]).touches(article), (name, text)


def test_names_in_other_scripts_are_seen_by_their_sound() -> None:
    change = Change([entity("Alexis Tsipras")])
    assert change.touches(make_article("Об этом сказал Алексис Ципрас.", language="ru"))
    assert not change.touches(make_article("Об этом сказал Иван Петров.", language="ru"))


def test_namesake_touches_the_articles_of_the_other() -> None:
    article = articles()[0]
    twin = replace(entity("Ada Lovelace"), id=EntityId("twin"))
    assert Change([twin]).touches(article)
    assert build_tagger([entity("Ada Lovelace"), twin]).tag(article)[1] != ()


def test_no_change_touches_nothing() -> None:
    assert not any(Change([]).touches(article) for article in articles())


WORDS = st.sampled_from(
    [
        "Ada",
        "Lovelace",
        "Лавров",
        "Сергей",
        "Киев",
        "Киева",
        "Praze",
        "Praha",
        "Tusk",
        "Tuskiem",
        "met",
        "and",
        "в",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), st.sampled_from(["en", "ru", "pl", "cs", "uk"]))
def test_whatever_changes_was_touched(words: list[str], language: str) -> None:
    entities = [
        entity("Ada Lovelace"),
        entity("Сергей Лавров", "ru"),
        entity("Киев", "ru", EntityKind.PLACE),
        entity("Praha", "cs", EntityKind.PLACE),
        entity("Donald Tusk", "pl"),
    ]
    article = make_article(" ".join(words), title="–", language=language)
    for number, changed in enumerate(entities):
        others = entities[:number] + entities[number + 1 :]
        if build_tagger(others).tag(article) != build_tagger(entities).tag(article):
            assert Change([changed]).touches(article)
