"""The version groups among a few articles that may be versions of each other; others have no part in them."""

from collections.abc import Iterable, Iterator, Mapping

from generator.linking.compare import compare
from generator.linking.groups import Pair, excerpt_first, partition
from generator.linking.mains import main_version, version_order
from generator.linking.profile import Profile, profile
from generator.linking.relations import reasons, relate
from generator.linking.sentences import sentence_table
from generator.linking.version_decisions import decided_mains, decided_pairs, joining, wishes
from generator.model import (
    Analysis,
    Article,
    ArticleId,
    ArticleLink,
    Decision,
    Provenance,
    Relation,
    Verdict,
    VerdictKind,
    VersionGroup,
    VersionLink,
)
from generator.record import record

Judged = tuple[ArticleId, ArticleId, Verdict]
"""Two articles, the smaller id first, and what comparing them gave."""


@record
class Kinship:
    """Articles, the pairs of them that are worth comparing, and what is known: the verdicts of earlier runs among it.

    `analyses` need only sentences; `decisions` are those on versions that name one of the articles.
    """

    articles: tuple[Article, ...]
    analyses: tuple[Analysis, ...]
    provenance: Mapping[ArticleId, Provenance]
    decisions: tuple[Decision, ...]
    pairs: tuple[Pair, ...]
    verdicts: tuple[Judged, ...] = ()


@record
class Kin:
    """The version groups of some articles, and the excerpts between them."""

    groups: tuple[VersionGroup, ...]
    excerpts: tuple[ArticleLink, ...] = ()


@record
class Resolved:
    """What was found of some articles, and the verdicts on all pairs that were looked at."""

    kin: Kin
    verdicts: tuple[Judged, ...]


class Judge:
    """Compares articles, each pair once; what earlier runs compared is taken from there."""

    def __init__(self, articles: Mapping[ArticleId, Article], known: Iterable[Judged]) -> None:
        self.articles = articles
        self.known = {(one, other): verdict for one, other, verdict in known}
        self.asked: dict[Pair, Verdict] = {}
        self.profiles: dict[ArticleId, Profile] = {}

    def verdict(self, pair: Pair) -> Verdict:
        """The verdict on a pair."""
        if pair not in self.asked:
            known = self.known.get(pair)
            self.asked[pair] = known or compare(self.profile(pair[0]), self.profile(pair[1]))
        return self.asked[pair]

    def profile(self, article: ArticleId) -> Profile:
        """An article as the comparison sees it."""
        if article not in self.profiles:
            self.profiles[article] = profile(self.articles[article])
        return self.profiles[article]


@record
class Evidence:
    """All that is known of the articles; `deciding` put an article to others."""

    articles: Mapping[ArticleId, Article]
    analyses: Mapping[ArticleId, Analysis]
    provenance: Mapping[ArticleId, Provenance]
    deciding: Mapping[ArticleId, Decision]
    judge: Judge


def resolve(kinship: Kinship) -> Resolved:
    """Group the versions among some articles."""
    articles = {article.id: article for article in kinship.articles}
    pairs = decided_pairs(kinship.decisions, articles)
    judge = Judge(articles, kinship.verdicts)
    evidence = Evidence(
        articles=articles,
        analyses={analysis.article: analysis for analysis in kinship.analyses},
        provenance=kinship.provenance,
        deciding=joining(pairs),
        judge=judge,
    )
    verdicts = {pair: judge.verdict(pair) for pair in kinship.pairs}
    groups = partition(articles, verdicts, wishes(pairs), judge.verdict)
    mains = decided_mains(kinship.decisions, groups)
    found = [
        version_group(groups.members[name], evidence, decided=mains.get(name))
        for name in sorted(groups.members)
    ]
    table = {member: group for group in found for member in group.members}
    kin = Kin(groups=tuple(found), excerpts=tuple(excerpt_links(verdicts, table)))
    asked = ((one, other, verdict) for (one, other), verdict in judge.asked.items())
    return Resolved(kin=kin, verdicts=tuple(asked))


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
        sentences=sentence_table(ordered, evidence.analyses),
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
