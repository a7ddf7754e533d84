"""Corpora of real articles, made at test time from the shared data; none of their text is in the project."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from generator.corpus.ids import make_article_id
from generator.corpus.provenance import write_provenance
from generator.corpus.writer import write_article
from generator.model import (
    Article,
    ArticleDate,
    ArticleId,
    Block,
    Capture,
    CaptureKind,
    LanguageCode,
    Origin,
    ParagraphOrigin,
    Provenance,
    RemovedBlock,
    RemovedKind,
    Rights,
    SourceId,
)
from generator.text import join_lines, normal, paragraph_addresses, slug

#: What the texts themselves do not say: outlet, title where it is missing, kind of capture.
SEEDS = {
    "000": (
        "moscow-times",
        "Russia Not to Blame if War Breaks Out, Lavrov Says",
        CaptureKind.PRINT,
    ),
    "001": (
        "moscow-times",
        "Russia Not to Blame if War Breaks Out, Lavrov Says",
        CaptureKind.PRINT,
    ),
    "002": ("moscow-times", None, CaptureKind.WEB),
    "003": ("new-york-post", None, CaptureKind.WEB),
    "004": ("tass", None, CaptureKind.WEB),
}
SEED_SOURCES = {
    "moscow-times": "The Moscow Times",
    "new-york-post": "New York Post",
    "tass": "TASS",
}
SEED_ENTITIES = [
    {
        "id": "sergey-lavrov",
        "kind": "person",
        "names": {"en": ["Sergey Lavrov", "Sergei Lavrov", "Lavrov"]},
    },
    {"id": "antony-blinken", "kind": "person", "names": {"en": ["Antony Blinken", "Blinken"]}},
    {"id": "nato", "kind": "organisation", "names": {"en": ["NATO", "North Atlantic alliance"]}},
]


def write_seeds(data: Path, corpus: Path) -> dict[str, ArticleId]:
    """The five seeds as a corpus with captures and provenance; gives their ids by number."""
    _write(corpus / "sources.yml", _sources(SEED_SOURCES))
    _write(corpus / "entities" / "people.yml", _yaml(SEED_ENTITIES))
    ids: dict[str, ArticleId] = {}
    for line in (data / "data/clean-text/seeds/documents.ndjson").read_text("utf-8").splitlines():
        document = json.loads(line)
        number = document["id"][:3]
        ids[number] = _write_seed(document, number, corpus, taken=set(ids.values()))
    return ids


def _write_seed(
    document: dict[str, Any], number: str, corpus: Path, taken: set[ArticleId]
) -> ArticleId:
    source, title, kind = SEEDS[number]
    title = title or document["title"]
    date = ArticleDate(iso="2022-01-28")
    identifier = make_article_id(date, SourceId(source), title, taken)
    capture = f"captures/{identifier}/capture.txt"
    raw = document["raw"].encode()
    article = _article(
        identifier,
        title=title,
        subtitle=document["subtitle"] or None,
        date=date,
        source=source,
        language=document["language"],
        text=document["text"],
        capture=Capture(path=capture, sha256=sha256(raw).hexdigest(), kind=kind),
    )
    _write(corpus / article.path, write_article(article))
    (corpus / capture).parent.mkdir(parents=True)
    (corpus / capture).write_bytes(raw)
    provenance = _provenance(article, document["raw"])
    _write(
        corpus / "captures" / identifier / "provenance.json", write_provenance(provenance).decode()
    )
    return identifier


def _provenance(article: Article, raw: str) -> Provenance:
    """Lines of the capture that the text has not are removed: addresses as links, the rest as furniture."""
    assert article.capture is not None
    kept = " ".join(normal(block.text) for block in article.blocks)
    known = {normal(article.title), normal(article.subtitle or "")}
    removed = []
    for number, line in enumerate(raw.split("\n"), start=1):
        text = normal(line)
        if not text or text in kept or text in known:
            continue
        is_link = text.startswith("http")
        removed.append(
            RemovedBlock(
                text=text,
                kind=RemovedKind.LINKS if is_link else RemovedKind.FURNITURE,
                rule="link-list" if is_link else "not-in-text",
                evidence=("decided by hand",),
                origin=Origin(lines=(number, number)),
            )
        )
    paragraphs = tuple(
        ParagraphOrigin(paragraph=address, origin=Origin(lines=_lines(block.text, raw)))
        for address, block in zip(paragraph_addresses(article), article.blocks, strict=True)
    )
    return Provenance(
        capture=article.capture.path,
        sha256=article.capture.sha256,
        paragraphs=paragraphs,
        removed=tuple(removed),
    )


def _lines(text: str, raw: str) -> tuple[int, int]:
    numbers = [
        number
        for number, line in enumerate(raw.split("\n"), start=1)
        if normal(line) and normal(line) in normal(text)
    ]
    return (numbers[0], numbers[-1])


def write_world_news(data: Path, corpus: Path) -> dict[str, ArticleId]:
    """The articles of many languages as a corpus; gives their ids by file name."""
    names: dict[str, str] = {}
    ids: dict[str, ArticleId] = {}
    taken: set[ArticleId] = set()
    for path in sorted((data / "corpora/world-news").glob("*.*.md")):
        _, front, text = path.read_text("utf-8").split("---\n", 2)
        fields = yaml.safe_load(front)
        source = slug(fields["source"].split(" (")[0])
        names[source] = fields["source"]
        date = ArticleDate(iso=str(fields.get("date") or "unknown"))
        identifier = make_article_id(date, SourceId(source), fields["title"], taken)
        taken.add(identifier)
        ids[path.name] = identifier
        article = _article(
            identifier,
            title=fields["title"],
            date=date,
            source=source,
            language=fields["lang"],
            text=text,
            url=fields.get("url"),
            licence=fields.get("licence"),
        )
        _write(corpus / article.path, write_article(article))
    _write(corpus / "sources.yml", _sources(names))
    return ids


def _article(
    identifier: ArticleId, *, text: str, source: str, language: str, **fields: Any
) -> Article:
    year = "undated" if identifier.startswith("undated") else identifier[:4]
    return Article(
        id=identifier,
        path=f"articles/{year}/{identifier}.md",
        source=SourceId(source),
        language=LanguageCode(language),
        blocks=tuple(Block(text=part) for part in _paragraphs(text)),
        rights=Rights.FULL,
        **fields,
    )


def _paragraphs(text: str) -> Iterator[str]:
    for part in text.split("\n\n"):
        joined = join_lines(part)
        if joined:
            yield joined


def _sources(names: dict[str, str]) -> str:
    return _yaml([{"id": name, "name": shown} for name, shown in sorted(names.items())])


def _yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
