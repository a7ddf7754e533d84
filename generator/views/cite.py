"""How to cite an article, in a sentence; the script of the site makes BibTeX, RIS and CSL-JSON of it."""

import re
from hashlib import sha256

from generator.model import Article
from generator.settings import Settings
from generator.text import body_text
from generator.views import addresses
from generator.views.interface import Interface
from generator.views.markup import Html, el, escape

#: Signs of scripts that are written to the left, and those that turn the direction.
TURNED = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def permanent_url(article: Article, settings: Settings) -> str:
    """The address of the archive's own copy; relative to the root where the site has no address."""
    return settings.site_url + addresses.article(article.id)


def plain_citation(article: Article, source: str, ui: Interface, settings: Settings) -> Html:
    """One sentence with the version of the text; the date of retrieval is the reader's to add.

    Each part stands for itself, whichever way it is written.
    """
    cited = ui.rich(
        "“{title}”, {source}, {date}. {archive}, version {version}, {url}",
        title=_apart(article.title, ui),
        source=_apart(source, ui),
        date=ui.full_date(article.date),
        archive=_apart(settings.site_name, ui),
        version=_apart(text_version(article), ui),
        url=el("bdi", permanent_url(article, settings), dir="ltr"),
    )
    authors = ui.together(list(article.authors))
    if not authors:
        return cited
    return ui.rich("{name}: {text}", name=_apart(authors, ui), text=cited)


def _apart(text: str, ui: Interface) -> Html:
    """A part that its neighbours do not turn about, marked where there is anything to turn."""
    turned = ui.direction == "rtl" or TURNED.search(text) is not None
    return el("bdi", text) if turned else escape(text)


def text_version(article: Article) -> str:
    """Eight hex digits that change when the text does: the beginning of its SHA-256."""
    return sha256(body_text(article).encode()).hexdigest()[:8]
