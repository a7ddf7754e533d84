"""The mark of a month changes whenever the mark of one of its articles does."""

from collections.abc import Callable
from typing import Any

import pytest

from generator.model import (
    Archive,
    ArticleDate,
    ArticleId,
    ArticleLink,
    Provenance,
    Quotation,
    QuotationGroup,
    QuotationGroupId,
    Reason,
    ReasonKind,
    Relation,
    Rights,
    Span,
    Story,
    StoryId,
    VersionGroup,
)
from generator.record import replace
from generator.settings import Settings
from generator.views.marks import Marks
from generator.views.shelf import Shelf
from tests.builders import make_archive, make_article

#: In March the main version and a lone article; the other version and a report of the same story are of April.
MAIN, LONE, OTHER, REPORT = (
    ArticleId(f"{day}-herald-{name}")
    for day, name in (
        ("2024-03-01", "a"),
        ("2024-03-02", "b"),
        ("2024-04-01", "c"),
        ("2024-04-02", "d"),
    )
)
LINK = ArticleLink(
    article=MAIN,
    other=REPORT,
    relation=Relation.RELATED,
    score=0.5,
    reasons=(Reason(kind=ReasonKind.SHARED_FIGURES, value=2, items=("12", "30")),),
)


def linked() -> Archive:
    some = (
        make_article(id=name, date=ArticleDate(iso=name[:10]))
        for name in (MAIN, LONE, OTHER, REPORT)
    )
    group = VersionGroup(main=MAIN, members=(MAIN, OTHER))
    story = Story(id=StoryId(MAIN), members=(MAIN, REPORT), links=(LINK,))
    said = Quotation(article=MAIN, spans=(Span(segment=1, start=0, end=5),), text="First")
    quotation = QuotationGroup(
        id=QuotationGroupId("q"), members=(said, replace(said, article=REPORT)), certain=True
    )
    return with_tables(
        make_archive(*some),
        groups={MAIN: group, OTHER: group},
        links={MAIN: (LINK,), REPORT: (LINK,)},
        stories={MAIN: story, REPORT: story},
        quotation_groups=(quotation,),
    )


def with_tables(archive: Archive, **tables: Any) -> Archive:
    """The archive with some rows of its tables changed."""
    changed: dict[str, Any] = {
        name: {**getattr(archive, name), **rows} if isinstance(rows, dict) else rows
        for name, rows in tables.items()
    }
    return replace(archive, **changed)


def told(archive: Archive) -> tuple[dict[ArticleId, bytes], dict[str, bytes]]:
    """The marks of all articles, and those of their months."""
    shelf = Shelf(archive, Settings())
    marks = Marks(shelf)
    return {name: marks.article(name) for name in shelf.cards}, {
        month: marks.month(month) for month in shelf.months
    }


def other_words(archive: Archive, name: ArticleId, **changes: Any) -> Archive:
    return with_tables(archive, articles={name: replace(archive.articles[name], **changes)})


def other_reason(archive: Archive) -> Archive:
    link = replace(LINK, reasons=(replace(LINK.reasons[0], value=3),))
    return with_tables(archive, links={MAIN: (link,), REPORT: (link,)})


def other_story(archive: Archive) -> Archive:
    story = replace(archive.stories[MAIN], members=(MAIN, LONE, REPORT))
    return with_tables(archive, stories=dict.fromkeys(story.members, story))


def other_main(archive: Archive) -> Archive:
    group = VersionGroup(main=OTHER, members=(MAIN, OTHER))
    return with_tables(archive, groups={MAIN: group, OTHER: group})


def other_quotation(archive: Archive) -> Archive:
    group = replace(archive.quotation_groups[0], certain=False)
    return with_tables(archive, quotation_groups=(group,))


def something_removed(archive: Archive) -> Archive:
    provenance = Provenance(capture="page.html", sha256="ab", paragraphs=(), removed=())
    return with_tables(archive, provenance={LONE: provenance})


CHANGES: dict[str, Callable[[Archive], Archive]] = {
    "words of one in the month": lambda archive: other_words(archive, LONE, title="Other"),
    "title of the other version": lambda archive: other_words(archive, OTHER, title="Other"),
    "title of the other report": lambda archive: other_words(archive, REPORT, title="Other"),
    "rights of the other version": lambda archive: other_words(
        archive, OTHER, rights=Rights.METADATA
    ),
    "a reason": other_reason,
    "a story": other_story,
    "a main version": other_main,
    "a quotation": other_quotation,
    "what was removed": something_removed,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_month_tells_of_every_change_of_its_articles(
    change: Callable[[Archive], Archive],
) -> None:
    before, after = told(linked()), told(change(linked()))
    changed = {name[: len("2024-03")] for name in after[0] if after[0][name] != before[0][name]}
    assert "2024-03" in changed
    assert changed <= {month for month in after[1] if after[1][month] != before[1][month]}


def test_a_month_that_nothing_ties_to_a_change_stays() -> None:
    before, after = told(linked()), told(other_words(linked(), LONE, title="Other"))
    assert {month for month in after[1] if after[1][month] != before[1][month]} == {"2024-03"}
