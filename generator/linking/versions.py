"""The versions of an article: which articles are one, which of them is the main one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from generator.linking.components import tied
from generator.linking.groups import Pair, Partition
from generator.linking.kin import Judged, Kin, Kinship, Resolved, resolve
from generator.linking.memory import Memory
from generator.linking.prints import pairs_worth_comparing
from generator.linking.version_decisions import about_versions, decided_pairs, stale
from generator.linking.whereabouts import digest_of
from generator.model import (
    Analysis,
    Article,
    ArticleId,
    ArticleLink,
    Decision,
    Provenance,
    Status,
    Verdict,
    VersionGroup,
    VersionTable,
)
from generator.record import record

Spread = Callable[[Iterable[Kinship]], Iterator[Resolved]]
"""Resolves many kinships, in order, perhaps in several processes."""


def _one_by_one(kinships: Iterable[Kinship]) -> Iterator[Resolved]:
    return map(resolve, kinships)


@record
class Aid:
    """What makes linking quick: the memory of earlier runs, and several processes."""

    memory: Memory
    spread: Spread = _one_by_one


@record
class Papers:
    """What the versions of all published articles are found from, by the order of their ids."""

    articles: Mapping[ArticleId, Article]
    analyses: Mapping[ArticleId, Analysis]
    provenance: Mapping[ArticleId, Provenance]
    rulings: Sequence[Decision]
    memory: Memory


@record
class Family:
    """Articles that are tied to each other, as candidates or by decisions, and the pairs to compare."""

    ids: tuple[ArticleId, ...]
    pairs: tuple[Pair, ...] = ()
    rulings: tuple[Decision, ...] = ()


def link_versions(
    articles: Mapping[ArticleId, Article],
    analyses: Mapping[ArticleId, Analysis],
    provenance: Mapping[ArticleId, Provenance],
    decisions: Iterable[Decision],
    aid: Aid | None = None,
) -> VersionTable:
    """Group the versions of each article; withdrawn articles have none.

    The order of the input does not matter. With an `aid` only what its memory lacks is found out anew.
    """
    there = Status.PUBLISHED
    published = {
        item: article for item in sorted(articles) if (article := articles[item]).status is there
    }
    tokens = {} if aid else {item: digest_of([item.encode()]) for item in published}
    aid = aid or Aid(memory=Memory(tokens=tokens))
    papers = Papers(
        articles=published,
        analyses=analyses,
        provenance=provenance,
        rulings=about_versions(decisions),
        memory=aid.memory,
    )
    table = {item: VersionGroup(main=item, members=(item,)) for item in published}
    excerpts: list[ArticleLink] = []
    for kin in _kin(list(families(papers)), papers, aid.spread):
        table.update((member, group) for group in kin.groups for member in group.members)
        excerpts += kin.excerpts
    return VersionTable(
        groups=table,
        excerpts=tuple(sorted(excerpts, key=lambda link: (link.article, link.other))),
        problems=tuple(stale(papers.rulings, published, _ruled_groups(papers.rulings, table))),
    )


def families(papers: Papers) -> Iterator[Family]:
    """The articles that may have versions or that somebody decided about."""
    ids = list(papers.articles)
    left, right = pairs_worth_comparing(papers.articles, papers.analyses, papers.memory)
    place = {item: number for number, item in enumerate(ids)} if papers.rulings else {}
    decided = decided_pairs(papers.rulings, papers.articles)
    ruled = {item for one in papers.rulings for item in one.articles if item in place}
    bonds = np.array(
        [
            *((place[a], place[b]) for a, b in decided),
            *((place[item],) * 2 for item in sorted(ruled)),
        ],
        dtype=np.int64,
    ).reshape(-1, 2)
    parts = tied(np.concatenate([left, bonds[:, 0]]), np.concatenate([right, bonds[:, 1]]))
    number = np.full(len(ids), -1, dtype=np.int64)
    for order, part in enumerate(parts):
        number[part] = order
    by_part = np.argsort(number[left], kind="stable")
    ends = np.searchsorted(number[left][by_part], np.arange(len(parts) + 1))
    for order, part in enumerate(parts):
        mine = by_part[ends[order] : ends[order + 1]]
        names = tuple(ids[item] for item in part.tolist())
        pairs = zip(left[mine].tolist(), right[mine].tolist(), strict=True)
        inside = ruled.intersection(names)
        yield Family(
            ids=names,
            pairs=tuple((ids[one], ids[other]) for one, other in pairs),
            rulings=tuple(item for item in papers.rulings if inside.intersection(item.articles))
            if inside
            else (),
        )


def _kin(found: Sequence[Family], papers: Papers, spread: Spread) -> Iterator[Kin]:
    """The version groups of each family; what is not known is resolved."""
    memory = papers.memory
    keys = [_family_key(family, papers) for family in found]
    new = [
        place
        for place, key in enumerate(keys)
        if not _is_of(memory.versions.get(key), found[place].ids)
    ]
    resolved = spread(_kinship(found[place], papers) for place in new)
    for place, result in zip(new, resolved, strict=True):
        memory.versions[keys[place]] = result.kin
        _remember(result.verdicts, memory)
    return (memory.versions[key] for key in keys)


def _is_of(kin: Kin | None, ids: Sequence[ArticleId]) -> bool:
    """Whether it tells of exactly these articles."""
    if kin is None:
        return False
    return sorted(name for group in kin.groups for name in group.members) == sorted(ids)


def _kinship(family: Family, papers: Papers) -> Kinship:
    """All that the versions of a family depend on."""
    return Kinship(
        articles=tuple(papers.articles[item] for item in family.ids),
        analyses=tuple(_with_sentences(papers.analyses[item]) for item in family.ids),
        provenance={
            item: papers.provenance[item] for item in family.ids if item in papers.provenance
        },
        decisions=family.rulings,
        pairs=family.pairs,
        verdicts=tuple(_verdicts(family.ids, papers.memory)),
    )


def _with_sentences(analysis: Analysis) -> Analysis:
    """An analysis with nothing but the sentences."""
    return Analysis(
        article=analysis.article,
        sentences=analysis.sentences,
        quotations=(),
        figures=(),
        fingerprint=b"",
    )


def _verdicts(ids: Sequence[ArticleId], memory: Memory) -> Iterator[Judged]:
    """What earlier runs found about pairs of some articles."""
    name = {memory.tokens[item].hex(): item for item in ids}
    for token, item in name.items():
        for other, verdict in memory.verdicts.get(token, {}).items():
            if other in name:
                yield item, name[other], verdict


def _remember(verdicts: Iterable[Judged], memory: Memory) -> None:
    rows: dict[str, dict[str, Verdict]] = {}
    for one, other, verdict in verdicts:
        row = rows.setdefault(memory.tokens[one].hex(), {})
        row[memory.tokens[other].hex()] = verdict
    for token, row in rows.items():
        memory.verdicts[token] = row


def _family_key(family: Family, papers: Papers) -> str:
    """A digest of all that the versions of a family depend on."""
    parts = [papers.memory.tokens[item] for item in family.ids]
    parts += [papers.memory.captures(item) for item in family.ids if item in papers.provenance]
    parts += [str(ruling).encode() for ruling in family.rulings]
    return digest_of(parts).hex()


def _ruled_groups(
    rulings: Iterable[Decision], table: Mapping[ArticleId, VersionGroup]
) -> Partition:
    """The groups of the articles that somebody decided about."""
    named = {item for ruling in rulings for item in ruling.articles if item in table}
    members = {member for item in named for member in table[item].members}
    groups = Partition(sorted(members))
    for item in sorted(named):
        for member in table[item].members:
            if groups.name[member] != groups.name[item]:
                groups.merge(item, member)
    return groups
