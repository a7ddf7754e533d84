"""One new entry re-tags the articles that may hold its name, and no other."""

from pathlib import Path

from generator.analysis.mentions import build_tagger
from generator.model import ArticleId, Entity, EntityId, EntityKind, LanguageCode
from generator.pipeline.cache import Cache
from generator.pipeline.edition import edition
from generator.pipeline.naming import name_tokens
from tests.builders import make_article


def person(name: str) -> Entity:
    return Entity(
        id=EntityId(name.lower().replace(" ", "-")),
        kind=EntityKind.PERSON,
        names={LanguageCode("en"): (name,)},
    )


ARTICLES = [
    make_article("Mira Holm spoke.", id=ArticleId("2024-01-02-herald-a")),
    make_article("Otto Brandt was silent.", id=ArticleId("2024-01-02-herald-b")),
    make_article("Nobody was there.", id=ArticleId("2024-01-02-herald-c")),
]
DIGESTS = {article.id: article.id[-1] for article in ARTICLES}
READ = edition({article.id: article for article in ARTICLES}, DIGESTS)


def test_a_new_entry_touches_only_what_may_name_it(tmp_path: Path) -> None:
    one, both = (person("Mira Holm"),), (person("Mira Holm"), person("Otto Brandt"))
    with Cache(tmp_path) as cache:
        first = name_tokens(READ, one, (), cache).digests
        assert name_tokens(READ, one, (), cache).digests == first
        second = name_tokens(READ, both, (), cache).digests
        changed = [name for name in first if first[name] != second[name]]
        assert changed == ["2024-01-02-herald-b"]
        third = name_tokens(READ, one, (), cache).digests
        assert [name for name in first if second[name] != third[name]] == changed


def test_what_is_kept_is_what_would_be_found(tmp_path: Path) -> None:
    one, both = (person("Mira Holm"),), (person("Mira Holm"), person("Otto Brandt"))
    with Cache(tmp_path) as cache:
        first = name_tokens(READ, one, (), cache).digests
        second = name_tokens(READ, both, (), cache).digests
    old, new = build_tagger(one), build_tagger(both)
    for article in ARTICLES:
        if first[article.id] == second[article.id]:
            assert old.tag(article) == new.tag(article)


def test_an_article_keeps_its_token_when_another_joins_its_lot(tmp_path: Path) -> None:
    one, both = (person("Mira Holm"),), (person("Mira Holm"), person("Otto Brandt"))
    more = make_article("Otto Brandt spoke.", id=ArticleId("2024-01-02-herald-d"))
    larger = edition({item.id: item for item in (*ARTICLES, more)}, {**DIGESTS, more.id: "d"})
    with Cache(tmp_path) as cache:
        name_tokens(READ, one, (), cache)
        before = name_tokens(READ, both, (), cache)
        after = name_tokens(larger, both, (), cache)
        assert {name: after.digests[name] for name in before.digests} == before.digests
        assert {lot.digest for lot in after.lots} != {lot.digest for lot in before.lots}
        assert name_tokens(READ, both, (), cache) == before
