"""The maintainers' report: what the archive holds, names left undecided, cleanings worth a second look."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from generator.errors import Problem
from generator.model import ArticleId, EntityId, LanguageCode
from generator.record import record
from generator.settings import Settings
from generator.text import has_unspaced
from generator.views import addresses
from generator.views.comparing import blocks, headline, labelled_table, outlet, section, sheet
from generator.views.indexes import Outlet, language_bars, languages, outlet_bars, outlets
from generator.views.markup import Html, Node, el, join
from generator.views.page import Frame, Page, foreign, frame, run, write_page
from generator.views.rights import may_show
from generator.views.shelf import Card, NameCard, Shelf
from generator.views.tasks import Task

REPORT = f"{addresses.ABOUT}report/"
#: Rows of each list; the rest is counted.
ROWS = 50
#: A capture of which less than this share was kept may have lost text; it may be a page full of menus, too.
SHARE = 0.2
#: Texts with fewer characters may be a teaser, a caption or a login page; of scripts without spaces half as many say as much.
SHORT = 200


@record
class Undecided:
    """A form that several entities share, with an article that has it and in how many it stands."""

    form: str
    card: Card
    candidates: tuple[NameCard, ...]
    articles: int


@record
class Doubtful:
    """A text that may not be whole: its characters, and the share of its capture that was kept."""

    card: Card
    length: int
    share: float


@record
class ReportView:
    """The input of the report; lists are cut, with their whole length beside them."""

    languages: tuple[tuple[LanguageCode, int], ...]
    outlets: tuple[Outlet, ...]
    undecided: tuple[Undecided, ...]
    undecided_count: int
    doubtful: tuple[Doubtful, ...]
    doubtful_count: int
    problems: tuple[Problem, ...]
    problem_count: int


def report_tasks(shelf: Shelf) -> Iterator[Task]:
    """The one page of the report."""
    undecided, doubtful = _undecided(shelf), _doubtful(shelf)
    view = ReportView(
        languages=languages(shelf)[:ROWS],
        outlets=outlets(shelf)[:ROWS],
        undecided=undecided[:ROWS],
        undecided_count=len(undecided),
        doubtful=doubtful[:ROWS],
        doubtful_count=len(doubtful),
        problems=tuple(sorted(shelf.archive.problems)[:ROWS]),
        problem_count=len(shelf.archive.problems),
    )
    yield Task(path=addresses.file(REPORT), make=report_page, inputs=(view, shelf.settings))


def _undecided(shelf: Shelf) -> tuple[Undecided, ...]:
    """Forms in most articles first, of texts that may be shown."""
    articles: dict[tuple[str, tuple[EntityId, ...]], set[ArticleId]] = {}
    for item in shelf.archive.undecided:
        article = shelf.archive.articles[item.article]
        if item.article in shelf.cards and may_show(item.span, article, shelf.rights(article)):
            articles.setdefault((item.form, item.candidates), set()).add(item.article)
    ui = shelf.settings.default_language
    found = []
    for (form, candidates), where in articles.items():
        cards = [shelf.name_card(candidate, ui) for candidate in candidates]
        found.append(
            Undecided(
                form=form,
                card=shelf.cards[min(where)],
                candidates=tuple(card for card in cards if card is not None),
                articles=len(where),
            )
        )
    return tuple(sorted(found, key=lambda item: (-item.articles, item.form)))


def _doubtful(shelf: Shelf) -> tuple[Doubtful, ...]:
    """Shortest first."""
    found = []
    archive = shelf.archive
    for article in shelf.published:
        named = archive.named.get(article.id)
        kept = named.characters if named else sum([len(block.text) for block in article.blocks])
        provenance = archive.provenance.get(article.id)
        short = kept < SHORT and (kept < SHORT // 2 or not has_unspaced(article.title))
        if provenance is None and not short:
            continue
        removed = sum(len(item.text) for item in provenance.removed) if provenance else 0
        share = kept / max(1, kept + removed)
        if short or share < SHARE:
            found.append(Doubtful(card=shelf.cards[article.id], length=kept, share=share))
    return tuple(sorted(found, key=lambda item: (item.length, item.card.id)))


def report_page(view: ReportView, settings: Settings) -> bytes:
    """The Markdown file of the report."""
    here = frame(REPORT, settings.default_language)
    ui = here.ui
    title = ui.say("Report")
    lead = ui.say("What this archive holds, and what waits for a person to look at it.")
    up = here.link(addresses.ABOUT, ui.say("About"))
    return write_page(
        Page(
            address=here.address,
            kind="index",
            title=title,
            ui=ui.language,
            index=False,
            head=sheet(here, settings),
            body=blocks(
                el("header", el("p", up, class_="kicker"), el("h1", title)),
                el("p", lead, class_="lead"),
                _decisions(view, here, settings),
                _names(view, here),
                _texts(view, here),
                section(ui.say("Languages"), language_bars(view.languages, here)),
                section(ui.say("Outlets"), outlet_bars(view.outlets, here)),
            ),
        )
    )


def _more(shown: Sequence[object], count: int, here: Frame) -> Html | None:
    left = count - len(shown)
    return el("p", here.ui.count("{number} more", "{number} more", left)) if left else None


def _decisions(view: ReportView, here: Frame, settings: Settings) -> Html | None:
    """What people decided and nothing follows, because what it is about has changed."""
    ui = here.ui
    if not view.problems:
        return None
    heads = (ui.say("File and line"), ui.say("Decision"), ui.say("What is wrong"))
    folder = PurePath(settings.corpus).name
    english = foreign(LanguageCode("en"), ui.language)
    rows: list[tuple[Node, ...]] = [
        (
            el("code", f"{folder}/{item.path}:{item.line}", dir="ltr"),
            el("code", item.field, dir="ltr"),
            el("span", item.message, **english),
        )
        for item in view.problems
    ]
    return section(
        ui.say("Decisions that cannot be followed"),
        labelled_table(heads, rows),
        _more(rows, view.problem_count, here),
    )


def _names(view: ReportView, here: Frame) -> Html | None:
    ui = here.ui
    if not view.undecided:
        return None
    heads = (ui.say("Form"), ui.say("Could be"), ui.say("Articles"), ui.say("For example"))
    rows: list[tuple[Node, ...]] = [
        (
            run(item.form, item.card.language, here),
            join(
                *(here.link(addresses.entity(card.id), card.name) for card in item.candidates),
                by=" · ",
            ),
            ui.number(item.articles),
            headline(item.card, here),
        )
        for item in view.undecided
    ]
    return section(
        ui.say("Names left undecided"),
        labelled_table(heads, rows),
        _more(rows, view.undecided_count, here),
    )


def _texts(view: ReportView, here: Frame) -> Html | None:
    ui = here.ui
    if not view.doubtful:
        return None
    heads = (ui.say("Article"), ui.say("Outlet"), ui.say("Length"), ui.say("Kept of the capture"))
    rows: list[tuple[Node, ...]] = [
        (
            headline(item.card, here),
            outlet(item.card, here),
            ui.count("{number} character", "{number} characters", item.length),
            ui.percent(item.share),
        )
        for item in view.doubtful
    ]
    return section(
        ui.say("Texts worth a second look"),
        labelled_table(heads, rows),
        _more(rows, view.doubtful_count, here),
    )
