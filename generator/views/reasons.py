"""Why two things are linked, in the words of the interface."""

import re
from collections.abc import Iterable, Mapping

from generator.model import EntityId, Reason, ReasonKind, Relation
from generator.views.interface import Interface

PLAIN_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,3})?", re.ASCII)

#: Names told before "and 3 more".
NAMED = 3


def relation_name(ui: Interface, relation: Relation) -> str:
    """What one article is to another, as a short label."""
    return {
        Relation.IDENTICAL: ui.say("same text"),
        Relation.RECAPTURE: ui.say("same text, other capture"),
        Relation.REVISION: ui.say("revised by the outlet"),
        Relation.SYNDICATED: ui.say("same text at another outlet"),
        Relation.EXCERPT: ui.say("excerpt"),
        Relation.TRANSLATION: ui.say("translation"),
        Relation.RELATED: ui.say("same story"),
    }[relation]


def version_name(ui: Interface, relation: Relation, *, earlier: bool) -> str:
    """What a version is to the main one, which may be the later of the two."""
    if relation is Relation.REVISION and earlier:
        return ui.say("earlier edition")
    return relation_name(ui, relation)


def reasons_text(ui: Interface, reasons: Iterable[Reason], names: Mapping[EntityId, str]) -> str:
    """All reasons of a link in one line; `names` are the entities that the reasons speak of."""
    told = [reason_text(ui, reason, names) for reason in reasons]
    return ui.say("; ").join(part for part in told if part)


def reason_text(ui: Interface, reason: Reason, names: Mapping[EntityId, str]) -> str:
    """One reason; empty for one that says nothing (no shared quotation)."""
    number, items = round(reason.value), reason.items
    match reason.kind:
        case ReasonKind.SAME_TEXT:
            return ui.say("the same text")
        case ReasonKind.SHARED_TEXT:
            return ui.say("{share} of the words in common", share=ui.percent(reason.value))
        case ReasonKind.MEANING:
            return ui.say("similar in meaning ({share})", share=ui.percent(reason.value))
        case ReasonKind.DAYS_APART:
            return _days(ui, number)
        case ReasonKind.SAME_SPEAKER:
            return _speaker(ui, items, names)
        case ReasonKind.STATED:
            return ui.say("stated by the outlet")
        case ReasonKind.DECISION:
            return ui.say("decided by an editor")
        case _:
            return _shared(ui, reason, names)


def _days(ui: Interface, days: int) -> str:
    if days == 0:
        return ui.say("on the same day")
    return ui.count("{number} day apart", "{number} days apart", days)


def _speaker(ui: Interface, items: tuple[str, ...], names: Mapping[EntityId, str]) -> str:
    speakers = [names.get(EntityId(item), item) for item in items]
    if not speakers:
        return ui.say("the same speaker")
    return ui.say("statements by {names}", names=ui.together(speakers))


def _shared(ui: Interface, reason: Reason, names: Mapping[EntityId, str]) -> str:
    number = round(reason.value) or len(reason.items)
    if number == 0:
        return ""
    if reason.kind is ReasonKind.SHARED_QUOTATIONS:
        return ui.count("{number} shared quotation", "{number} shared quotations", number)
    if reason.kind is ReasonKind.SHARED_FIGURES:
        text = ui.count("{number} shared figure", "{number} shared figures", number)
        return _with_items(ui, text, [_figure(ui, item) for item in reason.items])
    if reason.kind is ReasonKind.SHARED_WORDS:
        text = ui.count("{number} rare word in common", "{number} rare words in common", number)
        return _with_items(ui, text, list(reason.items))
    told = [names[EntityId(item)] for item in reason.items if EntityId(item) in names]
    text = ui.count("{number} shared name", "{number} shared names", number)
    return _with_items(ui, text, told)


def _figure(ui: Interface, item: str) -> str:
    """A figure as the language writes numbers; one that is more than a number as it stands."""
    return ui.number(float(item)) if PLAIN_NUMBER.fullmatch(item) else item


def _with_items(ui: Interface, text: str, items: list[str]) -> str:
    if not items:
        return text
    some = items[:NAMED] + ["…"] * (len(items) > NAMED)
    return ui.say("{text} ({items})", text=text, items=ui.listed(some))
