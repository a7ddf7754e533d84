"""The analysis of articles: one by one, but for the meaning of texts, which is worked out for many at once."""

from collections.abc import Sequence
from itertools import islice

from generator.analysis.encoder import Encoder, encoded_text, text_vectors
from generator.analysis.figures import figures
from generator.analysis.fingerprint import signature
from generator.analysis.quotations import quotations
from generator.analysis.scripts import script
from generator.analysis.sentences import sentences
from generator.analysis.statements import statements
from generator.analysis.topics import names, pack, terms
from generator.analysis.wording import all_words, wording
from generator.model import Analysis, Article, LanguageCode
from generator.record import record, replace
from generator.text import set_apart, words_address


@record
class Telling:
    """What is encoded of an article: its title and beginning, then its statements."""

    language: LanguageCode
    texts: tuple[str, ...]


@record
class Meaning:
    """The vectors of an article and of its statements, as an analysis keeps them."""

    vector: bytes
    meanings: bytes


def analyse(article: Article, encoder: Encoder | None = None) -> Analysis:
    """The analysis of one article."""
    return analyse_many([article], encoder)[0]


def analyse_many(
    articles: Sequence[Article], encoder: Encoder | None = None
) -> tuple[Analysis, ...]:
    """The analyses of articles, in order; each depends on its article alone."""
    plain = [without_meaning(article) for article in articles]
    told = [telling(article, analysis) for article, analysis in zip(articles, plain, strict=True)]
    return tuple(map(with_meaning, plain, meanings(told, encoder)))


def without_meaning(article: Article) -> Analysis:
    """The analysis of one article but for its vectors."""
    found, read = quotations(article), wording(article)
    return Analysis(
        article=article.id,
        sentences=sentences(article),
        quotations=found,
        figures=figures(article),
        fingerprint=signature(all_words(read.parts[1:])),
        terms=pack(terms(read)),
        names=pack(names(read)),
        statements=statements(article, found),
        paragraphs=" ".join(set_apart(words_address(all_words([part])) for part in read.parts[1:])),
        script=script(article),
    )


def telling(article: Article, analysis: Analysis) -> Telling:
    """What is encoded of an article."""
    texts = (encoded_text(article), *(statement.text for statement in analysis.statements))
    return Telling(language=article.language, texts=texts)


def meanings(told: Sequence[Telling], encoder: Encoder | None) -> tuple[Meaning, ...]:
    """The vectors of articles, in order; empty where the encoder cannot tell."""
    texts = [(item.language, text) for item in told for text in item.texts]
    vectors = iter(text_vectors(texts, encoder))
    own = [list(islice(vectors, len(item.texts))) for item in told]
    return tuple(Meaning(vector=first, meanings=b"".join(rest)) for first, *rest in own)


def with_meaning(analysis: Analysis, meaning: Meaning) -> Analysis:
    """The analysis with its vectors."""
    return replace(analysis, vector=meaning.vector, meanings=meaning.meanings)
