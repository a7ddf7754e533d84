"""Ids of articles, made once."""

from collections.abc import Container
from itertools import count

from generator.corpus.articles import id_date
from generator.model import ArticleDate, ArticleId, SourceId
from generator.text import slug


def make_article_id(
    date: ArticleDate, source: SourceId, title: str, taken: Container[str]
) -> ArticleId:
    """`<date>-<source>-<slug of the title>`; a taken one gets `-2`, `-3` and so on."""
    first = f"{id_date(date)}-{source}-{slug(title)}"
    if first not in taken:
        return ArticleId(first)
    return next(
        ArticleId(name) for number in count(2) if (name := f"{first}-{number}") not in taken
    )


def article_path(identifier: ArticleId) -> str:
    """The file of an article, relative to the corpus."""
    return f"articles/{identifier.split('-', 1)[0]}/{identifier}.md"
