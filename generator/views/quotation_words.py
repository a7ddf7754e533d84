"""The same words as each outlet gives them: gathered once per article, laid side by side, differences marked."""

from collections.abc import Iterable, Mapping, Sequence

from generator.model import (
    ArticleId,
    Decision,
    EntityId,
    Quotation,
    QuotationGroup,
    QuotationGroupId,
    Reason,
)
from generator.record import record
from generator.text import base_language
from generator.views import addresses
from generator.views.article_view import reason_names
from generator.views.comparing import outlet_and_language
from generator.views.dates import sort_key
from generator.views.markup import Html, el, escape, join
from generator.views.page import Frame, foreign, run
from generator.views.quotation_marks import differing_words
from generator.views.rights import may_show
from generator.views.shelf import Card, NameCard, Shelf


@record
class Words:
    """A quotation in one article. `text` is None where it may not be shown; `paragraph` is its address."""

    card: Card
    text: str | None
    paragraph: str
    speaker: str | None
    verb: str | None


@record
class SharedWords:
    """A quotation group as pages show it: each article once, earliest first."""

    id: QuotationGroupId
    speaker: NameCard | None
    certain: bool
    renderings: tuple[Words, ...]
    reasons: tuple[Reason, ...]
    names: Mapping[EntityId, str]
    decision: Decision | None


def shared_words(shelf: Shelf, group: QuotationGroup, ui: str) -> SharedWords:
    """Gather a group; of the versions of one article the main one speaks, else the first."""
    seen: set[ArticleId] = set()
    found = []
    for member in sorted(group.members, key=lambda item: shelf.main(item.article) != item.article):
        main = shelf.main(member.article)
        if main not in seen and member.article in shelf.cards:
            seen.add(main)
            found.append(words_of(shelf, member))
    return SharedWords(
        id=group.id,
        speaker=shelf.bare_name_card(group.speaker, ui) if group.speaker else None,
        certain=group.certain,
        renderings=tuple(sorted(found, key=lambda item: (sort_key(item.card.date), item.card.id))),
        reasons=group.reasons,
        names=reason_names(shelf, group.reasons, ui),
        decision=group.decision,
    )


def words_of(shelf: Shelf, quotation: Quotation) -> Words:
    """A quotation as it may be shown away from its article."""
    article = shelf.archive.articles[quotation.article]
    card = shelf.cards[article.id]
    shown = all(may_show(span, article, card.rights) for span in quotation.spans)
    segment = quotation.spans[0].segment
    return Words(
        card=card,
        text=quotation.text if shown else None,
        paragraph=shelf.paragraphs(article)[segment - 1] if segment else "",
        speaker=quotation.speaker if shown else None,
        verb=quotation.verb if shown else None,
    )


def speaker_name(shared: SharedWords) -> str | None:
    """The speaker as the archive knows them, else as the first article that says it writes."""
    if shared.speaker is not None:
        return shared.speaker.name
    return next((item.speaker for item in shared.renderings if item.speaker), None)


def leading_words(renderings: Iterable[Words], ui: str) -> Words | None:
    """The rendering that stands for a group: in the interface's language, else the first to be shown."""
    shown = [item for item in renderings if item.text is not None]
    same = [item for item in shown if base_language(item.card.language) == base_language(ui)]
    return next(iter(same or shown), None)


def by_language(renderings: Sequence[Words]) -> list[list[Words]]:
    """The renderings of each language together, languages in order of their first one."""
    found: dict[str, list[Words]] = {}
    for item in renderings:
        found.setdefault(base_language(item.card.language), []).append(item)
    return list(found.values())


def side_by_side(renderings: Sequence[Words], here: Frame) -> Html:
    """A column for each rendering. Within a language, what differs from its first rendering is marked."""
    columns = []
    for items in by_language(renderings):
        first = next((item.text for item in items if item.text is not None), None)
        columns += [_column(item, first, here) for item in items]
    return el("ul", *columns, class_="renderings")


def marked_words(text: str, first: str | None) -> Html:
    """The words of a rendering; those that the first one of its language does not have are marked."""
    return escape(text) if first is None or first == text else differing_words(first, text)


def _column(item: Words, first: str | None, here: Frame) -> Html:
    marks = foreign(item.card.language, here.ui.language)
    if item.text is None:
        words = el("p", here.ui.say("These words may not be shown here."), class_="note")
    else:
        words = el("blockquote", marked_words(item.text, first), **marks)
    who = [run(part, item.card.language, here) for part in (item.speaker, item.verb) if part]
    fragment = f"#{item.paragraph}" if item.text is not None and item.paragraph else ""
    source = here.link(
        addresses.article(item.card.id) + fragment, outlet_and_language(item.card, here)
    )
    return el(
        "li",
        words,
        el("p", join(*who, by=" · "), class_="who") if who else None,
        el("p", join(source, here.ui.short_date(item.card.date), by=" · "), class_="where"),
    )
