"""The versions of an article: which articles are one, which of them is the main one."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping

from generator.linking.candidates import candidate_pairs
from generator.linking.compare import compare
from generator.linking.groups import Pair, excerpt_first, partition
from generator.linking.mains import main_version, version_order
from generator.linking.profile import Profile, content_digest, profile
from generator.linking.relations import reasons, relate
from generator.linking.sentences import sentence_table
from generator.linking.version_decisions import (
    about_versions,
    decided_mains,
    decided_pairs,
    joining,
    stale,
    wishes,
)
from generator.model import (
    Analysis,
    Article,
    ArticleId,
    ArticleLink,
    Decision,
    Provenance,
    Relation,
    Status,
    Verdict,
    VerdictKind,
    VersionGroup,
    VersionLink,
    VersionTable,
    record,
)
from generator.text import base_language, words

Memo = MutableMapping[tuple[str, str], Verdict]
"""Verdicts of earlier runs, by the digests of what was compared; new ones are added."""


class Judge:
    """Compares articles, each pair once; what earlier runs compared is taken from the memo."""

    def __init__(self, articles: Mapping[ArticleId, Article], memo: Memo) -> None:
        self.articles = articles
        self.memo = memo
        self.profiles: dict[ArticleId, Profile] = {}
        self.digests: dict[ArticleId, str] = {}

    def verdict(self, pair: Pair) -> Verdict:
        """The verdict on a pair."""
        key = (self.digest(pair[0]), self.digest(pair[1]))
        if key not in self.memo:
            self.memo[key] = compare(self.profile(pair[0]), self.profile(pair[1]))
        return self.memo[key]

    def digest(self, article: ArticleId) -> str:
        """What an article is remembered by."""
        if article not in self.digests:
            self.digests[article] = content_digest(self.articles[article])
        return self.digests[article]

    def profile(self, article: ArticleId) -> Profile:
        """An article as the comparison sees it."""
        if article not in self.profiles:
            self.profiles[article] = profile(self.articles[article])
        return self.profiles[article]


@record
class Evidence:
    """All that is known of the published articles; `deciding` put an article to others."""

    articles: Mapping[ArticleId, Article]
    analyses: Mapping[ArticleId, Analysis]
    provenance: Mapping[ArticleId, Provenance]
    deciding: Mapping[ArticleId, Decision]
    judge: Judge


def link_versions(
    articles: Mapping[ArticleId, Article],
    analyses: Mapping[ArticleId, Analysis],
    provenance: Mapping[ArticleId, Provenance],
    decisions: Iterable[Decision],
    *,
    memo: Memo | None = None,
) -> VersionTable:
    """Group the versions of each article; withdrawn articles have none.

    The order of the input does not matter. With a `memo` only pairs that it lacks are compared.
    """
    published = {
        item: articles[item]
        for item in sorted(articles)
        if articles[item].status is Status.PUBLISHED
    }
    rulings = about_versions(decisions)
    pairs = decided_pairs(rulings, published)
    judge = Judge(published, {} if memo is None else memo)
    evidence = Evidence(
        articles=published,
        analyses=analyses,
        provenance=provenance,
        deciding=joining(pairs),
        judge=judge,
    )
    verdicts = {pair: judge.verdict(pair) for pair in worth_comparing(published, analyses)}
    groups = partition(published, verdicts, wishes(pairs), judge.verdict)
    mains = decided_mains(rulings, groups)
    table: dict[ArticleId, VersionGroup] = {}
    for name in sorted(groups.members):
        group = version_group(groups.members[name], evidence, decided=mains.get(name))
        table |= dict.fromkeys(group.members, group)
    return VersionTable(
        groups=table,
        excerpts=tuple(excerpt_links(verdicts, table)),
        problems=tuple(stale(rulings, published, groups)),
    )


def worth_comparing(
    articles: Mapping[ArticleId, Article], analyses: Mapping[ArticleId, Analysis]
) -> Iterator[Pair]:
    """The pairs that may be versions: alike fingerprints, the same title, the same address."""
    return candidate_pairs(
        {item: analyses[item].fingerprint for item in articles},
        {item: tuple(shared_keys(article)) for item, article in articles.items()},
        {item: base_language(article.language) for item, article in articles.items()},
    )


def shared_keys(article: Article) -> Iterator[str]:
    """The title and the addresses: articles that share one are compared whatever their texts."""
    title = " ".join(words(article.title))
    yield f"title {title}" if title else f"article {article.id}"
    for address in {article.url, article.canonical_url} - {None}:
        yield f"address {address}"


def version_group(
    members: Iterable[ArticleId], evidence: Evidence, *, decided: Decision | None
) -> VersionGroup:
    """A group with its main version, the relation of each other to it, and its sentences."""
    versions = sorted((evidence.articles[item] for item in members), key=version_order)
    main = decided.articles[0] if decided is not None else main_version(versions)
    others = [article for article in versions if article.id != main]
    ordered = [evidence.articles[main], *others]
    return VersionGroup(
        main=main,
        members=tuple(article.id for article in versions),
        links=tuple(version_link(article.id, main, evidence) for article in others),
        sentences=sentence_table(ordered, evidence.analyses) if len(ordered) > 2 else (),
        decision=decided,
    )


def version_link(article: ArticleId, main: ArticleId, evidence: Evidence) -> VersionLink:
    """What a version is to the main one, and who decided, if somebody did."""
    return relate(
        evidence.articles[article],
        evidence.articles[main],
        evidence.judge.verdict((min(article, main), max(article, main))),
        evidence.provenance,
        decision=evidence.deciding.get(article),
    )


def excerpt_links(
    verdicts: Mapping[Pair, Verdict], groups: Mapping[ArticleId, VersionGroup]
) -> Iterator[ArticleLink]:
    """Between main articles: one group's text is a passage of another's."""
    best: dict[Pair, Verdict] = {}
    for pair, verdict in verdicts.items():
        if verdict.kind is VerdictKind.EXCERPT:
            excerpt, container = excerpt_first(pair, verdict)
            ends = (groups[container].main, groups[excerpt].main)
            old = best.get(ends)
            if ends[0] != ends[1] and (old is None or old.containment < verdict.containment):
                best[ends] = verdict
    for (container, excerpt), verdict in sorted(best.items(), key=lambda item: item[0]):
        yield ArticleLink(
            article=container,
            other=excerpt,
            relation=Relation.EXCERPT,
            score=verdict.containment,
            reasons=tuple(reasons(verdict)),
        )
