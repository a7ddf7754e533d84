"""Feeds of the newest articles: of the site as Atom and JSON Feed, of an outlet, a language, a name, a story as Atom."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.model import Article, ArticleDate, ArticleId, Entity, record
from generator.settings import Settings
from generator.text import direction
from generator.views import addresses
from generator.views.browse import by_language, by_source
from generator.views.dates import days, earliest_day, moment
from generator.views.interface import own_name
from generator.views.markup import Html, join, xml
from generator.views.rights import opening
from generator.views.shelf import Card, Shelf, entity_name
from generator.views.tasks import Task

#: Articles in a feed: of the site, an outlet or a language, and of the many names and stories.
NEWEST = 50
NEWEST_OF_MANY = 10


@record
class Item:
    """An article in a feed; `changed` is an RFC 3339 time. `summary` is empty in the many small feeds."""

    card: Card
    changed: str
    published: str
    authors: tuple[str, ...]
    summary: str


@record
class Feed:
    """A feed: the page it belongs to, its title, its newest articles."""

    address: str
    title: str
    items: tuple[Item, ...]


def feed_tasks(shelf: Shelf) -> Iterator[Task]:
    """Every feed but those of names; that of the site in both forms."""
    for feed in _feeds(shelf):
        inputs = (feed, shelf.settings)
        yield Task(path=f"{feed.address}feed.xml", make=atom, inputs=inputs)
        if feed.address == addresses.HOME:
            yield Task(path=f"{feed.address}feed.json", make=json_feed, inputs=inputs)


def entity_feed_tasks(shelf: Shelf, entity: Entity) -> Iterator[Task]:
    """The feed of a name, if any article has it."""
    articles = shelf.articles_naming.get(entity.id, ())
    if articles:
        title = entity_name(entity, shelf.settings.default_language)
        title = f"{shelf.settings.site_name}: {title}"
        feed = _feed_of_many(shelf, addresses.entity(entity.id), title, articles)
        yield Task(path=f"{feed.address}feed.xml", make=atom, inputs=(feed, shelf.settings))


def _feeds(shelf: Shelf) -> Iterator[Feed]:
    name, archive = shelf.settings.site_name, shelf.archive
    cards = [shelf.cards[item.id] for item in shelf.mains]
    mains = [card.id for card in cards]
    yield Feed(address=addresses.HOME, title=name, items=_items(shelf, mains))
    for source, items in by_source(shelf).items():
        entry = archive.sources.get(source)
        title = f"{name}: {entry.name if entry else source}"
        yield _feed(shelf, addresses.source(source), title, items)
    for code, items in by_language(cards).items():
        yield _feed(shelf, addresses.language(code), f"{name}: {own_name(code)}", items)
    stories = {story.id: story for story in archive.stories.values()}
    for story in stories.values():
        title = f"{name}: {shelf.cards[ArticleId(story.id)].title}"
        yield _feed_of_many(shelf, addresses.story(story.id), title, story.members)


def _feed(shelf: Shelf, address: str, title: str, cards: Sequence[Card]) -> Feed:
    return Feed(address=address, title=title, items=_items(shelf, [card.id for card in cards]))


def _feed_of_many(shelf: Shelf, address: str, title: str, articles: Iterable[ArticleId]) -> Feed:
    known = (item for item in articles if item in shelf.cards)
    items = _items(shelf, known, NEWEST_OF_MANY, summaries=False)
    return Feed(address=address, title=title, items=items)


def _items(
    shelf: Shelf, articles: Iterable[ArticleId], newest: int = NEWEST, *, summaries: bool = True
) -> tuple[Item, ...]:
    """The newest articles. One without any date cannot be in a feed, which is ordered by time."""
    timed = [(_time(item), item) for item in map(shelf.archive.articles.__getitem__, articles)]
    timed = sorted((pair for pair in timed if pair[0]), key=lambda pair: pair[1].id)
    dated = [item for _, item in sorted(timed, key=lambda pair: pair[0], reverse=True)]
    return tuple(
        Item(
            card=shelf.cards[item.id],
            changed=_changed(item),
            published=_time(item),
            authors=item.authors,
            summary=opening(item, shelf.rights(item)) if summaries else "",
        )
        for item in dated[:newest]
    )


def _time(article: Article) -> str:
    """When an article was published, or else captured."""
    return _as_time(article.date) or (_as_time(article.captured) if article.captured else "")


@lru_cache(maxsize=200_000)
def _as_time(when: ArticleDate) -> str:
    """A date as a time: midnight in universal time for a day, nothing for an unknown one."""
    exact = moment(when)
    if exact is not None and exact.tzinfo is not None:
        return exact.isoformat()
    day = earliest_day(when)
    return f"{day.isoformat()}T00:00:00Z" if day else ""


def _changed(article: Article) -> str:
    day = days(article.updated)
    return f"{day}T00:00:00Z" if day else _time(article)


def atom(feed: Feed, settings: Settings) -> bytes:
    """An Atom feed. Addresses are relative to the site's where that is not known."""
    page = settings.site_url + feed.address
    newest = max((item.changed for item in feed.items), default="1970-01-01T00:00:00Z")
    root = xml(
        "feed",
        xml("title", feed.title),
        xml("id", page or "urn:variorum"),
        xml("link", rel="self", href=f"{page}feed.xml"),
        xml("link", rel="alternate", href=page or "./"),
        xml("updated", newest),
        xml("author", xml("name", settings.site_name)),
        *(_entry(item, settings) for item in feed.items),
        xmlns="http://www.w3.org/2005/Atom",
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{root}\n'.encode()


def _entry(item: Item, settings: Settings) -> Html:
    url = settings.site_url + addresses.article(item.card.id)
    authors = [xml("author", xml("name", name)) for name in (*item.authors, item.card.source_name)]
    title = xml("title", item.card.title)
    summary = xml("summary", item.summary) if item.summary else None
    parts = (
        title,
        xml("id", url),
        xml("link", href=url),
        xml("published", item.published) if item.published != item.changed else None,
        xml("updated", item.changed),
        join(*authors),
        summary,
    )
    return join(Html("\n"), xml("entry", *parts, **{"xml:lang": item.card.language}))


def json_feed(feed: Feed, settings: Settings) -> bytes:
    """The same as JSON Feed 1.1."""
    page = settings.site_url + feed.address
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": page,
        "feed_url": f"{page}feed.json",
        "items": [_json_item(item, settings) for item in feed.items],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(item: Item, settings: Settings) -> dict[str, object]:
    card = item.card
    url = settings.site_url + addresses.article(card.id)
    return {
        "id": url,
        "url": url,
        "title": card.title,
        "content_text": item.summary,
        "date_published": item.published,
        "date_modified": item.changed,
        "authors": [{"name": name} for name in (*item.authors, card.source_name)],
        "language": card.language,
        "_variorum": {"id": card.id, "source": card.source, "direction": direction(card.language)},
    }
