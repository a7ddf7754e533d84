"""What the page of an article needs to know, gathered from the archive."""

from collections.abc import Iterable, Mapping

from generator.model import (
    Article,
    ArticleId,
    ArticleLink,
    EntityId,
    EntityKind,
    LanguageCode,
    Mention,
    Quotation,
    QuotationGroup,
    QuotationGroupId,
    Reason,
    Relation,
    RemovedBlock,
    Rights,
    Source,
    Span,
    StoryId,
)
from generator.record import record
from generator.views.interface import interface_language
from generator.views.rights import may_show, told_reasons
from generator.views.shelf import Card, NameCard, Shelf

#: Links shown of each article; the story page has the rest.
RELATED = 12
NAMES = 16

#: The order in which names are shown.
KINDS = tuple(EntityKind)


@record
class VersionCard:
    """A version of the article at hand, and what it is to the main one (None: it is the main one)."""

    card: Card
    relation: Relation | None


@record
class RelatedCard:
    """An article linked with the one at hand, with the reasons."""

    card: Card
    relation: Relation
    reasons: tuple[Reason, ...]


@record
class Rendering:
    """Another outlet's words for a quotation; `text` is None where they may not be shown here."""

    card: Card
    text: str | None
    paragraph: str


@record
class SharedQuotation:
    """A quotation of the article that others carry."""

    group: QuotationGroupId
    span: Span
    text: str
    speaker: str | None
    certain: bool
    others: tuple[Rendering, ...]


@record
class ArticleView:
    """The whole input of an article's page; `paragraphs` are the addresses of its blocks."""

    article: Article
    paragraphs: tuple[str, ...]
    rights: Rights
    ui: str
    source: Source | None
    card: Card
    versions: tuple[VersionCard, ...]
    mentions: tuple[Mention, ...]
    names: tuple[NameCard, ...]
    wikidata: Mapping[EntityId, str]
    story: StoryId | None
    coverage: tuple[Card, ...]
    related: tuple[RelatedCard, ...]
    related_names: Mapping[EntityId, str]
    quotations: tuple[SharedQuotation, ...]
    removed: tuple[RemovedBlock, ...]


def article_view(shelf: Shelf, article: Article) -> ArticleView:
    """Gather what is known of an article."""
    settings, archive = shelf.settings, shelf.archive
    ui = interface_language(article.language, settings.languages, settings.default_language)
    main = shelf.main(article.id)
    related = _related(shelf, article.id, archive.links.get(main, ()))
    story = archive.stories.get(main)
    mentions = archive.mentions.get(article.id, ())
    provenance = archive.provenance.get(article.id)
    return ArticleView(
        article=article,
        paragraphs=shelf.paragraphs(article),
        rights=shelf.rights(article),
        ui=ui,
        source=archive.sources.get(article.source),
        card=shelf.cards[article.id],
        versions=_versions(shelf, article.id),
        mentions=mentions,
        names=_names(shelf, mentions, ui),
        wikidata=_wikidata(shelf, article.id),
        story=story.id if story else None,
        coverage=shelf.cards_of(story.members) if story else (),
        related=related,
        related_names=_reason_names(shelf, related, ui),
        quotations=_quotations(shelf, article.id, ui),
        removed=provenance.removed if provenance else (),
    )


def _versions(shelf: Shelf, article: ArticleId) -> tuple[VersionCard, ...]:
    group = shelf.archive.groups.get(article)
    if group is None or len(group.members) == 1:
        return ()
    relations = {link.article: link.relation for link in group.links}
    return tuple(
        VersionCard(card=shelf.cards[member], relation=relations.get(member))
        for member in group.members
        if member in shelf.cards
    )


def _related(
    shelf: Shelf, article: ArticleId, links: Iterable[ArticleLink]
) -> tuple[RelatedCard, ...]:
    main = shelf.main(article)
    found = [
        RelatedCard(
            card=shelf.cards[other],
            relation=link.relation,
            reasons=told_reasons(link.reasons, shelf.strictest(link.article, link.other)),
        )
        for link in links
        for other in [link.other if link.article == main else link.article]
        if other in shelf.cards and other != main
    ]
    return tuple(found[:RELATED])


def _names(shelf: Shelf, mentions: Iterable[Mention], ui: str) -> tuple[NameCard, ...]:
    """The names of an article, most mentioned first; those of one kind stay together."""
    counts: dict[EntityId, int] = {}
    for mention in mentions:
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
    often = sorted(counts, key=lambda entity: (-counts[entity], entity))[:NAMES]
    cards = [card for entity in often if (card := shelf.bare_name_card(entity, ui)) is not None]
    return tuple(sorted(cards, key=lambda card: KINDS.index(card.kind)))


def _wikidata(shelf: Shelf, article: ArticleId) -> dict[EntityId, str]:
    known = shelf.archive.entities
    entries = [known[entity] for entity in shelf.named_in(article) if entity in known]
    return {entry.id: entry.wikidata for entry in entries if entry.wikidata}


def _reason_names(
    shelf: Shelf, related: Iterable[RelatedCard], language: LanguageCode | str
) -> dict[EntityId, str]:
    reasons = [reason for card in related for reason in card.reasons]
    return reason_names(shelf, reasons, language)


def reason_names(
    shelf: Shelf, reasons: Iterable[Reason], language: LanguageCode | str
) -> dict[EntityId, str]:
    """The entities that reasons speak of, by their names in a language."""
    items = sorted({EntityId(item) for reason in reasons for item in reason.items})
    cards = [card for item in items if (card := shelf.bare_name_card(item, language)) is not None]
    return {card.id: card.name for card in cards}


def _quotations(shelf: Shelf, article: ArticleId, ui: str) -> tuple[SharedQuotation, ...]:
    return tuple(
        SharedQuotation(
            group=group.id,
            span=quotation.spans[-1],
            text=quotation.text,
            speaker=_speaker(shelf, quotation, group, ui),
            certain=group.certain,
            others=others,
        )
        for quotation, group in shelf.quotations_in.get(article, ())
        if (others := renderings(shelf, group, without=article))
    )


def _speaker(shelf: Shelf, quotation: Quotation, group: QuotationGroup, ui: str) -> str | None:
    card = shelf.bare_name_card(group.speaker, ui) if group.speaker else None
    return card.name if card else quotation.speaker


def renderings(
    shelf: Shelf, group: QuotationGroup, *, without: ArticleId | None = None
) -> tuple[Rendering, ...]:
    """How each article renders a quotation; versions of one article speak once, the main one first."""
    seen = {shelf.main(without)} if without else set()
    found = []
    for member in sorted(group.members, key=lambda item: shelf.main(item.article) != item.article):
        main = shelf.main(member.article)
        if main in seen or member.article not in shelf.cards:
            continue
        seen.add(main)
        found.append(_rendering(shelf, member))
    return tuple(sorted(found, key=lambda item: (item.card.date.iso, item.card.id)))


def _rendering(shelf: Shelf, quotation: Quotation) -> Rendering:
    article = shelf.archive.articles[quotation.article]
    shown = all(may_show(span, article, shelf.rights(article)) for span in quotation.spans)
    segment = quotation.spans[0].segment
    return Rendering(
        card=shelf.cards[article.id],
        text=quotation.text if shown else None,
        paragraph=shelf.paragraphs(article)[segment - 1] if segment else "",
    )
