"""Which version is the main one, and in which order versions are told."""

from collections.abc import Iterable

from generator.model import Article, ArticleId, Block
from generator.text import words

UNKNOWN_DAY = "9999"


def main_version(members: Iterable[Article]) -> ArticleId:
    """The longest text from the original outlet; then the earliest, the best described, the smaller id.

    The original outlet is that of the earliest version.
    """
    ordered = sorted(members, key=version_order)
    original = ordered[0].source
    ours = [article for article in ordered if article.source == original]
    return min(
        ours,
        key=lambda article: (
            -length(article.blocks),
            version_order(article)[0],
            -known(article),
            article.id,
        ),
    ).id


def version_order(article: Article) -> tuple[str, ArticleId]:
    """A sort key: by date, the undated last, then by id."""
    day = article.date.iso
    return (day if day[:1].isdigit() else UNKNOWN_DAY, article.id)


def length(blocks: Iterable[Block]) -> int:
    """Words of a text."""
    return sum(len(words(block.text)) for block in blocks)


def known(article: Article) -> int:
    """How much of the metadata is there."""
    fields = (
        article.subtitle,
        article.authors,
        article.agency,
        article.place,
        article.url,
        article.canonical_url,
        article.section,
        article.updated,
        article.captured,
        article.capture,
    )
    return sum(bool(value) for value in fields)
