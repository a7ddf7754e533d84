"""Articles, groups and stories for tests of the pages that compare, and a check of their links."""

import posixpath
import re
from typing import Any

from generator.model import (
    Archive,
    Article,
    ArticleDate,
    ArticleId,
    Capture,
    CaptureKind,
    Entity,
    EntityId,
    EntityKind,
    LanguageCode,
    Mention,
    SourceId,
    Span,
)
from generator.settings import Settings
from generator.text import segments
from generator.views import render_pages
from tests.builders import make_article, with_permalinks

SETTINGS = Settings(
    site_name="Archive", site_url="https://archive.example/", repo_url="https://git.example/a"
)
HREF = re.compile(r'(?:href|url)=(?:"([^"#?]+)|([^\s"#?>]+))')


def article(identifier: str, text: str = "First.\n\nSecond.", **changes: Any) -> Article:
    """An article whose date and outlet are those of its id."""
    date, source = identifier[:10], identifier[11:].split("-")[0]
    fields: dict[str, Any] = {"date": ArticleDate(iso=date), "source": SourceId(source)}
    if "language" in changes:
        changes["language"] = LanguageCode(changes["language"])
    if isinstance(changes.get("date"), str):
        changes["date"] = ArticleDate(iso=changes["date"])
    return make_article(text, id=ArticleId(identifier), **(fields | changes))


def captured(kind: CaptureKind) -> Capture:
    return Capture(path="captures/x", sha256="0" * 64, kind=kind)


def person(identifier: str, **names: str) -> Entity:
    """A person with one name in each language given."""
    return Entity(
        id=EntityId(identifier),
        kind=EntityKind.PERSON,
        names={LanguageCode(code): (name,) for code, name in names.items()},
    )


def mention(of: Article, form: str, entity: str) -> Mention:
    """The first place where a form stands in an article."""
    segment, start = next(
        (number, text.index(form)) for number, text in enumerate(segments(of)) if form in text
    )
    return Mention(
        article=of.id,
        entity=EntityId(entity),
        span=Span(segment=segment, start=start, end=start + len(form)),
        form=form,
        reason="exact",
    )


def files(archive: Archive, settings: Settings = SETTINGS) -> dict[str, str]:
    """Every generated file by its path."""
    return {
        item.path: item.content.decode()
        for item in render_pages(with_permalinks(archive), settings)
        if not item.path.endswith(".gz")
    }


def dead_links(built: dict[str, str], below: str) -> list[str]:
    """Links from the pages below an address that lead to no generated page."""
    pages = {re.sub(r"index\.(md|html)$", "", path) for path in built} | set(built)
    dead = []
    for path, text in built.items():
        if path.startswith(below) and path.endswith((".md", ".html")):
            for quoted, bare in HREF.findall(text.replace("\\", "")):
                href = quoted or bare
                if "://" in href or href.startswith(("mailto:", "/")) or "assets/" in href:
                    continue
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
                if target not in pages and f"{target}/" not in pages and target != ".":
                    dead.append(f"{path}: {href}")
    return dead
