"""Marks of articles: what changes when anything changes that a page may say of one, told without gathering it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from generator.model import (
    Article,
    ArticleId,
    ArticleLink,
    EntityId,
    QuotationGroup,
    QuotationGroupId,
    Story,
    StoryId,
)
from generator.views.shelf import Shelf
from generator.views.tasks import mark

#: Of what is not in the archive.
NOTHING = bytes(12)


class Marks:
    """Marks of articles and of what is around them, each made once. All but those of `faces` tell of the settings, too."""

    def __init__(self, shelf: Shelf) -> None:
        self.settings = mark(shelf.settings)
        self._shelf = shelf
        self._archive = shelf.archive
        self._links: dict[int, bytes] = {}
        self._stories: dict[StoryId, bytes] = {}
        self._quotations: dict[QuotationGroupId, bytes] = {}

    @cached_property
    def articles(self) -> Mapping[ArticleId, bytes]:
        """Of each published article, for all that its own page says and for its part in others."""
        return {article.id: self._article(article) for article in self._shelf.published}

    def of_articles(self, articles: Iterable[ArticleId]) -> bytes:
        """The marks of published articles, in order."""
        return b"".join([self.articles.get(name, NOTHING) for name in articles])

    def _article(self, article: Article) -> bytes:
        """That its words and names are what they were, the token of an article tells; all else is here."""
        shelf, archive, name = self._shelf, self._archive, article.id
        main = shelf.main(name)
        group = archive.groups.get(name)
        versions = (group, self.faces(group.members)) if group and group.links else ()
        story = archive.stories.get(main)
        return mark(
            (
                self.settings,
                self._tokens[name],
                self._faces[name],
                self._outlets.get(article.source, NOTHING),
                archive.provenance.get(name),
                self._names(name),
                versions,
                [self._link(link) for link in archive.links.get(main, ())],
                self.story(story) if story else NOTHING,
                [self.quotation(group) for group in self._groups.get(name, ())],
            )
        )

    @cached_property
    def _tokens(self) -> Mapping[ArticleId, bytes]:
        """What stands for the words and the names of each article."""
        archive, known = self._archive, self._archive.tokens
        return {
            name: known.get(name) or mark((article, archive.mentions.get(name)))
            for name, article in archive.articles.items()
        }

    @cached_property
    def _faces(self) -> Mapping[ArticleId, bytes]:
        """What other pages say of each article."""
        shelf = self._shelf
        return {
            name: mark((card, shelf.main(name), shelf.strictest(name)))
            for name, card in shelf.cards.items()
        }

    def faces(self, articles: Iterable[ArticleId]) -> bytes:
        """What other pages say of these articles, in order."""
        known = self._faces
        return b"".join([known.get(name, NOTHING) for name in articles])

    @cached_property
    def _groups(self) -> Mapping[ArticleId, Sequence[QuotationGroup]]:
        """The quotations of each article that are said more than once."""
        found: dict[ArticleId, list[QuotationGroup]] = {}
        for group in self._archive.quotation_groups:
            for article in dict.fromkeys(member.article for member in group.members):
                found.setdefault(article, []).append(group)
        return found

    @cached_property
    def _outlets(self) -> Mapping[str, bytes]:
        return {name: mark(source) for name, source in self._archive.sources.items()}

    @cached_property
    def _entities(self) -> Mapping[EntityId, bytes]:
        return {name: mark(entity) for name, entity in self._archive.entities.items()}

    def _names(self, article: ArticleId) -> bytes:
        """The entries of the names in an article."""
        known = self._entities
        return b"".join([known.get(entity, NOTHING) for entity in self._shelf.named[article]])

    def _link(self, link: ArticleLink) -> bytes:
        """A link with both its ends and the entries of the names that are its reasons."""
        found = self._links.get(id(link))
        if found is None:
            known = self._entities
            items = (item for reason in link.reasons for item in reason.items)
            names = [known.get(EntityId(item), b"") for item in items]
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
            words = b"".join(self._tokens.get(name, NOTHING) for name in members)
            speaker = self._entities.get(group.speaker, NOTHING) if group.speaker else NOTHING
            found = mark((self.settings, group, self.faces(members), words, speaker))
            self._quotations[group.id] = found
        return found
