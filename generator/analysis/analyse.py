"""The analysis of articles: one by one what is cheap alone, all together what is cheap in a batch."""

from collections.abc import Sequence
from dataclasses import replace

from generator.analysis.encoder import Encoder, article_vectors, text_vectors
from generator.analysis.figures import figures
from generator.analysis.fingerprint import fingerprint
from generator.analysis.quotations import quotations
from generator.analysis.sentences import sentences
from generator.analysis.statements import statements
from generator.analysis.topics import names, pack, terms
from generator.model import Analysis, Article


def analyse(article: Article, encoder: Encoder | None = None) -> Analysis:
    """The analysis of one article."""
    return analyse_many([article], encoder)[0]


def analyse_many(
    articles: Sequence[Article], encoder: Encoder | None = None
) -> tuple[Analysis, ...]:
    """The analyses of articles, in order; each depends on its article alone."""
    plain = [_without_vectors(article) for article in articles]
    vectors = article_vectors(articles, encoder)
    texts = [
        (article.language, statement.text)
        for article, analysis in zip(articles, plain, strict=True)
        for statement in analysis.statements
    ]
    meanings = iter(text_vectors(texts, encoder))
    return tuple(
        replace(
            analysis, vector=vector, meanings=b"".join(next(meanings) for _ in analysis.statements)
        )
        for analysis, vector in zip(plain, vectors, strict=True)
    )


def _without_vectors(article: Article) -> Analysis:
    found = quotations(article)
    return Analysis(
        article=article.id,
        sentences=sentences(article),
        quotations=found,
        figures=figures(article),
        fingerprint=fingerprint(article),
        terms=pack(terms(article)),
        names=pack(names(article)),
        statements=statements(article, found),
    )
