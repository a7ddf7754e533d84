"""The JSON Schemas and the documents are made from what the reader uses, and agree with it."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.corpus.articles import read_article
from generator.corpus.documents import DOCUMENTS, with_tables
from generator.corpus.fields import Form
from generator.corpus.formats import (
    CAPTURE,
    DECISION,
    ENTITY,
    FRONT_MATTER,
    QUOTATION,
    REDIRECT,
    SOURCE,
)
from generator.corpus.lists import read_decisions, read_entities, read_redirects, read_sources
from generator.corpus.nodes import Items, Node, Scalar, Table, compose
from generator.corpus.report import Report
from generator.corpus.schema import schemas
from generator.model import (
    Article,
    Capture,
    Decision,
    Entity,
    QuotationReference,
    Redirect,
    Source,
)
from generator.record import fields

ROOT = Path(__file__).resolve().parent.parent
READERS = {
    "sources": read_sources,
    "entities": read_entities,
    "decisions": read_decisions,
    "redirects": read_redirects,
}
WHO = "  who: Ana\n  when: 2024-05-01\n  why: Seen\n"


def as_json(node: Node | None) -> Any:
    """What an editor with a YAML 1.2 reader sees."""
    if isinstance(node, Table):
        return {as_json(key): as_json(value) for key, value in node.pairs}
    if isinstance(node, Items):
        return [as_json(item) for item in node.nodes]
    assert isinstance(node, Scalar)
    if node.plain and re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", node.text):
        return json.loads(node.text)
    if node.plain and node.text in {"", "null", "true", "false"}:
        return json.loads(node.text or "null")
    return node.text


def schema_accepts(name: str, text: str) -> bool:
    schema = json.loads(schemas()[f"{name}.json"])
    value = as_json(compose(text, Report("")))
    return bool(jsonschema.Draft202012Validator(schema).is_valid(value))


def reader_accepts(name: str, text: str) -> bool:
    report = Report("")
    if name == "article":
        path = "articles/2024/2024-01-02-herald-a-title.md"
        return (
            read_article(f"---\n{text}---\nText".encode(), path, report) is not None
            and not report.problems
        )
    READERS[name](text.encode(), "", report)
    return not report.problems


ARTICLE = "title: A\ndate: 2024-01-02\nsource: herald\nlanguage: en\n"
VALID = [
    ("article", ARTICLE),
    ("article", ARTICLE + "authors: Ana\nurl: https://example.org/a?b#c\nupdated: 2024\nplace: '12:30'\n"),
    ("article", ARTICLE + "authors: [Ana, Bo]\nupdated: 2024-01-03T10:00:00+03:00\nlicence: CC0-1.0\n"),
    ("article", ARTICLE + "status: withdrawn\nreason: An error\n"),
    ("article", ARTICLE + "status: withdrawn\nreason: An error\nwithdrawn: 2024-03\n"),
    ("article", ARTICLE + f"capture: {{path: captures/a/b.html, sha256: {'ab' * 32}, kind: web}}\n"),
    ("sources", "- id: herald\n  name: The Herald\n  names: {de: Herold, zh-Hant: 先驅}\n  country: GB\n  rights: opening\n"),
    ("entities", "- id: oslo\n  kind: place\n  names: {en: Oslo, 'no': [Oslo, Kristiania]}\n  coordinates: [59.9, 10.7]\n  born: 1048\n"),
    ("decisions", f"- decision: same-story\n  articles: [a, b]\n{WHO}"),
    ("decisions", f"- decision: main-version\n  articles: [a]\n{WHO}"),
    ("decisions", f"- decision: is-entity\n  article: a\n  text: Oslo\n  entity: oslo\n{WHO}"),
    ("decisions", f"- decision: same-quotation\n  quotations: [{{article: a, text: Well}}, {{article: b, text: Gut}}]\n{WHO}"),
    ("redirects", "- from: a-b\n  to: a-c\n"),
]  # fmt: skip
BROKEN = [
    ("article", ARTICLE.replace("title: A\n", "")),
    ("article", ARTICLE.replace("title: A\n", "title: 7\n")),
    ("article", ARTICLE.replace("title: A\n", "title:\n")),
    ("article", ARTICLE.replace("2024-01-02", "02.01.2024")),
    ("article", ARTICLE.replace("2024-01-02", "2024-01-02T10:00:00 MSK")),
    ("article", ARTICLE.replace("herald", "The Herald")),
    ("article", ARTICLE.replace("en\n", "english\n")),
    ("article", ARTICLE + "author: Ana\n"),
    ("article", ARTICLE + "authors: []\n"),
    ("article", ARTICLE + "url: javascript:alert(1)\n"),
    ("article", ARTICLE + "rights: some\n"),
    ("article", ARTICLE + "status: withdrawn\n"),
    ("article", ARTICLE + "reason: An error\n"),
    ("article", ARTICLE + "withdrawn: 2024-03-05\n"),
    ("article", ARTICLE + f"capture: {{path: ../a, sha256: {'ab' * 32}, kind: web}}\n"),
    ("article", ARTICLE + "capture: {path: captures/a/b.html}\n"),
    ("sources", "- id: herald\n"),
    ("sources", "id: herald\nname: The Herald\n"),
    ("sources", "- id: herald\n  name: The Herald\n  country: uk\n"),
    ("entities", "- id: oslo\n  kind: town\n  names: {en: Oslo}\n"),
    ("entities", "- id: oslo\n  kind: place\n  names: {}\n"),
    ("entities", "- id: oslo\n  kind: place\n  names: {english: Oslo}\n"),
    ("entities", "- id: oslo\n  kind: place\n  names: {en: Oslo}\n  coordinates: [95, 0]\n"),
    ("entities", "- id: oslo\n  kind: place\n  names: {en: Oslo}\n  wikidata: 585\n"),
    ("decisions", "- decision: same-story\n  articles: [a, b]\n"),
    ("decisions", f"- decision: same-story\n  articles: [a]\n{WHO}"),
    ("decisions", f"- decision: main-version\n  articles: [a, b]\n{WHO}"),
    ("decisions", f"- decision: is-entity\n  articles: [a, b]\n{WHO}"),
    ("redirects", "- from: a-b\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), VALID)
def test_schema_and_reader_accept(name: str, text: str) -> None:
    assert reader_accepts(name, text)
    assert schema_accepts(name, text)


@pytest.mark.parametrize(("name", "text"), BROKEN)
def test_schema_and_reader_refuse(name: str, text: str) -> None:
    assert not reader_accepts(name, text)
    assert not schema_accepts(name, text)


def test_committed_schemas_are_current_and_valid() -> None:
    folder = ROOT / "corpus" / "schema"
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert committed == schemas(), "run: python -m generator.corpus.schema"
    for text in committed.values():
        jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_tables_in_the_documents_are_current(document: Path) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert with_tables(text) == text, "run: python -m generator.corpus.schema"


@pytest.mark.parametrize(
    ("form", "record", "elsewhere"),
    [
        (FRONT_MATTER, Article, {"id", "path", "blocks"}),
        (CAPTURE, Capture, set()),
        (SOURCE, Source, set()),
        (ENTITY, Entity, set()),
        (QUOTATION, QuotationReference, set()),
        (REDIRECT, Redirect, set()),
    ],
)
def test_keys_are_the_fields_of_the_records(form: Form, record: Any, elsewhere: set[str]) -> None:
    keys = {field.attribute or field.name for field in form.values()}
    assert keys == {field.name for field in fields(record)} - elsewhere


def test_keys_of_decisions_are_the_fields_of_the_record() -> None:
    keys = {field.attribute or field.name for field in DECISION.values()} - {"article"}
    assert keys == {field.name for field in fields(Decision)} - {"path", "line"}


def test_examples_of_the_documents_are_accepted() -> None:
    text = (ROOT / DOCUMENTS[1]).read_text(encoding="utf-8")
    entity, decisions = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert reader_accepts("entities", entity)
    assert reader_accepts("decisions", decisions)
    (source,) = re.findall(
        r"```yaml\n(.*?)```", (ROOT / DOCUMENTS[0]).read_text(encoding="utf-8"), re.DOTALL
    )
    assert reader_accepts("sources", source)


def test_the_template_is_a_good_article_that_names_its_schema() -> None:
    data = (ROOT / "corpus" / "_template.md").read_bytes()
    report = Report("")
    article = read_article(data, "articles/2024/2024-12-31-id-of-the-outlet-words.md", report)
    assert article is not None
    assert report.problems == []
    (schema,) = re.findall(r"yaml-language-server: \$schema=(\S+)", data.decode())
    assert (ROOT / "corpus" / "articles" / "2024" / schema).resolve().is_file()


def test_pre_commit_runs_only_what_is_installed() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    entries = [hook["entry"].split()[0] for hook in config["repos"][0]["hooks"]]
    assert all(entry.startswith(".venv/bin/") for entry in entries)
