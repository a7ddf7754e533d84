"""What one version is to the main one of its group."""

from collections.abc import Mapping

from generator.linking.profile import address
from generator.model import (
    Article,
    ArticleId,
    Provenance,
    Relation,
    RemovedKind,
    TitleRelation,
    Verdict,
)
from generator.text import words

#: A text that is contained to this share in one at least twice as long is an excerpt of it.
CONTAINED, MUCH_LONGER = 0.9, 2.0


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
        " ".join(words(block.text))
        for block in provenance.removed
        if block.kind is RemovedKind.FURNITURE
    )
    return tuple(sorted(text for text in texts if text))
