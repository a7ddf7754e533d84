"""What an article's page says to machines: JSON-LD, Highwire, Open Graph, links."""

import json

from generator.model import ReasonKind, Relation
from generator.settings import Settings
from generator.views import addresses
from generator.views.article_view import ArticleView, RelatedCard
from generator.views.dates import parts
from generator.views.markup import Html, el, join, safe_url


def article_head(view: ArticleView, settings: Settings) -> Html:
    """The tags for the head of an article's page, each thing once: Highwire for programs that cite, JSON-LD for
    those that search, the headline also as Open Graph."""
    article = view.article
    main = next((item.card.id for item in view.versions if item.relation is None), article.id)
    date = article.date.iso.split("T")[0] if parts(article.date) else None
    return join(
        link_canonical(addresses.article(main), settings),
        *_translations(view, settings),
        meta("z:itemType", "newspaperArticle"),
        meta("citation_title", article.title, "og:title"),
        meta("citation_journal_title", view.card.source_name),
        meta("citation_publication_date", date),
        meta("citation_language", article.language),
        *(meta("citation_author", author) for author in article.authors),
        json_ld(_news_article(view, settings)),
    )


def meta(name: str, content: str | None, meaning: str | None = None) -> Html | None:
    """A named meta tag; none without content."""
    return el("meta", name=name, property=meaning, content=content) if content else None


def link_canonical(address: str, settings: Settings) -> Html | None:
    """The canonical link; none where the site's own address is not known."""
    if not settings.site_url:
        return None
    return el("link", rel="canonical", href=settings.site_url + address)


def feed_link(title: str) -> Html:
    """Where a program finds the feed of a page."""
    return el("link", rel="alternate", type="application/atom+xml", title=title, href="feed.xml")


def open_graph(title: str) -> Html:
    """What a link to a page that is no article shows elsewhere."""
    return el("meta", property="og:title", content=title)


def json_ld(data: dict[str, object]) -> Html:
    """A JSON-LD script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return el("script", script_text(text), type="application/ld+json")


def script_text(text: str) -> Html:
    """JSON inside a script element: nothing in it can end the script or begin a tag."""
    return Html(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _translations(view: ArticleView, settings: Settings) -> list[Html]:
    """What outlets themselves call translations of each other: to a search engine a guess would be a fact."""
    others = [item.card for item in view.related if _stated_translation(item)]
    if not others or not settings.site_url:
        return []
    return [
        el(
            "link",
            rel="alternate",
            hreflang=card.language,
            href=settings.site_url + addresses.article(card.id),
        )
        for card in (view.card, *others)
    ]


def _stated_translation(item: RelatedCard) -> bool:
    return item.relation is Relation.TRANSLATION and any(
        reason.kind is ReasonKind.STATED for reason in item.reasons
    )


def _news_article(view: ArticleView, settings: Settings) -> dict[str, object]:
    article = view.article
    names = [
        {"@id": f"http://www.wikidata.org/entity/{view.wikidata[card.id]}", "name": card.name}
        for card in view.names
        if card.id in view.wikidata
    ]
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "inLanguage": article.language,
        "datePublished": article.date.iso if parts(article.date) else None,
        "dateModified": article.updated.iso if article.updated else None,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": view.card.source_name},
        "isBasedOn": safe_url(article.url),
        "license": safe_url(article.licence),
        "translationOfWork": {"@id": settings.site_url + addresses.article(article.translation_of)}
        if article.translation_of
        else None,
        "mentions": names,
    }
    return {name: value for name, value in data.items() if value}
