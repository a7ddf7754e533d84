"""The five texts that the project began with: every name of a small authority found, and no false one."""

import json
from pathlib import Path

from generator.analysis.authority import merge_entities, seed_entities
from generator.analysis.mentions import build_tagger
from generator.model import Entity, EntityId, EntityKind, LanguageCode
from tests.builders import make_article

AUTHORITY = {
    "sergey-lavrov": (EntityKind.PERSON, ("Sergey Lavrov", "Sergei Lavrov")),
    "antony-blinken": (EntityKind.PERSON, ("Antony Blinken",)),
    "john-sullivan": (EntityKind.PERSON, ("John Sullivan",)),
    "volodymyr-zelensky": (EntityKind.PERSON, ("Volodymyr Zelensky",)),
    "nato": (EntityKind.ORGANISATION, ("NATO", "North Atlantic alliance")),
    "reuters": (EntityKind.ORGANISATION, ("Reuters",)),
}
IN_ALL = {"sergey-lavrov", "antony-blinken", "nato", "country-ru", "country-ua", "country-us"}
#: Read off the texts by hand.
EXPECTED = {
    **dict.fromkeys(("000", "001", "002"), IN_ALL | {"john-sullivan", "reuters", "country-by"}),
    "003": IN_ALL | {"volodymyr-zelensky", "reuters", "country-gb"},
    "004": IN_ALL,
}


def test_every_name_is_found_and_no_false_one(shared_data: Path) -> None:
    en = LanguageCode("en")
    own = [
        Entity(id=EntityId(name), kind=kind, names={en: names})
        for name, (kind, names) in AUTHORITY.items()
    ]
    tagger = build_tagger(merge_entities(own, seed_entities([en]), [en]))
    lines = (shared_data / "data/clean-text/seeds/documents.ndjson").read_text("utf-8").splitlines()
    for document in map(json.loads, lines):
        article = make_article(document["text"], title=document["title"] or "Untitled")
        mentions, undecided = tagger.tag(article)
        assert {str(item.entity) for item in mentions} == EXPECTED[document["id"][:3]]
        assert undecided == ()
