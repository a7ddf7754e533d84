"""From the corpus to the archive: single articles first, then what ties them together."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from functools import partial
from typing import Any, TypeVar

import msgspec

from generator.analysis.analyse import Meaning, Telling, telling, with_meaning
from generator.analysis.authority import merge_entities, seed_entities
from generator.analysis.mention_decisions import stale_decisions
from generator.analysis.names import latin_headings
from generator.linking.coverage import Conditions, link_coverage
from generator.linking.diff import difference_pairs
from generator.linking.memory import Memory
from generator.linking.permalinks import Linked, permalinks
from generator.linking.quotation_groups import group_id
from generator.linking.versions import link_versions
from generator.model import (
    Analysis,
    Archive,
    Article,
    ArticleId,
    ArticleLink,
    Corpus,
    Coverage,
    Decision,
    DecisionKind,
    Entity,
    EntityId,
    LanguageCode,
    Mention,
    Named,
    Permalinks,
    Status,
    UndecidedMention,
    VersionTable,
)
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.code import code_version
from generator.pipeline.edition import Edition, edition
from generator.pipeline.memo import CachedMemo
from generator.pipeline.naming import name_tokens
from generator.pipeline.progress import Progress
from generator.pipeline.remember import LinkingMemory, Tokens
from generator.pipeline.steps import Names, Naming, analyse_batch, meaning_batch, tag_batch
from generator.pipeline.tables import Results, Stage, run_stage
from generator.pipeline.workers import begin_anew
from generator.record import read_in_lots, record
from generator.settings import Settings

Task = TypeVar("Task")
Result = TypeVar("Result")

#: What results depend on besides their articles: kept ones hold as long as this code is the same.
ANALYSING = ("analysis", "data", "pipeline/steps.py")
LINKING = (*ANALYSING, "linking")

#: Decisions after which what was one group may be none.
PARTING = frozenset(
    {
        DecisionKind.NOT_SAME_VERSION,
        DecisionKind.NOT_SAME_STORY,
        DecisionKind.NOT_SAME_QUOTATION,
    }
)
MENTION_DECISIONS = frozenset({DecisionKind.IS_ENTITY, DecisionKind.IS_NOT_ENTITY})


@record
class Means:
    """What every step of a build works with."""

    settings: Settings
    cache: Cache
    executor: Executor | None
    jobs: int
    progress: Progress


@record
class Entries:
    """All entries, and their headings in other scripts transliterated."""

    entities: tuple[Entity, ...]
    latin: Mapping[EntityId, Mapping[LanguageCode, str]]


@record
class Tagged:
    """The entities that are known, where each article mentions them, and what earlier builds found."""

    entities: tuple[Entity, ...]
    mentions: Mapping[ArticleId, tuple[Mention, ...]]
    memory: Memory


def make_archive(corpus: Corpus, means: Means) -> Archive:
    """Everything that is known of the corpus."""
    articles = {article.id: article for article in corpus.articles}
    there = Status.PUBLISHED
    published = {name: item for name, item in articles.items() if item.status is there}
    read = edition(published, corpus.digests)
    entries = authority(corpus, means.settings, means.cache)
    entities = entries.entities
    analyses = analyse(read, means)
    seen, names = tag(read, analyses, (entities, corpus.decisions), means)
    told = named(names, seen, means.cache)
    with means.progress.step("link", len(published)) as step:
        version = f"{code_version(*LINKING)} {means.settings.encoder}"
        known = Tokens(texts=seen.digests, provenance=corpus.provenance)
        remembered = LinkingMemory(means.cache, version, known, means.executor)
        versions = link_versions(
            articles, analyses, corpus.provenance, corpus.decisions, remembered.aid
        )
        differences = remembered.differences(compared_pairs(versions), articles)
        mentions = Mentions(names)
        tagged = Tagged(entities=entities, mentions=mentions, memory=remembered.memory)
        coverage = link_stories(corpus, versions, analyses, tagged, means.settings)
        archive = Archive(
            articles=articles,
            sources={source.id: source for source in corpus.sources},
            entities={entity.id: entity for entity in entities},
            analyses=analyses,
            mentions=mentions,
            provenance=corpus.provenance,
            groups=versions.groups,
            differences=differences(),
            links=all_links(coverage, versions),
            stories=coverage.stories,
            quotation_groups=coverage.quotation_groups,
            redirects=corpus.redirects,
            undecided=tuple(undecided(told)),
            permalinks=addresses_that_moved(corpus, articles, versions, coverage, analyses),
            problems=(
                *versions.problems,
                *coverage.problems,
                *stale_decisions(corpus.decisions, published, (item.id for item in entities)),
            ),
            latin=entries.latin,
            tokens=seen.digests,
            named=told,
        )
        remembered.save()
        step.done = len(published)
    return archive


def authority(corpus: Corpus, settings: Settings, cache: Cache) -> Entries:
    """The corpus's own entries over countries and languages, named in all languages at hand."""
    languages = set(settings.languages).union([article.language for article in corpus.articles])
    made_from = cache_key(msgspec.msgpack.encode((corpus.entities, sorted(languages)))).hex()
    known: CachedMemo[str, Entries]
    known = CachedMemo(cache, "entities", code_version(*ANALYSING), Entries)
    if made_from not in known:
        entities = merge_entities(corpus.entities, seed_entities(languages), languages)
        known[made_from] = Entries(entities=entities, latin=latin_headings(entities))
        known.save()
    return known[made_from]


def analyse(published: Edition[str], means: Means) -> Mapping[ArticleId, Analysis]:
    """The analysis of every published article."""
    stage = Stage(
        name="analysis",
        version=code_version(*ANALYSING),
        task=itself,
        make=analyse_batch,
        kinds=(Article, Analysis),
    )
    plain = run_step("analyse", stage, published, means)
    encoder = means.settings.encoder
    if encoder == "none":
        return plain
    vectors = Stage(
        name="meaning",
        version=f"{code_version(*ANALYSING)} {encoder}",
        task=lambda article: telling(article, plain[article.id]),
        make=partial(meaning_batch, encoder=encoder),
        kinds=(Telling, Meaning),
    )
    return Analyses(plain, run_step("meaning", vectors, published, means))


class Analyses(Mapping[ArticleId, Analysis]):
    """Analyses with their meaning, put together when they are asked for."""

    def __init__(
        self, plain: Results[Article, Analysis], meaning: Results[Telling, Meaning]
    ) -> None:
        self._plain, self._meaning = plain, meaning

    def __getitem__(self, article: ArticleId) -> Analysis:
        return with_meaning(self._plain[article], self._meaning[article])

    def ahead(self, articles: Iterable[ArticleId]) -> None:
        """Read some analyses in one go."""
        names = tuple(articles)
        self._plain.ahead(names)
        self._meaning.ahead(names)

    def __iter__(self) -> Iterator[ArticleId]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)


def tag(
    published: Edition[str],
    analyses: Mapping[ArticleId, Analysis],
    known: tuple[tuple[Entity, ...], tuple[Decision, ...]],
    means: Means,
) -> tuple[Edition[bytes], Results[Naming, Names]]:
    """The names in every published article, and what they depend on; the entities and all decisions are known."""
    entities, decisions = known
    decisions = tuple(item for item in decisions if item.kind in MENTION_DECISIONS)
    packed = msgspec.msgpack.encode(entities)
    stage = Stage(
        name="names",
        version=code_version(*ANALYSING),
        task=lambda item: Naming(article=item, quotations=analyses[item.id].quotations),
        make=partial(tag_batch, entities=packed, decisions=decisions),
        kinds=(Naming, Names),
    )
    seen = name_tokens(published, entities, decisions, means.cache)
    return seen, run_step("tag", stage, seen, means)


class Mentions(Mapping[ArticleId, tuple[Mention, ...]]):
    """The mentions in every article, read when they are asked for."""

    def __init__(self, names: Results[Naming, Names]) -> None:
        self._names = names

    def __getitem__(self, article: ArticleId) -> tuple[Mention, ...]:
        return self._names[article].mentions

    def ahead(self, articles: Iterable[ArticleId]) -> None:
        """Read the mentions in some articles in one go."""
        self._names.ahead(articles)

    def __iter__(self) -> Iterator[ArticleId]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def named(
    names: Results[Naming, Names], published: Edition[bytes], cache: Cache
) -> dict[ArticleId, Named]:
    """What the names in every article come to: asked for of all of them in every build, it is remembered in lots."""
    known: CachedMemo[str, tuple[Named, ...]]
    known = CachedMemo(cache, "named", code_version(*ANALYSING), tuple[Named, ...], at_once=False)
    known.ahead(lot.digest.hex() for lot in published.lots)
    found: dict[ArticleId, Named] = {}
    for lot in published.lots:
        key = lot.digest.hex()
        if key not in known:
            known[key] = tuple([names[one].named for one in read_in_lots(lot.names, names)])
        found.update(zip(lot.names, known[key], strict=True))
    known.save()
    return found


def undecided(told: Mapping[ArticleId, Named]) -> Iterator[UndecidedMention]:
    """The names that nothing decides, in the order of the articles."""
    for name in sorted(name for name, one in told.items() if one.undecided):
        yield from told[name].undecided


def run_step(
    name: str, stage: Stage[Task, Result], published: Edition[Any], means: Means
) -> Results[Task, Result]:
    """The results of a stage, shown as a step of the build. What the processes loaded for it goes with them."""
    with means.progress.step(name, len(published.articles)) as step:
        workers = (means.executor, means.progress.advance)
        table, counts = run_stage(stage, published, means.cache, workers)
        step.done, step.kept = counts.made, counts.kept
    begin_anew(means.executor)
    return table


def itself(article: Article) -> Article:
    """The whole article is what a step needs."""
    return article


def compared_pairs(versions: VersionTable) -> Iterator[tuple[ArticleId, ArticleId]]:
    """All pairs that have a page."""
    groups = {group.main: group for group in versions.groups.values() if len(group.members) > 1}
    for _, group in sorted(groups.items()):
        yield from difference_pairs(group)


def link_stories(
    corpus: Corpus,
    versions: VersionTable,
    analyses: Mapping[ArticleId, Analysis],
    tagged: Tagged,
    settings: Settings,
) -> Coverage:
    """Stories and quotation groups; only what a change since the last build can reach is found out anew."""
    groups = versions.groups
    mains = {name: group.main for name, group in groups.items() if group.main != name}
    conditions = Conditions(
        window=settings.story_window,
        mains=mains,
        kinds={entity.id: entity.kind for entity in tagged.entities},
        excerpts=versions.excerpts,
        memory=tagged.memory,
    )
    chosen = (item for item in corpus.articles if item.id in groups and item.id not in mains)
    return link_coverage(chosen, analyses, tagged.mentions, corpus.decisions, conditions)


def all_links(
    coverage: Coverage, versions: VersionTable
) -> dict[ArticleId, tuple[ArticleLink, ...]]:
    """The links of each main article: excerpts first, then coverage, best first; each link stands at both its ends."""
    found: dict[ArticleId, list[ArticleLink]] = {}
    for link in versions.excerpts:
        found.setdefault(link.article, []).append(link)
        found.setdefault(link.other, []).append(link)
    for article, links in coverage.links.items():
        found.setdefault(article, []).extend(links)
    return {article: tuple(links) for article, links in sorted(found.items())}


def addresses_that_moved(
    corpus: Corpus,
    articles: Mapping[ArticleId, Article],
    versions: VersionTable,
    coverage: Coverage,
    analyses: Mapping[ArticleId, Analysis],
) -> Permalinks:
    """Every address that has no page any more, with where it leads."""
    grouped = {group.id for group in coverage.quotation_groups}
    parted = {
        article
        for decision in corpus.decisions
        if decision.kind in PARTING
        for article in (*decision.articles, *(item.article for item in decision.quotations))
        if article in versions.groups
    }
    said = {
        group_id(statement): article
        for article in {*parted, *(versions.groups[article].main for article in parted)}
        for statement in analyses[article].statements
    }
    quotations = {
        group_id(member): group.id
        for group in coverage.quotation_groups
        for member in group.members
        if group_id(member) != group.id
    }
    return permalinks(
        Linked(
            articles=articles,
            groups=versions.groups,
            stories=coverage.stories,
            quotations=quotations,
            said={name: article for name, article in said.items() if name not in grouped},
            redirects=corpus.redirects,
            decisions=corpus.decisions,
        )
    )
