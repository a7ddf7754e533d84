"""How to cite an article, in a sentence; the script of the site makes BibTeX, RIS and CSL-JSON of it."""

from hashlib import sha256

from generator.model import Article
from generator.settings import Settings
from generator.text import body_text
from generator.views import addresses
from generator.views.interface import Interface
from generator.views.markup import Html, el


def permanent_url(article: Article, settings: Settings) -> str:
    """The address of the archive's own copy; relative to the root where the site has no address."""
    return settings.site_url + addresses.article(article.id)


def plain_citation(article: Article, source: str, ui: Interface, settings: Settings) -> Html:
    """One sentence with the version of the text; the date of retrieval is the reader's to add.

    Each part stands for itself, whichever way it is written.
    """
    cited = ui.rich(
        "“{title}”, {source}, {date}. {archive}, version {version}, {url}",
        title=el("bdi", article.title),
        source=el("bdi", source),
        date=ui.full_date(article.date),
        archive=el("bdi", settings.site_name),
        version=el("bdi", text_version(article)),
        url=el("bdi", permanent_url(article, settings), dir="ltr"),
    )
    authors = ui.together(list(article.authors))
    if not authors:
        return cited
    return ui.rich("{name}: {text}", name=el("bdi", authors), text=cited)


def text_version(article: Article) -> str:
    """Eight hex digits that change when the text does: the beginning of its SHA-256."""
    return sha256(body_text(article).encode()).hexdigest()[:8]
