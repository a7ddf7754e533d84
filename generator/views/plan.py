"""Every file of `docs/` that the archive gives: the list of tasks, made from the shelf."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import partial

from generator.model import Archive, ArticleId, OutputFile
from generator.record import LOT, read_ahead
from generator.settings import Settings
from generator.views import addresses
from generator.views.article_files import article_json, article_text, text_is_shown
from generator.views.article_page import article_page
from generator.views.article_view import article_view
from generator.views.browse import browse_groups
from generator.views.documents import document_tasks
from generator.views.entity_index import entity_index_tasks
from generator.views.entity_lists import entity_groups
from generator.views.exports import export_groups
from generator.views.feeds import story_feed_groups
from generator.views.home import home_tasks
from generator.views.indexes import index_tasks
from generator.views.marks import Marks
from generator.views.moved import moved_groups
from generator.views.pictures_map import map_tasks
from generator.views.quotation_index import quotation_index_tasks
from generator.views.quotation_page import quotation_groups
from generator.views.report_page import report_tasks
from generator.views.search_page import search_tasks
from generator.views.shelf import Shelf
from generator.views.sitemaps import sitemap_groups
from generator.views.skeleton import skeleton_tasks
from generator.views.story_index import story_index_tasks
from generator.views.story_page import story_groups
from generator.views.tasks import Group, Item, Series, Task, run
from generator.views.versions_page import versions_groups


def render_pages(archive: Archive, settings: Settings) -> Iterator[OutputFile]:
    """Every generated file, one at a time, in an order that depends on the archive alone."""
    return run(plan(archive, settings))


def plan(
    archive: Archive, settings: Settings, known: MutableMapping[str, bytes] | None = None
) -> Iterator[Item]:
    """The tasks behind `render_pages`, for whoever wants to leave out the unchanged ones. `known` keeps marks of articles
    from one plan to the next."""
    shelf = Shelf(archive, settings)
    marks = Marks(shelf, known)
    yield from skeleton_tasks(settings)
    yield from home_tasks(shelf)
    yield from document_tasks(settings)
    yield from search_tasks(shelf)
    yield from index_tasks(shelf)
    yield from story_index_tasks(shelf)
    yield from browse_groups(shelf, marks)
    yield from _article_series(shelf, marks)
    yield from versions_groups(shelf, marks)
    yield from story_groups(shelf, marks)
    yield from quotation_groups(shelf, marks)
    yield from quotation_index_tasks(shelf)
    yield from entity_groups(shelf, marks)
    yield from entity_index_tasks(shelf)
    yield from map_tasks()
    yield from report_tasks(shelf)
    yield from moved_groups(shelf)
    yield from story_feed_groups(shelf, marks)
    yield from export_groups(shelf, marks)
    yield from sitemap_groups(shelf, marks)


def _article_series(shelf: Shelf, marks: Marks) -> Iterator[Series]:
    """The articles of each month."""
    for month, names in shelf.months.items():
        groups = partial(_article_groups, shelf, marks, names)
        yield Series(name=f"articles {month}", seen=(marks.month(month),), groups=groups)


def _article_groups(shelf: Shelf, marks: Marks, names: Sequence[ArticleId]) -> Iterator[Group]:
    """A group for each article."""
    near = Near(shelf.archive, names)
    for place, name in enumerate(names):
        seen = (marks.article(name),)
        tasks = partial(_tasks_of, shelf, name, partial(near.ahead, place), seen)
        yield Group(name=f"article {name}", seen=seen, tasks=tasks)


class Near:
    """Articles that follow one another: where the pages of two of them are made, most often those of all are, and what is read
    for one is read for a lot."""

    def __init__(self, archive: Archive, names: Sequence[ArticleId]) -> None:
        self._tables, self._names = (archive.analyses, archive.mentions), names
        self._last = -LOT

    def ahead(self, place: int) -> None:
        """Read ahead for the article at this place if the one before it was asked for last."""
        if place == self._last + 1:
            start = place - place % LOT
            for table in self._tables:
                read_ahead(table, self._names[start : start + LOT])
        self._last = place


def _tasks_of(
    shelf: Shelf, name: ArticleId, ahead: Callable[[], None], seen: tuple[bytes]
) -> Iterator[Task]:
    """The page of an article, and if they are wanted, its record and its text."""
    ahead()
    article = shelf.archive.articles[name]
    view, settings = article_view(shelf, article), shelf.settings
    address, inputs = addresses.article(article.id), (view, settings)
    yield Task(path=addresses.file(address), make=article_page, inputs=inputs, seen=seen)
    if settings.article_files:
        path = f"{address}index.json"
        yield Task(path=path, make=article_json, inputs=inputs, seen=seen)
        if text_is_shown(view.rights):
            yield Task(path=f"{address}text.txt", make=article_text, inputs=(view,), seen=seen)
