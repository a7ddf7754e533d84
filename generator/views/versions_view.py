"""What the pages of a version group need to know: its members, what differs, who may see how much."""

from collections.abc import Iterator

from generator.model import (
    ArticleDate,
    ArticleId,
    Capture,
    Decision,
    Difference,
    Relation,
    Rights,
    SentenceRow,
    VersionGroup,
    VersionLink,
    record,
)
from generator.text import body_text, paragraph_addresses
from generator.views.comparing import length_text
from generator.views.interface import interface, interface_language
from generator.views.rights import strictest
from generator.views.shelf import Card, Shelf


@record
class Version:
    """A member of a group. `updated` is when the outlet changed it; `link` is None for the main one;
    `difference` is that from the main one. `paired` is set where the pair has a page."""

    card: Card
    updated: ArticleDate | None
    capture: Capture | None
    length: str
    link: VersionLink | None
    difference: Difference | None
    paired: bool


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
    """Two versions beside each other, with the paragraph addresses of both."""

    old: Card
    new: Card
    difference: Difference
    old_paragraphs: tuple[str, ...]
    new_paragraphs: tuple[str, ...]
    with_main: bool


@record
class PairView:
    """The input of the page of one version: against the main one, and against the one before."""

    main: Card
    other: Card
    ui: str
    rights: Rights
    relation: Relation | None
    decision: Decision | None
    comparisons: tuple[Comparison, ...]


def groups(shelf: Shelf) -> Iterator[VersionGroup]:
    """The groups of two or more, by their main article."""
    for main in sorted({group.main for group in shelf.archive.groups.values()}):
        group = shelf.archive.groups[main]
        if len(shelf.cards_of(group.members)) > 1:
            yield group


def versions_view(shelf: Shelf, group: VersionGroup) -> VersionsView:
    """Gather what is known of a group; the main version comes first."""
    main = shelf.cards[group.main]
    ui = _ui(shelf, main)
    rights = group_rights(shelf, group)
    order = [group.main, *(member for member in group.members if member != group.main)]
    links = {link.article: link for link in group.links}
    versions = tuple(
        _version(shelf, card, links.get(card.id), ui) for card in shelf.cards_of(order)
    )
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


def _version(shelf: Shelf, card: Card, link: VersionLink | None, ui: str) -> Version:
    article = shelf.archive.articles[card.id]
    main = shelf.main(card.id)
    return Version(
        card=card,
        updated=article.updated,
        capture=article.capture,
        length=length_text(body_text(article), interface(ui)),
        link=link,
        difference=difference_of(shelf, main, card.id) if card.id != main else None,
        paired=card.id != main and pair_exists(shelf, card.id),
    )


def difference_of(shelf: Shelf, old: ArticleId, new: ArticleId) -> Difference | None:
    """What differs between two versions, whichever of them stands first."""
    found = shelf.archive.differences
    return found.get((old, new)) or found.get((new, old))


def pair_exists(shelf: Shelf, other: ArticleId) -> bool:
    """Whether a version has a page that compares it."""
    return any(_pairs(shelf, shelf.archive.groups[other], other))


def _pairs(
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
        for difference, with_main in _pairs(shelf, group, other)
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
        decision=link.decision if link else None,
        comparisons=comparisons,
    )


def _comparison(shelf: Shelf, difference: Difference, *, with_main: bool) -> Comparison:
    articles = shelf.archive.articles
    return Comparison(
        old=shelf.cards[difference.old],
        new=shelf.cards[difference.new],
        difference=difference,
        old_paragraphs=paragraph_addresses(articles[difference.old]),
        new_paragraphs=paragraph_addresses(articles[difference.new]),
        with_main=with_main,
    )
