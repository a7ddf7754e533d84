"""Whether the corpus has an article already, or a version of it, and why that is so."""

from collections.abc import Iterator

from generator.linking.compare import compare
from generator.linking.diff import difference
from generator.linking.profile import profile
from generator.linking.relations import relate
from generator.model import (
    Article,
    ArticleId,
    Difference,
    Provenance,
    Relation,
    Status,
    Verdict,
    VerdictKind,
    record,
)
from generator.pipeline.add_library import Library
from generator.text import words

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


def find_kin(article: Article, provenance: Provenance, library: Library) -> Kin | None:
    """The article that the new one is nearest to; None if it is alone."""
    digest = article.capture.sha256 if article.capture else ""
    same = library.same_bytes([digest]) if digest else None
    if same is not None and same != article.id:
        withdrawn = library.articles[same].status is Status.WITHDRAWN
        reason = f"the same capture, byte for byte{'; it was withdrawn' if withdrawn else ''}"
        return Kin(article=same, relation=Relation.IDENTICAL, reason=reason)
    found = [
        *_versions(article, provenance, library),
        *_related(article, library),
    ]
    return min(found, key=lambda item: (*item[0], item[1].article))[1] if found else None


Ranked = tuple[tuple[int, float], Kin]


def _versions(article: Article, provenance: Provenance, library: Library) -> Iterator[Ranked]:
    mine = profile(article)
    papers = {**library.provenance, article.id: provenance}
    for other in library.alike(article):
        verdict = compare(mine, profile(other))
        if other.id == article.id or verdict.kind is VerdictKind.DIFFERENT:
            continue
        relation = relate(article, other, verdict, papers).relation
        change = difference(other, article, papers)
        if verdict.identical and relation is Relation.REVISION:
            # Word for word the same: the headline alone makes no other text.
            bare = change.furniture_added or change.furniture_removed
            relation = Relation.RECAPTURE if bare else Relation.IDENTICAL
        reason = _reason(relation, verdict, change)
        kin = Kin(article=other.id, relation=relation, reason=reason)
        yield (ORDER.index(relation), -verdict.similarity), kin


def _reason(relation: Relation, verdict: Verdict, change: Difference) -> str:
    """What is the same and what is not."""
    if relation not in (Relation.IDENTICAL, Relation.RECAPTURE):
        same = "the same text" if verdict.identical else ""
        return (
            same
            or f"{verdict.similarity:.0%} of the text in common, {verdict.containment:.0%} of the shorter one"
        )
    parts = [
        "the same text",
        f"{'the same' if relation is Relation.IDENTICAL else 'other'} page furniture",
        "another title" if change.title else "",
    ]
    links = [*change.links_added, *change.links_removed]
    if links:
        parts.append(
            f"a link differs: {links[0]}" if len(links) <= 2 else f"{len(links)} links differ"
        )
    return ", ".join(filter(None, parts))


def _related(article: Article, library: Library) -> Iterator[Ranked]:
    """Articles about the same days that share more wording than chance gives."""
    mine = _runs(article)
    for other in library.near(article):
        shared = len(mine & _runs(other))
        if shared >= SHARED:
            reason = f"{shared} runs of {RUN} words in common, other text"
            kin = Kin(article=other.id, relation=Relation.RELATED, reason=reason)
            yield (ORDER.index(Relation.RELATED), float(-shared)), kin


def _runs(article: Article) -> frozenset[tuple[str, ...]]:
    found = [word for block in article.blocks for word in words(block.text)]
    return frozenset(tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1))
