"""Whether the corpus has an article already, or a version of it, and why that is so."""

from collections.abc import Iterator, Mapping

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
)
from generator.pipeline.add_library import Library
from generator.record import record
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
        return _same_capture(article, library.articles[same], provenance, library)
    found = [
        *_versions(article, provenance, library),
        *_related(article, library),
    ]
    return min(found, key=lambda item: (*item[0], item[1].article))[1] if found else None


Ranked = tuple[tuple[int, float], Kin]


def _same_capture(
    article: Article, other: Article, provenance: Provenance, library: Library
) -> Kin:
    """What the article of the same bytes is, which somebody may have given another title or text since."""
    found = _version(article, other, {**library.provenance, article.id: provenance})
    kin = None if found is None else found[1]
    reason = "the same capture, byte for byte"
    if kin is None:
        reason += ", whose text is another now"
    elif kin.relation is not Relation.IDENTICAL:
        reason += f"; {kin.reason}"
    if other.status is Status.WITHDRAWN:
        reason += "; it was withdrawn"
    relation = Relation.RELATED if kin is None else kin.relation
    return Kin(article=other.id, relation=relation, reason=reason)


def _versions(article: Article, provenance: Provenance, library: Library) -> Iterator[Ranked]:
    papers = {**library.provenance, article.id: provenance}
    for other in library.alike(article):
        found = None if other.id == article.id else _version(article, other, papers)
        if found is not None:
            yield found


def _version(
    article: Article, other: Article, papers: Mapping[ArticleId, Provenance]
) -> Ranked | None:
    """The relation that the site will name, too; None if they are no versions of one text."""
    verdict = compare(profile(article), profile(other))
    if verdict.kind is VerdictKind.DIFFERENT:
        return None
    relation = relate(article, other, verdict, papers).relation
    reason = _reason(relation, verdict, difference(other, article, papers))
    kin = Kin(article=other.id, relation=relation, reason=reason)
    return (ORDER.index(relation), -verdict.similarity), kin


def _reason(relation: Relation, verdict: Verdict, change: Difference) -> str:
    """What is the same and what is not."""
    if not verdict.identical:
        return f"{verdict.similarity:.0%} of the text in common, {verdict.containment:.0%} of the shorter one"
    parts = ["the same text"]
    if relation in (Relation.IDENTICAL, Relation.RECAPTURE):
        same = relation is Relation.IDENTICAL
        parts.append(f"{'the same' if same else 'other'} page furniture")
    if any(piece.changed for piece in change.title):
        parts.append("another title")
    if change.typographic:
        parts.append("other quotation marks, dashes or spaces")
    links = [*change.links_added, *change.links_removed]
    if links:
        parts.append(
            f"a link differs: {links[0]}" if len(links) <= 2 else f"{len(links)} links differ"
        )
    return ", ".join(parts)


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
