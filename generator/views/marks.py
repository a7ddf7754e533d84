"""Marks of articles: what changes when anything changes that a page may say of one, told without gathering it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from generator.model import (
    ArticleId,
    ArticleLink,
    EntityId,
    QuotationGroup,
    QuotationGroupId,
    Rights,
    SourceId,
    Story,
    StoryId,
    VersionGroup,
)
from generator.views.shelf import Card, Shelf
from generator.views.tasks import mark

Name = TypeVar("Name", bound=str)

#: Of what is not in the archive.
NOTHING = bytes(12)


class Known(dict[Name, bytes]):
    """Marks by name; each is made when it is first asked for, by `make`."""

    def __init__(self, make: Callable[[Name], bytes]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: Name) -> bytes:
        found = self[name] = self._make(name)
        return found

    def of(self, names: Iterable[Name]) -> bytes:
        """The marks of several, in order."""
        return b"".join(map(self.__getitem__, names))


class Marks:
    """Marks of articles and of what is around them, each made once. All but those of `faces` tell of the settings, too."""

    def __init__(self, shelf: Shelf) -> None:
        self.settings = mark(shelf.settings)
        self._shelf = shelf
        self._archive = shelf.archive
        self._articles = Known(self._article)
        self._tokens = Known(self._token)
        self._faces = Known(self._face)
        self._outlets: Known[SourceId] = Known(lambda name: _of(shelf.archive.sources.get(name)))
        self._entities: Known[EntityId] = Known(lambda name: _of(shelf.archive.entities.get(name)))
        self._links: dict[int, bytes] = {}
        self._stories: dict[StoryId, bytes] = {}
        self._quotations: dict[QuotationGroupId, bytes] = {}

    def article(self, name: ArticleId) -> bytes:
        """Of a published article, for all that its own page says and for its part in others."""
        return self._articles[name]

    def of_articles(self, articles: Iterable[ArticleId]) -> bytes:
        """The marks of published articles, in order."""
        return self._articles.of(articles)

    def faces(self, articles: Iterable[ArticleId]) -> bytes:
        """What other pages say of these articles, in order."""
        return self._faces.of(articles)

    def _article(self, name: ArticleId) -> bytes:
        """That its words and names are what they were, the token of an article tells; all else is here."""
        shelf, archive = self._shelf, self._archive
        card = shelf.cards.get(name)
        if card is None:
            return NOTHING
        group = archive.groups.get(name)
        main = group.main if group else name
        story = archive.stories.get(main)
        return mark(
            (
                self.settings,
                self._tokens[name],
                self._told(card, group),
                self._outlets[card.source],
                archive.provenance.get(name),
                self._entities.of(shelf.named[name]),
                (group, self.faces(group.members)) if group and group.links else (),
                [self._link(link) for link in archive.links.get(main, ())],
                self.story(story) if story else NOTHING,
                [self.quotation(group) for group in self._groups.get(name, ())],
            )
        )

    def _token(self, name: ArticleId) -> bytes:
        """What stands for the words and the names of an article."""
        archive = self._archive
        if name in archive.tokens:
            return archive.tokens[name]
        article = archive.articles.get(name)
        return mark((article, archive.mentions.get(name))) if article else NOTHING

    def _face(self, name: ArticleId) -> bytes:
        """What other pages say of an article."""
        card = self._shelf.cards.get(name)
        return mark(self._told(card, self._archive.groups.get(name))) if card else NOTHING

    def _told(self, card: Card, group: VersionGroup | None) -> tuple[Card, ArticleId, Rights]:
        if group is None or len(group.members) == 1:
            return card, card.id, card.rights
        return card, group.main, self._shelf.strictest(card.id)

    @cached_property
    def _groups(self) -> Mapping[ArticleId, Sequence[QuotationGroup]]:
        """The quotations of each article that are said more than once."""
        found: dict[ArticleId, list[QuotationGroup]] = {}
        for group in self._archive.quotation_groups:
            for article in dict.fromkeys(member.article for member in group.members):
                found.setdefault(article, []).append(group)
        return found

    def _link(self, link: ArticleLink) -> bytes:
        """A link with both its ends and the entries of the names that are its reasons."""
        found = self._links.get(id(link))
        if found is None:
            items = (EntityId(item) for reason in link.reasons for item in reason.items)
            names = [mark for mark in map(self._entities.__getitem__, items) if mark != NOTHING]
            found = mark((link, self.faces((link.article, link.other)), names))
            self._links[id(link)] = found
        return found

    def story(self, story: Story) -> bytes:
        """A story with what is said of its articles."""
        found = self._stories.get(story.id)
        if found is None:
            found = self._stories[story.id] = mark(
                (self.settings, story.id, self.faces(story.members))
            )
        return found

    def quotation(self, group: QuotationGroup) -> bytes:
        """A quotation with the articles that carry it; which of their paragraphs, only their words tell."""
        found = self._quotations.get(group.id)
        if found is None:
            members = [member.article for member in group.members]
            words = self._tokens.of(members)
            speaker = self._entities[group.speaker] if group.speaker else NOTHING
            found = mark((self.settings, group, self.faces(members), words, speaker))
            self._quotations[group.id] = found
        return found


def _of(record: object) -> bytes:
    return NOTHING if record is None else mark(record)
