"""What one version is to the main one of its group."""

from collections import Counter
from collections.abc import Mapping

from generator.linking.profile import Profile
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
    version: Profile, main: Profile, verdict: Verdict, *, same_furniture: bool
) -> Relation:
    """Name the relation: identical, recapture, revision, syndicated or excerpt."""
    if version.wording == main.wording:
        if version.source != main.source:
            return Relation.SYNDICATED
        if verdict.title not in (TitleRelation.SAME, TitleRelation.UNKNOWN):
            return Relation.REVISION
        return Relation.IDENTICAL if same_furniture else Relation.RECAPTURE
    same_page = version.title == main.title or (version.url != "" and version.url == main.url)
    sizes = sorted((version.length, main.length))
    much_longer = sizes[1] >= MUCH_LONGER * max(1, sizes[0])
    if much_longer and verdict.containment >= CONTAINED and not same_page:
        return Relation.EXCERPT
    return Relation.REVISION if version.source == main.source else Relation.SYNDICATED


def shares(a: Article, b: Article) -> tuple[float, float]:
    """The share of words in common, and the share of the shorter text's words that the longer has."""
    bags = [Counter(word for block in side.blocks for word in words(block.text)) for side in (a, b)]
    common = (bags[0] & bags[1]).total()
    sizes = [max(1, bag.total()) for bag in bags]
    return 2 * common / sum(sizes), common / min(sizes)


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
