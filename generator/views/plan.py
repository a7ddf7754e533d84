"""Every file of `docs/` that the archive gives: the list of tasks, made from the shelf."""

from collections.abc import Iterator

from generator.model import Archive, OutputFile
from generator.settings import Settings
from generator.views import addresses
from generator.views.article_page import article_page
from generator.views.article_view import article_view
from generator.views.shelf import Shelf
from generator.views.skeleton import skeleton_tasks
from generator.views.tasks import Task, run


def render_pages(archive: Archive, settings: Settings) -> Iterator[OutputFile]:
    """Every generated file, one at a time, in an order that depends on the archive alone."""
    return run(plan(archive, settings))


def plan(archive: Archive, settings: Settings) -> Iterator[Task]:
    """The tasks behind `render_pages`, for whoever wants to leave out the unchanged ones."""
    shelf = Shelf(archive, settings)
    yield from skeleton_tasks(settings.languages)
    yield from _articles(shelf)


def _articles(shelf: Shelf) -> Iterator[Task]:
    for article in shelf.published:
        view = article_view(shelf, article)
        path = addresses.file(addresses.article(article.id))
        yield Task(path=path, make=article_page, inputs=(view, shelf.settings))
