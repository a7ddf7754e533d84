"""How to cite an article: plain, BibTeX, RIS, CSL-JSON."""

import json
import re
from hashlib import sha256

from generator.model import Article
from generator.settings import Settings
from generator.text import body_text
from generator.views import addresses
from generator.views.dates import parts
from generator.views.interface import Interface
from generator.views.markup import Html, el, join

BIBTEX_SPECIAL = re.compile(r"[\\{}%#$&_~^]")
BIBTEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


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
    return join(el("bdi", authors), cited, by=": ") if authors else cited


def text_version(article: Article) -> str:
    """Eight hex digits that change when the text does: the beginning of its SHA-256."""
    return sha256(body_text(article).encode()).hexdigest()[:8]


def bibtex(article: Article, source: str, settings: Settings) -> str:
    """A BibTeX entry."""
    fields = {
        "title": _bibtex(article.title),
        "author": " and ".join(_bibtex(name) for name in article.authors),
        "journal": _bibtex(source),
        "date": _date(article),
        "langid": article.language,
        "url": permanent_url(article, settings),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{article.id},", *lines, "}"])


def _bibtex(text: str) -> str:
    return BIBTEX_SPECIAL.sub(lambda match: BIBTEX_WORDS.get(match[0], f"\\{match[0]}"), text)


def _date(article: Article) -> str:
    known = parts(article.date)
    return "-".join(f"{part:02d}" for part in known)


def ris(article: Article, source: str, settings: Settings) -> str:
    """A RIS record of a newspaper article."""
    known = parts(article.date)
    fields = [
        ("TY", "NEWS"),
        ("TI", article.title),
        *(("AU", name) for name in article.authors),
        ("T2", source),
        ("PY", str(known[0]) if known else ""),
        ("DA", "/".join(f"{part:02d}" for part in known)),
        ("LA", article.language),
        ("UR", permanent_url(article, settings)),
        ("DB", settings.site_name),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in fields if value), "ER  - "])


def csl(article: Article, source: str, settings: Settings) -> dict[str, object]:
    """A CSL-JSON item."""
    known = parts(article.date)
    item: dict[str, object] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": name} for name in article.authors],
        "container-title": source,
        "issued": {"date-parts": [list(known)]} if known else None,
        "language": article.language,
        "URL": permanent_url(article, settings),
        "archive": settings.site_name,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(article: Article, source: str, settings: Settings) -> str:
    """The CSL-JSON item as text."""
    return json.dumps([csl(article, source, settings)], ensure_ascii=False, separators=(",", ":"))
