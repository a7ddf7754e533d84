"""Which version is the main one, and in which order versions are told."""

from collections.abc import Iterable
from datetime import UTC, datetime

from generator.model import Article, ArticleDate, ArticleId

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
            -length(article),
            version_order(article)[:2],
            -known(article),
            article.id,
        ),
    ).id


def version_order(article: Article) -> tuple[str, str, ArticleId]:
    """A sort key: by date, the undated last, then by the time of the update, then by id."""
    updated = "" if article.updated is None else moment(article.updated)
    return (moment(article.date), updated, article.id)


def moment(date: ArticleDate) -> str:
    """A date as it sorts: times in UTC, an unknown date last."""
    if not date.iso[:1].isdigit():
        return UNKNOWN_DAY
    if "T" not in date.iso:
        return date.iso
    time = datetime.fromisoformat(date.iso)
    return (time if time.tzinfo is None else time.astimezone(UTC)).isoformat()


def length(article: Article) -> int:
    """Characters of the text, blanks apart: a measure for every script."""
    return sum(len(block.text) - block.text.count(" ") for block in article.blocks)


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
