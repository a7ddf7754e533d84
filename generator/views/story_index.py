"""Stories as clusters of headlines: the list of the latest ones, and all of them by calendar."""

from collections.abc import Iterator, Sequence

from generator.model import ArticleDate, ArticleId, Story, StoryId
from generator.record import record
from generator.settings import Settings
from generator.views import addresses
from generator.views.browse import BrowseView, Shelfmark, keys_name
from generator.views.calendar_cut import BY_DATE, Months, Node, cut, months
from generator.views.indexes import index_frame, index_page
from generator.views.listing import newest_first
from generator.views.markup import Html, el, join
from generator.views.metadata import link_canonical
from generator.views.page import Frame, Page, foreign, frame, run, write_page
from generator.views.pictures import bars, heat_strip
from generator.views.shelf import Card, Shelf
from generator.views.tasks import Task

#: Headlines of a cluster, clusters on the first page of a long list.
HEADLINES = 5
LATEST = 20


@record
class Cluster:
    """A story as lists show it: how many articles, and the first headline of each language."""

    id: StoryId
    date: ArticleDate
    articles: int
    outlets: int
    headlines: tuple[Card, ...]


@record
class StoriesView:
    """One page of the list of stories."""

    node: Node
    clusters: tuple[Cluster, ...]
    months: Months = ()
    built: tuple[tuple[str, ...], ...] = ()


def clusters(shelf: Shelf, cards: Sequence[Card]) -> tuple[Cluster, ...]:
    """The stories that begin with these articles, latest first."""
    stories = shelf.stories
    return tuple(_cluster(shelf, stories[StoryId(card.id)]) for card in newest_first(cards))


def story_cards(shelf: Shelf) -> tuple[Card, ...]:
    """The first article of every story."""
    return shelf.cards_of(sorted(map(ArticleId, shelf.stories)))


def _cluster(shelf: Shelf, story: Story) -> Cluster:
    cards = shelf.cards_of(story.members)
    first: dict[str, Card] = {}
    for card in cards:
        first.setdefault(card.language, card)
    rest = [card for card in cards if card not in first.values()]
    return Cluster(
        id=story.id,
        date=shelf.cards[ArticleId(story.id)].date,
        articles=len(cards),
        outlets=len({card.source for card in cards}),
        headlines=(*first.values(), *rest)[:HEADLINES],
    )


def story_index_tasks(shelf: Shelf) -> Iterator[Task]:
    """The list of stories in every interface language, and its parts."""
    settings = shelf.settings
    cards = story_cards(shelf)
    nodes = list(cut(cards, BY_DATE, settings.listing_limit))
    shown = nodes[0].cards or newest_first(cards)[:LATEST]
    first = StoriesView(
        node=nodes[0],
        clusters=clusters(shelf, shown),
        months=months(cards),
        built=tuple(node.keys for node in nodes if len(node.keys) == 2),
    )
    for ui in settings.languages:
        address = addresses.in_language(addresses.STORIES, ui, settings.default_language)
        yield Task(path=addresses.file(address), make=stories_page, inputs=(ui, first, settings))
    for node in nodes[1:]:
        view = StoriesView(node=node, clusters=clusters(shelf, node.cards))
        path = addresses.file(addresses.STORIES + "".join(f"{key}/" for key in node.keys))
        yield Task(path=path, make=stories_part_page, inputs=(view, settings))


def stories_page(ui: str, view: StoriesView, settings: Settings) -> bytes:
    """The first page of the list."""
    here = index_frame(addresses.STORIES, ui, settings)
    title = here.ui.say("Stories")
    count = here.ui.count("{number} story", "{number} stories", view.node.count)
    base = addresses.STORIES
    years = {key for key, _ in view.node.children}

    def href(year: int, month: int) -> str | None:
        keys = (f"{year:04d}", f"{month:02d}")
        if keys in view.built:
            return here.to(f"{base}{keys[0]}/{keys[1]}/")
        return here.to(f"{base}{keys[0]}/") if keys[0] in years else None

    blocks = [
        el("h1", title),
        el("p", count, class_="kicker"),
        heat_strip(view.months, here.ui, href) if view.node.children else None,
        cluster_list(view.clusters, here),
    ]
    return index_page(addresses.STORIES, here, title, blocks, settings)


def stories_part_page(view: StoriesView, settings: Settings) -> bytes:
    """A year, month or day of stories."""
    keys = view.node.keys
    address = addresses.STORIES + "".join(f"{key}/" for key in keys)
    here = frame(address, settings.default_language)
    mark = Shelfmark(base=addresses.STORIES, name="")
    browse = BrowseView(mark=mark, node=view.node, outlets={}, before=None, after=None)
    title = keys_name(browse, here, keys)
    rows = [
        (here.link(f"{address}{key}/", keys_name(browse, here, (*keys, key))), count)
        for key, count in view.node.children
    ]
    blocks = (
        el("p", here.link(addresses.STORIES, here.ui.say("Stories")), class_="kicker"),
        el("h1", title),
        bars(rows, here.ui),
        cluster_list(view.clusters, here),
    )
    return write_page(
        Page(
            address=address,
            kind="list",
            title=title,
            ui=here.ui.language,
            head=link_canonical(address, settings) or "",
            body=tuple(block for block in blocks if block is not None),
        )
    )


def cluster_list(clusters: Sequence[Cluster], here: Frame, *, level: str = "h2") -> Html | None:
    """Stories, each as its headlines in their languages and scripts; `level` is that of its heading."""
    if not clusters:
        return None
    return el("div", *(_cluster_box(item, here, level) for item in clusters), class_="clusters")


def _cluster_box(cluster: Cluster, here: Frame, level: str) -> Html:
    ui = here.ui
    about = (
        ui.short_date(cluster.date),
        ui.count("{number} article", "{number} articles", cluster.articles),
        ui.count("{number} outlet", "{number} outlets", cluster.outlets),
    )
    ours = sorted(cluster.headlines, key=lambda card: card.language != ui.language)
    first, *others = ours  # the reader's language first, the others as they came
    return el(
        "section",
        el("p", here.link(addresses.story(cluster.id), join(*about, by=" · ")), class_="kicker"),
        el(level, _headline(first, here)),
        el("ul", *(el("li", _headline(card, here)) for card in others)) if others else None,
    )


def _headline(card: Card, here: Frame) -> Html:
    marks = foreign(card.language, here.ui.language)
    title = here.link(addresses.article(card.id), card.title, **marks)
    return join(title, " ", el("small", run(card.source_name, card.language, here)))
