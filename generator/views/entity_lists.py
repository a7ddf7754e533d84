"""The pages of names: one for each, and below it its articles and quotations cut by calendar."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator.model import Entity
from generator.record import record
from generator.settings import Settings
from generator.views import addresses
from generator.views.browse import BrowseView, Shelfmark, browse_page, keys_name
from generator.views.calendar_cut import BY_DATE, Node, cut
from generator.views.comparing import blocks, sheet
from generator.views.entity_page import entity_page, saying_line
from generator.views.entity_view import Names, entity_view
from generator.views.feeds import entity_feed_tasks
from generator.views.listing import newest_first
from generator.views.marks import Marks
from generator.views.markup import el, join
from generator.views.page import Page, frame, write_page
from generator.views.pictures import bars
from generator.views.shelf import Card, Shelf, entity_name
from generator.views.speech import Saying
from generator.views.tasks import Group, Task, mark


@record
class SayingsView:
    """One page of quotations by an entity (`by`) or about it."""

    base: str
    entity: str
    name: str
    by: bool
    node: Node
    sayings: tuple[Saying, ...]


def entity_groups(shelf: Shelf, marks: Marks) -> Iterator[Group]:
    """A group for each entity: its page, the lists that do not fit on it, its feed. `marks` stand for
    articles and what is around them."""
    names = Names(shelf)
    archive = shelf.archive
    around = mark((shelf.around, sorted(map(str, names.countries))))
    speech = names.speech
    for identifier, entity in sorted(archive.entities.items()):
        articles = shelf.articles_naming.get(identifier, ())
        others = [shelf.name_card(other, "") for other in entity.not_to_be_confused_with]
        seen = (
            around,
            marks.settings,
            marks.of_articles(articles),
            others,
            [marks.quotation(group) for group in speech.groups_of(identifier)],
        )
        yield Group(name=f"entity {identifier}", seen=seen, tasks=partial(_tasks_of, names, entity))


def _tasks_of(names: Names, entity: Entity) -> Iterator[Task]:
    shelf = names.shelf
    settings = shelf.settings
    cards = newest_first(shelf.cards_of(shelf.articles_naming.get(entity.id, ())))
    nodes = list(cut(cards, BY_DATE, settings.listing_limit))
    view = entity_view(names, entity, cards, nodes[0].children)
    base = addresses.entity(entity.id)
    yield Task(path=addresses.file(base), make=entity_page, inputs=(view, settings))
    yield from entity_feed_tasks(shelf, entity)
    mark = Shelfmark(base=base, name=view.name)
    for node in nodes[1:]:
        part = BrowseView(
            mark=mark, node=node, outlets=_outlets(shelf, node), before=None, after=None
        )
        path = addresses.file(base + "".join(f"{key}/" for key in node.keys))
        yield Task(path=path, make=browse_page, inputs=(part, settings))
    if view.said_count > len(view.said):
        sayings = names.speech.said(entity.id)
        yield from _saying_tasks(shelf, entity, sayings, by=True)
    if view.about_count > len(view.about):
        sayings = names.speech.about(entity.id)
        yield from _saying_tasks(shelf, entity, sayings, by=False)


def _outlets(shelf: Shelf, node: Node) -> dict[str, str]:
    """Names for the keys that are outlets."""
    keys = {*node.keys, *(key for key, _ in node.children)}
    return {key: source.name for key, source in shelf.archive.sources.items() if key in keys}


def _saying_tasks(
    shelf: Shelf, entity: Entity, sayings: Sequence[Saying], *, by: bool
) -> Iterator[Task]:
    """Quotations by the calendar of their articles."""
    by_article: dict[str, list[Saying]] = {}
    cards: dict[str, Card] = {}
    for saying in sayings:
        by_article.setdefault(saying.words.card.id, []).append(saying)
        cards[saying.words.card.id] = saying.words.card
    base = addresses.said(entity.id) if by else addresses.about_name(entity.id)
    for node in cut(newest_first(cards.values()), BY_DATE, shelf.settings.listing_limit // 2):
        view = SayingsView(
            base=base,
            entity=addresses.entity(entity.id),
            name=entity_name(entity, shelf.settings.default_language),
            by=by,
            node=node,
            sayings=tuple(
                saying for card in newest_first(node.cards) for saying in by_article[card.id]
            ),
        )
        path = addresses.file(base + "".join(f"{key}/" for key in node.keys))
        yield Task(path=path, make=sayings_page, inputs=(view, shelf.settings))


def sayings_page(view: SayingsView, settings: Settings) -> bytes:
    """The Markdown file of one page of quotations by or about an entity."""
    node = view.node
    here = frame(view.base + "".join(f"{key}/" for key in node.keys), settings.default_language)
    ui = here.ui
    mark = Shelfmark(base=view.base, name=view.name)
    calendar = BrowseView(mark=mark, node=node, outlets={}, before=None, after=None)
    when = keys_name(calendar, here, node.keys)
    what = ui.say("Said by") if view.by else ui.say("Said about")
    parts = [
        (
            here.link(
                view.base + "".join(f"{part}/" for part in (*node.keys, key)),
                keys_name(calendar, here, (*node.keys, key)),
            ),
            count,
        )
        for key, count in node.children
    ]
    up = [here.link(view.entity, view.name)]
    if node.keys:
        up.append(here.link(view.base, what))
    title = " – ".join(part for part in (here.ui.titled(view.name, what), when) if part)
    rows = [saying_line(saying, here) for saying in view.sayings]
    return write_page(
        Page(
            address=here.address,
            kind="entity",
            title=title,
            ui=ui.language,
            head=sheet(here, settings),
            body=blocks(
                el("header", el("p", join(*up, by=" › "), class_="kicker"), el("h1", title)),
                bars(parts, ui),
                el("ul", *rows, class_="sayings") if rows else None,
            ),
        )
    )
