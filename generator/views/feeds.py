"""Feeds of the newest articles: of the site as Atom and JSON Feed, of an outlet, a language, a name, a story as Atom."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import takewhile
from typing import NamedTuple

from generator.model import Article, ArticleDate, ArticleId, Entity
from generator.record import record
from generator.settings import Settings
from generator.text import direction
from generator.views import addresses
from generator.views.dates import days, earliest_day, moment, parts, sort_key
from generator.views.marks import Marks
from generator.views.markup import Html, join, xml
from generator.views.rights import opening
from generator.views.shelf import Card, Shelf, entity_name
from generator.views.tasks import Group, Task

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


class Channel(NamedTuple):
    """The articles, earliest first, of which a feed has the newest; `many`: it is one of thousands, with fewer articles and no summaries."""

    address: str
    title: str
    articles: Sequence[ArticleId]
    many: bool = False


def story_feed_groups(shelf: Shelf, marks: Marks) -> Iterator[Group]:
    """The feed of every story, a group each."""
    name = shelf.settings.site_name
    for story in shelf.stories.values():
        title = f"{name}: {shelf.cards[ArticleId(story.id)].title}"
        cards = sorted(
            shelf.cards_of(story.members), key=lambda card: (sort_key(card.date), card.id)
        )
        members = [card.id for card in cards]
        channel = Channel(addresses.story(story.id), title, members, many=True)
        yield feed_group(shelf, marks, channel)


def feed_group(shelf: Shelf, marks: Marks, channel: Channel) -> Group:
    """A feed; that of the site is in both forms."""
    seen = (marks.settings, channel.title, marks.of_articles(channel.articles))
    tasks = partial(_tasks_of, shelf, channel)
    return Group(name=f"feed {channel.address}", seen=seen, tasks=tasks)


def _tasks_of(shelf: Shelf, channel: Channel) -> Iterator[Task]:
    newest, summaries = (NEWEST_OF_MANY, False) if channel.many else (NEWEST, True)
    items = _items(shelf, channel.articles, newest, summaries=summaries)
    address = channel.address
    inputs = (Feed(address=address, title=channel.title, items=items), shelf.settings)
    yield Task(path=f"{address}feed.xml", make=atom, inputs=inputs)
    if address == addresses.HOME:
        yield Task(path=f"{address}feed.json", make=json_feed, inputs=inputs)


def entity_feed_tasks(shelf: Shelf, entity: Entity) -> Iterator[Task]:
    """The feed of a name, if any article has it."""
    articles = shelf.articles_naming.get(entity.id, ())
    if articles:
        title = entity_name(entity, shelf.settings.default_language)
        title = f"{shelf.settings.site_name}: {title}"
        yield from _tasks_of(
            shelf, Channel(addresses.entity(entity.id), title, articles, many=True)
        )


def _items(
    shelf: Shelf, articles: Sequence[ArticleId], newest: int, *, summaries: bool
) -> tuple[Item, ...]:
    """The newest articles. One without any date cannot be in a feed, which is ordered by time."""
    timed = [(time, item) for item in _latest(shelf, articles, newest) if (time := _time(item))]
    timed.sort(key=lambda pair: pair[1].id)
    timed.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(
        Item(
            card=shelf.cards[item.id],
            changed=_changed(item),
            published=time,
            authors=item.authors,
            summary=opening(item, shelf.rights(item)) if summaries else "",
        )
        for time, item in timed[:newest]
    )


def _latest(shelf: Shelf, articles: Sequence[ArticleId], newest: int) -> list[Article]:
    """The last of some articles, which stand in the order of time, and those without a date, which stand before all others."""
    known = shelf.archive.articles
    undated = takewhile(lambda item: not parts(item.date), map(known.__getitem__, articles))
    chosen = {item.id: item for item in undated}
    return list((chosen | {name: known[name] for name in articles[-newest:]}).values())


def _time(article: Article) -> str:
    """When an article was published, or else captured."""
    captured = article.captured
    return _as_time(article.date.iso) or (_as_time(captured.iso) if captured else "")


@lru_cache(maxsize=200_000)
def _as_time(iso: str) -> str:
    """A date as a time: midnight in universal time for a day, nothing for an unknown one."""
    when = ArticleDate(iso=iso)
    exact = moment(when)
    if exact is not None and exact.tzinfo is not None:
        return exact.isoformat()
    day = earliest_day(when)
    return f"{day.isoformat()}T00:00:00Z" if day else ""


def _changed(article: Article) -> str:
    day = days(article.updated)
    return f"{day}T00:00:00Z" if day else _time(article)


def atom(feed: Feed, settings: Settings) -> bytes:
    """An Atom feed in the site's default language, of which entries in another say so. Addresses are relative to the
    site's where that is not known."""
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
        **{"xml:lang": settings.default_language},
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
    language = item.card.language
    marks = {} if language == settings.default_language else {"xml:lang": str(language)}
    return join(Html("\n"), xml("entry", *parts, **marks))


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
