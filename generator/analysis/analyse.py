"""The analysis of articles: one by one what is cheap alone, all together what is cheap in a batch."""

from collections.abc import Sequence

from generator.analysis.encoder import Encoder, article_vectors
from generator.analysis.figures import figures
from generator.analysis.fingerprint import fingerprint
from generator.analysis.quotations import quotations
from generator.analysis.sentences import sentences
from generator.analysis.topics import names, pack, terms
from generator.model import Analysis, Article


def analyse(article: Article, encoder: Encoder | None = None) -> Analysis:
    """The analysis of one article."""
    return analyse_many([article], encoder)[0]


def analyse_many(
    articles: Sequence[Article], encoder: Encoder | None = None
) -> tuple[Analysis, ...]:
    """The analyses of articles, in order; each depends on its article alone."""
    vectors = article_vectors(articles, encoder)
    return tuple(
        Analysis(
            article=article.id,
            sentences=sentences(article),
            quotations=quotations(article),
            figures=figures(article),
            fingerprint=fingerprint(article),
            vector=vector,
            terms=pack(terms(article)),
            names=pack(names(article)),
        )
        for article, vector in zip(articles, vectors, strict=True)
    )
