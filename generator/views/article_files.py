"""The record and the plain text beside the page of each article."""

import json
from hashlib import sha256

from generator.model import Article, BlockKind, Rights
from generator.settings import Settings
from generator.text import body_text
from generator.views.article_view import ArticleView
from generator.views.cite import permanent_url
from generator.views.interface import interface
from generator.views.reasons import reasons_text
from generator.views.rights import visible_blocks

#: How the corpus marks the structure of a text.
MARKS = {
    BlockKind.HEADING: "## ",
    BlockKind.SUBHEADING: "### ",
    BlockKind.ITEM: "- ",
    BlockKind.QUOTE: "> ",
}


def article_text(view: ArticleView) -> bytes:
    """The text, as much of it as may be shown, with its headline; the structure as in the corpus."""
    blocks = visible_blocks(view.article, view.rights)
    parts = [view.article.title, *(MARKS.get(block.kind, "") + block.text for block in blocks)]
    return ("\n\n".join(parts) + "\n").encode()


def article_json(view: ArticleView, settings: Settings) -> bytes:
    """Everything the page says besides the text, for programs; what is empty is left out.

    `text_sha256` is of the whole text, shown or not; `paragraphs` are the addresses of those that are shown.
    """
    article = view.article
    shown = len(visible_blocks(article, view.rights))
    data: dict[str, object] = {
        **article_fields(article),
        "rights": view.rights.value,
        "permalink": permanent_url(article, settings),
        "text_sha256": sha256(body_text(article).encode()).hexdigest(),
        "paragraphs": view.paragraphs[:shown],
        "entities": [card.id for card in view.names],
        "versions": [
            {"id": item.card.id, "relation": item.relation.value if item.relation else "main"}
            for item in view.versions
        ],
        "story": view.story,
        "related": _related(view),
        "quotations": [
            {"group": item.group, "carried_by": len(item.others) + 1} for item in view.quotations
        ],
    }
    told = {name: value for name, value in data.items() if value not in (None, (), [], "")}
    return (json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _related(view: ArticleView) -> list[dict[str, object]]:
    english = interface("en")
    return [
        {
            "id": item.card.id,
            "relation": item.relation.value,
            "reasons": reasons_text(english, item.reasons, view.related_names),
        }
        for item in view.related
    ]


def article_fields(article: Article) -> dict[str, object]:
    """The front matter of an article, flat, in the order of the corpus format."""
    return {
        "id": article.id,
        "title": article.title,
        "subtitle": article.subtitle,
        "date": article.date.iso,
        "updated": article.updated.iso if article.updated else None,
        "source": article.source,
        "language": article.language,
        "authors": list(article.authors),
        "agency": article.agency,
        "place": article.place,
        "section": article.section,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "captured": article.captured.iso if article.captured else None,
        "capture_sha256": article.capture.sha256 if article.capture else None,
        "licence": article.licence,
        "translation_of": article.translation_of,
    }


def text_is_shown(rights: Rights) -> bool:
    """Whether there is any text to offer."""
    return rights is not Rights.METADATA
