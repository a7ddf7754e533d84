"""What the markup above a block says of it: the elements it stands in, and the names of their classes and ids."""

from functools import lru_cache

import regex
from lxml.html import HtmlElement

from generator.record import record

COMMENTS = "named like comments"
#: What names of classes and ids speak of, as parts of words.
NAMED = {
    COMMENTS: r"comment|disqus|discuss|respond|kommentar|livefyre",
    "named like related articles": r"relat|recommend|more-?on|read-?more|readmore|also|trending|popular|most-?read|teaser|outbrain|taboola|promo|recirc|suggest|similar|latest|up-?next|further|ranking",
    "named like sharing": r"share|sharing|social|follow|addthis|sns|tweet",
    "named like a sign-up": r"newsletter|subscri|signup|sign-up|regist|paywall|login|donat|membership",
    "named like navigation": r"\bnav|navig|menu|breadcrumb|crumb|pagin|pager|toolbar|skip|\btabs?\b|topbar|masthead|header|footer|\bfoot\b|sidebar|side-?bar|aside|rail|widget",
    "named like advertising": r"advert|\bads?\b|\bad-|-ad\b|sponsor|banner|promot|commercial",
    "named like a caption": r"caption|credit|legend|copyright|figure|photo|image|gallery|slide|media|wp-caption|picture",
    "named like a byline": r"byline|author|dateline|\bdate\b|meta|timestamp|pubdate|writer|posted|published|biograph|\bbio\b|info",
    "named like tags": r"\btags?\b|categor|keyword|topic|label",
    "named like a notice": r"cookie|consent|gdpr|privacy|notice|modal|popup|overlay|disclaim",
    "named like hidden": r"hidden|visually|screen-?reader|sr-only|\bhide\b|print-only|noprint",
    "named like the text": r"article|content|body|story|entry|post|text|paragraph|main|detail|news",
    "named like a standfirst": r"standfirst|\blead\b|subtitle|sub-?head|\bdek\b|deck|summary|intro|excerpt|kicker|abstract|chapo|sommario|teaser",
}
PATTERNS = {hint: regex.compile(pattern, regex.I) for hint, pattern in NAMED.items()}
#: The types by which schema.org calls a reader's comment.
MICRODATA = regex.compile(r"schema\.org/(?:User)?Comments?\b")
WITHIN = {
    "nav": "in navigation",
    "header": "in a header",
    "footer": "in a footer",
    "aside": "in an aside",
    "form": "in a form",
    "article": "in an article element",
    "main": "in a main element",
    "figure": "in a figure",
    "figcaption": "in a figure caption",
    "blockquote": "in a quotation",
    "table": "in a table",
    "address": "in an address",
}

#: Elements whose names count for a block: itself and the next above, and those further up.
NEAR, FAR = 4, 12


@record
class Above:
    """An element and its ancestors below the body, nearest first; what the elements are, and what each one's names say."""

    chain: tuple[HtmlElement, ...]
    within: frozenset[str]
    names: tuple[frozenset[str], ...]

    @property
    def hints(self) -> frozenset[str]:
        """All of it; names further up are told from those nearby."""
        near = frozenset().union(*self.names[:NEAR])
        far = frozenset().union(*self.names[NEAR:FAR])
        return self.within | near | {f"{hint}, further up" for hint in far}

    def is_beside(self, main: "Above") -> bool:
        """Whether it stands in comments that do not hold the main text.

        Where the main text's own elements speak of comments, the name says nothing: a live report is made of them.
        """
        return COMMENTS not in frozenset().union(*main.names) and any(
            COMMENTS in hints and item not in main.chain
            for item, hints in zip(self.chain, self.names, strict=False)
        )


def above(element: HtmlElement, known: dict[HtmlElement, Above]) -> Above:
    """What stands above the text of an element, with the element itself.

    `known` is what was found of elements before: the paragraphs of an article have the same ancestors.
    """
    path = []
    current: HtmlElement | None = element
    while current is not None and current not in known:
        path.append(current)
        parent = current.getparent()
        current = None if parent is None or parent.tag in ("body", "html") else parent
    found = Above(chain=(), within=frozenset(), names=()) if current is None else known[current]
    for item in reversed(path):
        hint = WITHIN.get(str(item.tag))
        found = known[item] = Above(
            chain=(item, *found.chain),
            within=found.within | {hint} if hint else found.within,
            names=(_named(item), *found.names[: FAR - 1]),
        )
    return found


def _named(element: HtmlElement) -> frozenset[str]:
    """What the names of an element speak of; microdata name comments, too."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    found = frozenset(hint for name in names for hint in _spoken(name))
    stated = MICRODATA.search(element.get("itemtype") or "")
    return found | {COMMENTS} if stated else found


@lru_cache(maxsize=16_384)
def _spoken(name: str) -> tuple[str, ...]:
    return tuple(hint for hint, pattern in PATTERNS.items() if pattern.search(name))
