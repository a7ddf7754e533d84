"""Pages nested deeper than a parser follows: the same text in paragraphs and headings side by side."""

import regex

#: Elements that a parser closes by itself when the next of them begins, or that lie in no other.
SIDE_BY_SIDE = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "script",
        "style",
        "template",
        "noscript",
    ]
)
#: Elements that do not part the text they stand in.
WITHIN_TEXT = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "big",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "wbr",
    ]
)
#: Scripts and styles as they stand, for their text has no tags; else a tag, to its end or the next one's begin.
TAG = regex.compile(
    r"<(?P<silent>script|style)\b[^>]*>.*?</(?P=silent)\s*>|</?(?P<name>[a-z][\w:-]*)[^<>]*>?",
    regex.I | regex.S,
)

#: Paragraphs without text, one after the other.
EMPTY = regex.compile(r"(?:<p>\s*){2,}")


def flattened(page: str) -> str:
    """A page without its nesting: where a part of it began or ended, a paragraph does."""
    return EMPTY.sub("<p>", TAG.sub(_flat, page))


def _flat(match: "regex.Match[str]") -> str:
    name = (match["name"] or "").lower()
    if match["silent"] or name in SIDE_BY_SIDE:
        return match.group()
    return "" if name in WITHIN_TEXT else "<p>"
