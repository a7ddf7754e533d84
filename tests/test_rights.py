"""What rights withhold is found nowhere but where an article of full rights says the same."""

import re
from pathlib import Path

import pytest

from tests.sites import Built, build_project, make_project, texts

pytestmark = pytest.mark.slow

SENTENCE = "The zanzaphone of Quillimore played eleven unheard-of notes at dawn."
OPENING = (
    "The town of Quillimore woke early on Tuesday to prepare for the feast that it has held each spring since"
    " the bridge was opened, and the streets were full of people who carried chairs, baskets and lanterns down to"
    " the water, where the mayor and the band were waiting in the rain under a large umbrella."
)


def write(
    corpus: Path, identifier: str, *, rights: str, text: str, title: str = "A feast at Quillimore"
) -> None:
    path = corpus / "articles" / identifier[:4] / f"{identifier}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    source = identifier.split("-")[3]
    path.write_text(
        f"---\ntitle: {title}\ndate: {identifier[:10]}\nsource: {source}\nlanguage: en\nrights: {rights}\n---\n\n{text}\n",
        encoding="utf-8",
    )


@pytest.fixture(scope="module", params=["opening", "metadata"])
def restricted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    config = make_project(tmp_path_factory.mktemp("rights"))
    corpus = config.parent / "corpus"
    corpus.mkdir()
    (corpus / "sources.yml").write_text(
        "- id: gazette\n  name: Gazette\n- id: herald\n  name: Herald\n", encoding="utf-8"
    )
    text = f"{OPENING}\n\n{SENTENCE}\n\n“{SENTENCE}” said the mayor of Quillimore, and 4,321 people clapped."
    write(corpus, "2024-04-02-gazette-a-feast-at-quillimore", rights=request.param, text=text)
    write(
        corpus,
        "2024-04-02-gazette-a-feast-at-quillimore-2",
        rights=request.param,
        text=text + "\n\nUpdated later.",
    )
    write(corpus, "2024-04-03-herald-a-feast-at-quillimore", rights="full", text=text)
    return build_project(config)


def test_the_sentence_is_on_the_twins_pages_only(restricted: Built) -> None:
    twin = "2024-04-03-herald-a-feast-at-quillimore"
    words = re.compile(r"zanzaphone|unheard-of\s+notes", re.IGNORECASE)
    places = {path for path, text in texts(restricted) if words.search(text)}
    assert f"articles/{twin}/index.html" in places
    allowed = re.compile(rf"articles/{twin}/|search/index/|data/|feed|quotations/")
    assert {path for path in places if not allowed.search(path)} == set()
    for path, text in texts(restricted):
        if path in places and path.startswith("data/"):
            for line in text.splitlines():
                if words.search(line):
                    assert twin in line, f"{path}: {line[:200]}"


def test_restricted_pages_show_what_they_may(restricted: Built) -> None:
    page = restricted.page("articles/2024-04-02-gazette-a-feast-at-quillimore/")
    assert "zanzaphone" not in page
    assert "Quillimore" in page
