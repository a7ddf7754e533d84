"""Records with good defaults, for tests that care about one field."""

from typing import Any

from generator.model import Article, ArticleDate, ArticleId, Block, LanguageCode, SourceId


def make_article(text: str = "A first paragraph.\n\nA second one.", **changes: Any) -> Article:
    """An article whose blocks are the paragraphs of `text`, with any field changed."""
    fields: dict[str, Any] = {
        "id": ArticleId("2024-01-02-herald-a-title"),
        "title": "A title",
        "date": ArticleDate(iso="2024-01-02"),
        "source": SourceId("herald"),
        "language": LanguageCode("en"),
        "blocks": tuple(Block(text=part) for part in text.split("\n\n") if part),
    }
    fields |= changes
    fields.setdefault("path", f"articles/2024/{fields['id']}.md")
    return Article(**fields)
