"""What one version is to another: identical, a recapture, a revision, syndicated, an excerpt."""

from collections.abc import Iterator, Mapping

from generator.linking.profile import address
from generator.linking.tokens import plain_words
from generator.model import (
    Article,
    ArticleId,
    Decision,
    Provenance,
    Reason,
    ReasonKind,
    Relation,
    RemovedKind,
    TitleRelation,
    Verdict,
    VersionLink,
)

#: A text that is contained to this share in one at least twice as long is an excerpt of it.
CONTAINED, MUCH_LONGER = 0.9, 2.0


def relate(
    article: Article,
    other: Article,
    verdict: Verdict,
    provenance: Mapping[ArticleId, Provenance],
    *,
    decision: Decision | None = None,
) -> VersionLink:
    """What a version is to another one, with the numbers and who decided, if somebody did."""
    alike = same_furniture(article.id, other.id, provenance)
    return VersionLink(
        article=article.id,
        other=other.id,
        relation=relation(article, other, verdict, same_furniture=alike),
        similarity=verdict.similarity,
        containment=verdict.containment,
        reasons=tuple(reasons(verdict, decision)),
        decision=decision,
    )


def reasons(verdict: Verdict, decision: Decision | None = None) -> Iterator[Reason]:
    """Why two articles are versions: a decision, the share of text, the numbers that agree."""
    if decision is not None:
        yield Reason(kind=ReasonKind.DECISION, items=(decision.why,))
    kind = ReasonKind.SAME_TEXT if verdict.identical else ReasonKind.SHARED_TEXT
    yield Reason(kind=kind, value=verdict.containment)
    if verdict.figures is not None:
        yield Reason(kind=ReasonKind.SHARED_FIGURES, value=verdict.figures)


def relation(
    version: Article, main: Article, verdict: Verdict, *, same_furniture: bool
) -> Relation:
    """Name the relation: identical, recapture, revision, syndicated or excerpt.

    The same text under another headline of the same outlet is a revision.
    """
    same_title = verdict.title in (TitleRelation.SAME, TitleRelation.UNKNOWN)
    if version.source != main.source:
        return Relation.EXCERPT if excerpt(verdict) else Relation.SYNDICATED
    if verdict.identical and same_title:
        return Relation.IDENTICAL if same_furniture else Relation.RECAPTURE
    same_page = address(version) != "" and address(version) == address(main)
    if excerpt(verdict) and not same_title and not same_page:
        return Relation.EXCERPT
    return Relation.REVISION


def excerpt(verdict: Verdict) -> bool:
    """Whether one text is nearly all in the other, which is much longer."""
    small, large = sorted(verdict.covered)
    return large >= CONTAINED and large >= MUCH_LONGER * small


def same_furniture(a: ArticleId, b: ArticleId, provenance: Mapping[ArticleId, Provenance]) -> bool:
    """Whether cleaning took the same page furniture from two captures; lists of links may differ."""
    return furniture(provenance.get(a)) == furniture(provenance.get(b))


def furniture(provenance: Provenance | None) -> tuple[str, ...]:
    """The words of the page furniture of a capture, block by block, in any order."""
    if provenance is None:
        return ()
    texts = (
        " ".join(plain_words(block.text))
        for block in provenance.removed
        if block.kind is RemovedKind.FURNITURE
    )
    return tuple(sorted(text for text in texts if text))
