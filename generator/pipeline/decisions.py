"""Decisions that cannot be followed, as far as that is known before any text is analysed."""

from collections.abc import Iterator
from pathlib import Path

from generator.analysis.mention_decisions import stale_decisions as stale_mentions
from generator.errors import Problem
from generator.linking.story_decisions import stale as stale_stories
from generator.linking.story_decisions import unpublished_quotations
from generator.linking.version_decisions import about_versions
from generator.linking.version_decisions import stale as stale_versions
from generator.model import Corpus, Decision, Status
from generator.record import replace


def stale_decisions(corpus: Corpus, root: Path) -> Iterator[Problem]:
    """A warning for each, with its place below `root`.

    What names articles or entities that are not there is left out: reading reported it, or the fault of their own.
    What depends on groups of versions and on what was found in texts is for the build to tell.
    """
    decisions = _whole(corpus)
    published = {item.id: item for item in corpus.articles if item.status is Status.PUBLISHED}
    entities = (item.id for item in corpus.entities)
    shown = "" if root == Path() else f"{root.as_posix()}/"
    for problem in (
        *stale_versions(about_versions(decisions), published),
        *stale_stories(decisions, published),
        *unpublished_quotations(decisions, published),
        *stale_mentions(decisions, published, entities),
    ):
        yield replace(problem, path=f"{shown}{problem.path}", column=problem.column or 1)


def _whole(corpus: Corpus) -> list[Decision]:
    """The decisions of which all that they name is there, by their place."""
    articles = {item.id for item in corpus.articles}
    entities = {item.id for item in corpus.entities}
    found = []
    for decision in corpus.decisions:
        named = {*decision.articles, *(item.article for item in decision.quotations)}
        if named <= articles and (decision.entity is None or decision.entity in entities):
            found.append(decision)
    return sorted(found, key=lambda item: (item.path, item.line))
