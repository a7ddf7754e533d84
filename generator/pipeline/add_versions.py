"""Whether the corpus has an article already, or a version of it, and why that is so."""

from generator.linking.compare import compare
from generator.linking.profile import profile
from generator.linking.relations import relate
from generator.model import Article, ArticleId, Corpus, Provenance, Relation, VerdictKind, record
from generator.text import base_language, words

#: Runs of this many words make two articles of different text related, from this many shared ones on.
RUN, SHARED = 4, 6
ORDER = (
    Relation.IDENTICAL,
    Relation.RECAPTURE,
    Relation.REVISION,
    Relation.SYNDICATED,
    Relation.EXCERPT,
    Relation.RELATED,
)


@record
class Kin:
    """The nearest article of the corpus: what the new one is to it, and why in one sentence."""

    article: ArticleId
    relation: Relation
    reason: str


def find_kin(article: Article, provenance: Provenance, corpus: Corpus) -> Kin | None:
    """The article that the new one is nearest to; None if it is alone."""
    mine = profile(article)
    papers = {**corpus.provenance, article.id: provenance}
    found: list[tuple[int, float, Kin]] = []
    for other in corpus.articles:
        if other.id == article.id or base_language(other.language) != base_language(
            article.language
        ):
            continue
        theirs = profile(other)
        verdict = compare(mine, theirs)
        if verdict.kind is VerdictKind.DIFFERENT:
            shared = _shared_runs(article, other)
            if shared >= SHARED:
                reason = f"{shared} runs of {RUN} words in common, other text"
                found.append(
                    (
                        ORDER.index(Relation.RELATED),
                        -shared,
                        Kin(article=other.id, relation=Relation.RELATED, reason=reason),
                    )
                )
            continue
        kind = relate(article, other, verdict, papers).relation
        reason = f"{verdict.similarity:.0%} of the text in common, {verdict.containment:.0%} of the shorter one"
        if kind in (Relation.IDENTICAL, Relation.RECAPTURE):
            reason = f"the same text, {'the same' if kind is Relation.IDENTICAL else 'other'} page furniture"
        found.append(
            (
                ORDER.index(kind),
                -verdict.similarity,
                Kin(article=other.id, relation=kind, reason=reason),
            )
        )
    return min(found, key=lambda item: (item[0], item[1], item[2].article))[2] if found else None


def _shared_runs(one: Article, other: Article) -> int:
    first, second = _runs(one), _runs(other)
    return len(first & second)


def _runs(article: Article) -> frozenset[tuple[str, ...]]:
    found = [word for block in article.blocks for word in words(block.text)]
    return frozenset(tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1))
