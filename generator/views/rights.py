"""What of an article's text may be shown."""

from collections.abc import Iterable

from generator.model import Article, Block, Reason, ReasonKind, Rights, Span

#: `rights: opening` shows at most this many characters of the text.
OPENING = 300


#: From the freest to the strictest.
ORDER = tuple(Rights)


def strictest(rights: Iterable[Rights]) -> Rights:
    """The strictest of several rights: it governs what compares articles; full where there are none."""
    return max(rights, key=ORDER.index, default=Rights.FULL)


def visible_blocks(article: Article, rights: Rights) -> tuple[Block, ...]:
    """The blocks, or the part of them, that may be shown. They keep their place from the start, so
    the n-th visible block has the n-th paragraph address."""
    if rights is Rights.FULL:
        return tuple(article.blocks)
    if rights is Rights.METADATA:
        return ()
    left, shown = OPENING - 1, []
    for block in article.blocks:
        if len(block.text) <= left:
            shown.append(block)
            left -= len(block.text) + 1
            continue
        cut = _cut(block.text, left)
        if cut:
            shown.append(Block(kind=block.kind, text=f"{cut}…"))
        break
    return tuple(shown)


def _cut(text: str, length: int) -> str:
    """At most `length` characters, ending with a word where words are told by spaces."""
    if length <= 0:
        return ""
    head = text[:length]
    before, space, _ = head.rpartition(" ")
    return before if space and len(before) > length // 2 else head


def opening(article: Article, rights: Rights, length: int = OPENING) -> str:
    """The beginning of the text for summaries: at most `length` characters, empty if none may be shown."""
    text = " ".join(block.text for block in visible_blocks(article, rights))
    if len(text) <= length:
        return text
    return f"{_cut(text, length - 1)}…"


def may_show(span: Span, article: Article, rights: Rights) -> bool:
    """Whether words of an article may be shown elsewhere: always with full rights; the title always;
    else only what lies wholly within the visible opening."""
    if rights is Rights.FULL or span.segment == 0:
        return True
    blocks = visible_blocks(article, rights)
    if span.segment > len(blocks):
        return False
    visible, whole = blocks[span.segment - 1].text, article.blocks[span.segment - 1].text
    return span.end <= (len(visible) if visible == whole else len(visible) - 1)


#: Reasons whose items are words of the text.
IN_WORDS = (ReasonKind.SHARED_WORDS, ReasonKind.SHARED_FIGURES, ReasonKind.SHARED_QUOTATIONS)


def told_reasons(reasons: Iterable[Reason], rights: Rights) -> tuple[Reason, ...]:
    """Reasons without the words of a text that may not be shown; `rights` are the stricter of both ends."""
    if rights is Rights.FULL:
        return tuple(reasons)
    return tuple(
        Reason(kind=reason.kind, value=reason.value or len(reason.items))
        if reason.kind in IN_WORDS
        else reason
        for reason in reasons
    )
