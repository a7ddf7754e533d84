"""Marks of articles: what changes when anything changes that a page may say of one, told without gathering it."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from functools import cached_property
from typing import TypeVar, cast

from generator.model import (
    ArticleId,
    ArticleLink,
    EntityId,
    QuotationGroup,
    QuotationGroupId,
    SourceId,
    Story,
    StoryId,
)
from generator.record import pack
from generator.views.shelf import Shelf
from generator.views.tasks import LENGTH, mark

Name = TypeVar("Name", bound=str)

#: Bytes of a number that is remembered.
NUMBER = 8
#: Of what is not in the archive.
NOTHING = bytes(LENGTH)


class OnDemand(dict[Name, bytes]):
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

    def __init__(self, shelf: Shelf, known: MutableMapping[str, bytes] | None = None) -> None:
        """`known` are the marks of the articles of each month, and numbers, by all that they are made from."""
        self.settings = mark(shelf.settings)
        self._shelf = shelf
        self._archive = shelf.archive
        self._known: MutableMapping[str, bytes] = {} if known is None else known
        self._tokens = OnDemand(self._token)
        self._tokens.update(shelf.archive.tokens)
        self._of_months = OnDemand(self._month)
        self._cards = OnDemand(self._card)
        self._faces = OnDemand(self._face)
        self._around = OnDemand(self._around_main)
        self._outlets: OnDemand[SourceId] = OnDemand(
            lambda name: _of(shelf.archive.sources.get(name))
        )
        self._entities: OnDemand[EntityId] = OnDemand(
            lambda name: _of(shelf.archive.entities.get(name))
        )
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

    def number(self, made_from: object, count: Callable[[], int]) -> int:
        """A number that depends on nothing but marks, remembered from one plan to the next."""
        key = mark(("number", made_from)).hex()
        found = self._known.get(key, b"")
        if len(found) != NUMBER:
            found = self._known[key] = count().to_bytes(NUMBER, "big")
        return int.from_bytes(found, "big")

    @cached_property
    def _articles(self) -> OnDemand[ArticleId]:
        found: OnDemand[ArticleId] = OnDemand(lambda _: NOTHING)
        for month, names in self._shelf.months.items():
            key = self.month(month).hex()
            marks = self._known.get(key, b"")
            if len(marks) != LENGTH * len(names):
                marks = self._known[key] = b"".join(map(self._article, names))
            places = range(0, len(marks), LENGTH)
            found.update(zip(names, [marks[at : at + LENGTH] for at in places], strict=True))
        return found

    def month(self, month: str) -> bytes:
        """Of the published articles of a month: all that their own marks are made from, without making these."""
        return self._of_months[month]

    def _month(self, month: str) -> bytes:
        """The token of an article tells of its card, too, with what is around it and the mark of the outlets. What ties it
        to others is packed as it is, for all together: marks of it take several times as long."""
        shelf, archive = self._shelf, self._archive
        names = shelf.months[month]
        tied = [name for name in names if name in self._tied]
        own = [(name, archive.provenance.get(name), self._quotations_in(name)) for name in tied]
        mains = list(dict.fromkeys(map(shelf.main, tied)))
        groups = [group for group in map(archive.groups.get, mains) if group]
        links = [archive.links.get(main, ()) for main in mains]
        stories = [
            self.story(story) if (story := archive.stories.get(main)) else b"" for main in mains
        ]
        others = {name for group in groups for name in group.members}
        others.update([link.article for some in links for link in some])
        others.update([link.other for some in links for link in some])
        ties = (own, mains, groups, links, stories, self.faces(sorted(others)))
        return mark((self.settings, shelf.around, names, self._tokens.of(names), ties))

    def _card(self, name: ArticleId) -> bytes:
        return pack(self._shelf.cards[name])

    def _article(self, name: ArticleId) -> bytes:
        """That its words and names are what they were, the token of an article tells; all else is here."""
        shelf = self._shelf
        card = shelf.cards[name]
        return mark(
            (
                self.settings,
                card,
                self._tokens[name],
                self._outlets[card.source],
                self._entities.of(shelf.named_in(name)),
                self._ties(name) if name in self._tied else (),
            )
        )

    @cached_property
    def _tied(self) -> frozenset[ArticleId]:
        """The articles around which there is anything, and those of which something was removed."""
        archive = self._archive
        versions = (name for name, group in archive.groups.items() if len(group.members) > 1)
        others = (archive.links, archive.stories, archive.provenance, self._groups)
        return frozenset(versions).union(*others)

    def _ties(self, name: ArticleId) -> tuple[object, ...]:
        """What is around an article and its versions, the shared quotations in it, and what cleaning removed."""
        around = self._around[self._shelf.main(name)]
        return self._archive.provenance.get(name), around, self._quotations_in(name)

    def _quotations_in(self, name: ArticleId) -> list[bytes]:
        """The shared quotations in an article."""
        return [self.quotation(group) for group in self._groups.get(name, ())]

    def _around_main(self, main: ArticleId) -> bytes:
        """The versions, the links and the story of a main article."""
        archive = self._archive
        group, story = archive.groups.get(main), archive.stories.get(main)
        return mark(
            (
                (group, self.faces(group.members)) if group else (),
                [self._link(link) for link in archive.links.get(main, ())],
                self.story(story) if story else NOTHING,
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
        shelf = self._shelf
        card = shelf.cards.get(name)
        if card is None:
            return NOTHING
        if card.versions == 1:
            return self._cards[name]
        return self._cards[name] + pack((shelf.main(name), shelf.strictest(name)))

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
            known = self._archive.entities
            items = [item for reason in link.reasons for item in reason.items if item in known]
            names = self._entities.of(cast("list[EntityId]", items))
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
