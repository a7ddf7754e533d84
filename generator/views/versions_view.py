"""What the pages of a version group need to know: its members, what differs, who may see how much."""

from collections.abc import Iterator
from functools import lru_cache

from generator.model import (
    Article,
    ArticleDate,
    ArticleId,
    CaptureKind,
    Decision,
    Difference,
    Relation,
    Rights,
    SentenceRow,
    VersionGroup,
    VersionLink,
)
from generator.record import record
from generator.text import body_text, text_addresses
from generator.views.dates import sort_key
from generator.views.interface import interface_language
from generator.views.rights import strictest
from generator.views.shelf import Card, Shelf


@record
class Version:
    """A member of a group. `link` is None for the main one; `earlier`: it is older than that, `difference` is that
    from it. `paired` is set where the pair has a page."""

    edition: "Edition"
    text: str
    link: VersionLink | None
    earlier: bool
    difference: Difference | None
    paired: bool

    @property
    def card(self) -> Card:
        """What lists say of it."""
        return self.edition.card


@record
class Edition:
    """What tells a version from others: `updated` is when the outlet changed it."""

    card: Card
    updated: ArticleDate | None
    capture: CaptureKind | None


@record
class VersionsView:
    """The input of a versions page. `rights` are the strictest of the group."""

    main: Card
    ui: str
    rights: Rights
    versions: tuple[Version, ...]
    sentences: tuple[SentenceRow, ...]
    decision: Decision | None


@record
class Comparison:
    """Two versions beside each other, with the paragraphs of both."""

    old: Edition
    new: Edition
    difference: Difference
    old_texts: tuple[str, ...]
    new_texts: tuple[str, ...]
    with_main: bool

    @property
    def old_paragraphs(self) -> tuple[str, ...]:
        """The addresses of the paragraphs of the first."""
        return _addresses(self.old_texts)

    @property
    def new_paragraphs(self) -> tuple[str, ...]:
        """The addresses of the paragraphs of the second."""
        return _addresses(self.new_texts)


@lru_cache(maxsize=8)
def _addresses(texts: tuple[str, ...]) -> tuple[str, ...]:
    return text_addresses(texts)


@record
class PairView:
    """The input of the page of one version: against the main one, and against the one before. `earlier`: it is
    older than the main one."""

    main: Card
    other: Card
    ui: str
    rights: Rights
    relation: Relation | None
    earlier: bool
    decision: Decision | None
    comparisons: tuple[Comparison, ...]


def groups(shelf: Shelf) -> Iterator[VersionGroup]:
    """The groups of two or more, by their main article."""
    groups = shelf.archive.groups
    for main in sorted({group.main for group in groups.values() if len(group.members) > 1}):
        if len(shelf.cards_of(groups[main].members)) > 1:
            yield groups[main]


def versions_view(shelf: Shelf, group: VersionGroup) -> VersionsView:
    """Gather what is known of a group; the main version comes first."""
    main = shelf.cards[group.main]
    ui = _ui(shelf, main)
    rights = group_rights(shelf, group)
    order = [group.main, *(member for member in group.members if member != group.main)]
    links = {link.article: link for link in group.links}
    versions = tuple(_version(shelf, card, links.get(card.id)) for card in shelf.cards_of(order))
    return VersionsView(
        main=main,
        ui=ui,
        rights=rights,
        versions=versions,
        sentences=group.sentences if rights is Rights.FULL and len(versions) > 2 else (),
        decision=group.decision,
    )


def group_rights(shelf: Shelf, group: VersionGroup) -> Rights:
    """The strictest rights of the members: they govern what compares them."""
    return strictest(shelf.cards[member].rights for member in group.members)


def _ui(shelf: Shelf, card: Card) -> str:
    settings = shelf.settings
    return interface_language(card.language, settings.languages, settings.default_language)


def _version(shelf: Shelf, card: Card, link: VersionLink | None) -> Version:
    article = shelf.archive.articles[card.id]
    main = shelf.main(card.id)
    return Version(
        edition=_edition(shelf, card.id),
        text=body_text(article),
        link=link,
        earlier=_earlier(article, shelf.archive.articles[main]),
        difference=difference_of(shelf, main, card.id) if card.id != main else None,
        paired=card.id != main and pair_exists(shelf, card.id),
    )


def _edition(shelf: Shelf, article: ArticleId) -> Edition:
    found = shelf.archive.articles[article]
    capture = found.capture
    return Edition(
        card=shelf.cards[article], updated=found.updated, capture=capture.kind if capture else None
    )


def _earlier(one: Article, other: Article) -> bool:
    """Whether a version is known to be older: of one day and hour, the one that was updated is the later."""
    first, second = sort_key(one.date), sort_key(other.date)
    if first == second:
        return sort_key(one.updated) < sort_key(other.updated)
    return bool(first) and first < second and not second.startswith(first)


def difference_of(shelf: Shelf, old: ArticleId, new: ArticleId) -> Difference | None:
    """What differs between two versions, whichever of them stands first."""
    found = shelf.archive.differences
    return found.get((old, new)) or found.get((new, old))


def pair_exists(shelf: Shelf, other: ArticleId) -> bool:
    """Whether a version has a page that compares it."""
    return any(compared(shelf, shelf.archive.groups[other], other))


def compared(
    shelf: Shelf, group: VersionGroup, other: ArticleId
) -> Iterator[tuple[Difference, bool]]:
    """The differences from the main version and from the one before, without saying one twice."""
    against_main = difference_of(shelf, group.main, other)
    if against_main is not None:
        yield against_main, True
    place = group.members.index(other)
    before = group.members[place - 1] if place else None
    if before is not None and before != group.main:
        against_before = difference_of(shelf, before, other)
        if against_before is not None:
            yield against_before, False


def pair_view(shelf: Shelf, group: VersionGroup, other: ArticleId) -> PairView | None:
    """Gather what is known of one version beside others; None where nothing was compared."""
    rights = group_rights(shelf, group)
    comparisons = tuple(
        _comparison(shelf, difference, with_main=with_main)
        for difference, with_main in compared(shelf, group, other)
    )
    if not comparisons:
        return None
    link = next((link for link in group.links if link.article == other), None)
    return PairView(
        main=shelf.cards[group.main],
        other=shelf.cards[other],
        ui=_ui(shelf, shelf.cards[group.main]),
        rights=rights,
        relation=link.relation if link else None,
        earlier=_earlier(shelf.archive.articles[other], shelf.archive.articles[group.main]),
        decision=link.decision if link else None,
        comparisons=comparisons,
    )


def _comparison(shelf: Shelf, difference: Difference, *, with_main: bool) -> Comparison:
    articles = shelf.archive.articles
    return Comparison(
        old=_edition(shelf, difference.old),
        new=_edition(shelf, difference.new),
        difference=difference,
        old_texts=tuple(block.text for block in articles[difference.old].blocks),
        new_texts=tuple(block.text for block in articles[difference.new].blocks),
        with_main=with_main,
    )
