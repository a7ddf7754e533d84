"""One new entry re-tags the articles that may hold its name, and no other."""

from pathlib import Path

from generator.analysis.mentions import build_tagger
from generator.model import ArticleId, Entity, EntityId, EntityKind, LanguageCode
from generator.pipeline.cache import Cache
from generator.pipeline.naming import name_digests
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


def test_a_new_entry_touches_only_what_may_name_it(tmp_path: Path) -> None:
    one, both = (person("Mira Holm"),), (person("Mira Holm"), person("Otto Brandt"))
    with Cache(tmp_path) as cache:
        first = name_digests(ARTICLES, DIGESTS, one, (), cache)
        assert name_digests(ARTICLES, DIGESTS, one, (), cache) == first
        second = name_digests(ARTICLES, DIGESTS, both, (), cache)
        changed = [name for name in first if first[name] != second[name]]
        assert changed == ["2024-01-02-herald-b"]
        third = name_digests(ARTICLES, DIGESTS, one, (), cache)
        assert [name for name in first if second[name] != third[name]] == changed


def test_what_is_kept_is_what_would_be_found(tmp_path: Path) -> None:
    one, both = (person("Mira Holm"),), (person("Mira Holm"), person("Otto Brandt"))
    with Cache(tmp_path) as cache:
        first = name_digests(ARTICLES, DIGESTS, one, (), cache)
        second = name_digests(ARTICLES, DIGESTS, both, (), cache)
    old, new = build_tagger(one), build_tagger(both)
    for article in ARTICLES:
        if first[article.id] == second[article.id]:
            assert old.tag(article) == new.tag(article)
