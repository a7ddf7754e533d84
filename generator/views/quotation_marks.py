"""The small marks behind shared quotations: what opens, in place, with the words of the others."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from generator.text import base_language, fold, shortened, word_spans
from generator.views import addresses
from generator.views.article_view import Rendering, SharedQuotation
from generator.views.markup import Html, el, escape, join
from generator.views.page import Frame, foreign, run

#: Digits of one number with the mark between them; digits of scripts without spaces are words of their own.
WITHIN_NUMBER = re.compile(r"\d[.,:'’٫٬．・]?\d")

#: Characters of a quotation that tell its mark from the others.
FIRST_WORDS = 30


def quotation_popovers(
    quotations: Sequence[SharedQuotation], here: Frame, language: str
) -> Html | None:
    """One block for all quotations of an article; each opens from its mark without a script."""
    if not quotations:
        return None
    boxes = [_popover(item, number, here, language) for number, item in enumerate(quotations, 1)]
    return el("div", *boxes, class_="quotations", **here.marked)


def _popover(quotation: SharedQuotation, number: int, here: Frame, language: str) -> Html:
    ui = here.ui
    title = ui.say("The same statement elsewhere")
    if not quotation.certain:
        title = ui.say("Probably the same statement")
    if quotation.speaker:
        title = ui.titled(title, quotation.speaker)
    words = run(f"“{shortened(quotation.text, FIRST_WORDS)}”", language, here)
    # With what the mark shows, so that it can be called by what is seen.
    name = join(title, words, ui.number(len(quotation.others)), by=" · ")
    return el(
        "div",
        # The mark in the text and what it opens have no other name for those who listen.
        el("p", here.link(addresses.quotation(quotation.group), name, id=f"t{number}")),
        *(_rendering(item, quotation.text, here, language) for item in quotation.others),
        popover=True,
        role="dialog",
        aria_labelledby=f"t{number}",
        id=f"q{number}",
    )


def _rendering(item: Rendering, mine: str, here: Frame, language: str) -> Html:
    card = item.card
    href = addresses.article(card.id) + (f"#{item.paragraph}" if item.text else "")
    marks = foreign(card.language, here.ui.language)
    outlet = here.link(href, card.source_name, **marks)
    if item.text is None:
        return el("p", outlet)
    same = base_language(card.language) == base_language(language)
    words = differing_words(mine, item.text) if same else escape(item.text)
    return el("p", outlet, el("q", words, **marks))


def differing_words(mine: str, theirs: str) -> Html:
    """`theirs` with the words marked that `mine` does not have in the same place."""
    ours = [fold(mine[start:end]) for start, end in _units(mine)]
    spans = _units(theirs)
    matcher = SequenceMatcher(
        a=ours, b=[fold(theirs[start:end]) for start, end in spans], autojunk=False
    )
    parts: list[Html] = []
    done = 0
    for kind, _, _, first, last in matcher.get_opcodes():
        if kind in ("insert", "replace") and first < last:
            start, end = spans[first][0], spans[last - 1][1]
            parts += [escape(theirs[done:start]), el("mark", theirs[start:end])]
            done = end
    return join(*parts, theirs[done:])


def _units(text: str) -> list[tuple[int, int]]:
    """Start and end of every word and every whole number, its marks included."""
    found: list[tuple[int, int]] = []
    for start, end in word_spans(text):
        if found and WITHIN_NUMBER.fullmatch(text, found[-1][1] - 1, start + 1):
            start = found.pop()[0]
        found.append((start, end))
    return found
