"""The formats of the corpus: which keys each file has, what they may be and what they mean."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.corpus.fields import Field, Form, form, needed, schema_of, table_of
from generator.corpus.kinds import (
    ADDRESS,
    CAPTURE_FILE,
    COORDINATES,
    COUNTRY,
    DATE,
    IDENTIFIER,
    LANGUAGE,
    LONG_TEXT,
    SHA256_HEX,
    TEXT,
    WIKIDATA_ID,
    by_language,
    choice,
    list_of,
)
from generator.model import (
    Capture,
    CaptureKind,
    DecisionKind,
    EntityKind,
    QuotationReference,
    Rights,
    Status,
)

NAMES = list_of(TEXT, one_alone=True)

CAPTURE = form(
    needed("path", CAPTURE_FILE, "The captured file, from `corpus/` on: `captures/<id>/…`."),
    needed("sha256", SHA256_HEX, "Its SHA-256, so that nobody changes it unseen."),
    needed(
        "kind",
        choice(CaptureKind),
        "How it was captured: a saved page, a print export, pasted text.",
    ),
)

FRONT_MATTER = form(
    needed("title", TEXT, "The headline, in the article's language."),
    Field("subtitle", TEXT, "The line below the headline."),
    needed("date", DATE, "When it was published, as precisely as it is known; `unknown` where it is not."),
    Field("updated", DATE, "When the outlet says it last changed the article."),
    needed("source", IDENTIFIER, "The outlet: an id of `sources.yml`."),
    needed("language", LANGUAGE, "The language of the text; a code that YAML misreads needs quotes: `\"no\"`."),
    Field("authors", list_of(TEXT, one_alone=True), "Who wrote it, one name each."),
    Field("agency", TEXT, "The news agency that the text comes from."),
    Field("place", TEXT, "The place of the dateline."),
    Field("url", ADDRESS, "Where it was found."),
    Field("canonical_url", ADDRESS, "The address that the page itself gives as its own."),
    Field("section", TEXT, "The outlet's section or column."),
    Field("captured", DATE, "When it was captured."),
    Field("capture", table_of(CAPTURE, Capture, "`path`, `sha256`, `kind`"), "The file that the text was cleaned from."),
    Field("rights", choice(Rights), "How much of the text may be shown: all (the default), an opening, nothing. The stricter of this and the source's holds."),
    Field("licence", TEXT, "The licence, such as `CC-BY-4.0`."),
    Field("translation_of", IDENTIFIER, "The id of the article that this one says it translates."),
    Field("status", choice(Status), "`withdrawn` takes the text off the site and keeps the address; it needs a `reason`."),
    Field("reason", LONG_TEXT, "Why it was withdrawn; shown to readers."),
    Field("withdrawn", DATE, "When it was withdrawn; shown to readers."),
    Field("notes", LONG_TEXT, "Anything else a maintainer should know; not shown."),
)  # fmt: skip

SOURCE = form(
    needed("id", IDENTIFIER, "Short name, part of addresses; never changes."),
    needed("name", TEXT, "The outlet's name."),
    Field("names", by_language(TEXT), "Its name in further languages or scripts."),
    Field("homepage", ADDRESS, "Its site."),
    Field("country", COUNTRY, "Where it is published."),
    Field("language", LANGUAGE, "The language it mostly publishes in."),
    Field("rights", choice(Rights), "The most that may be shown of any of its articles (default: all)."),
    Field("licence", TEXT, "The licence of its articles, where they name none."),
    Field("notes", LONG_TEXT, "Anything else a maintainer should know; not shown."),
)  # fmt: skip

ENTITY = form(
    needed("id", IDENTIFIER, "Short name, part of addresses; never changes."),
    needed("kind", choice(EntityKind), "What it is."),
    Field("wikidata", WIKIDATA_ID, "Its Wikidata item, where somebody looked it up."),
    needed("names", by_language(NAMES), "All its names; the first of a language is its heading."),
    Field("adjectives", by_language(NAMES), "Words that mention a place without naming it, such as *French*."),
    Field("description", by_language(TEXT), "A few words that tell it from others."),
    Field("country", COUNTRY, "Its country."),
    Field("born", DATE, "Birth of a person, founding of an organisation."),
    Field("died", DATE, "Death of a person, end of an organisation."),
    Field("coordinates", COORDINATES, "Where a place lies."),
    Field("hints", list_of(TEXT, one_alone=True), "Words near a name that speak for this bearer of it."),
    Field("not_to_be_confused_with", list_of(IDENTIFIER, one_alone=True), "Ids of namesakes."),
)  # fmt: skip

QUOTATION = form(
    needed("article", IDENTIFIER, "The article that carries it."),
    needed("text", LONG_TEXT, "Its words as the article has them, without quotation marks."),
)

DECISION = form(
    needed("decision", choice(DecisionKind), "What was decided.", "kind"),
    Field("articles", list_of(IDENTIFIER), "The articles that belong together or do not (two or more); the one that is the main version."),
    Field("quotations", list_of(table_of(QUOTATION, QuotationReference, "`article`, `text`")), "The quotations that are the same or are not (two or more)."),
    Field("article", IDENTIFIER, "The article that mentions a name."),
    Field("text", TEXT, "The name as the article has it."),
    Field("entity", IDENTIFIER, "The entity that it is or is not."),
    needed("who", TEXT, "Who decided."),
    needed("when", DATE, "When."),
    needed("why", LONG_TEXT, "Why; readers see it."),
)  # fmt: skip

REDIRECT = form(
    needed("from", IDENTIFIER, "The id that the article had.", "source"),
    needed("to", IDENTIFIER, "The id that it has now.", "target"),
)

#: The keys each kind of decision needs besides who, when and why, and how many articles or quotations.
DECISION_KEYS: Mapping[DecisionKind, tuple[str, ...]] = {
    DecisionKind.SAME_VERSION: ("articles",),
    DecisionKind.NOT_SAME_VERSION: ("articles",),
    DecisionKind.MAIN_VERSION: ("articles",),
    DecisionKind.SAME_STORY: ("articles",),
    DecisionKind.NOT_SAME_STORY: ("articles",),
    DecisionKind.SAME_QUOTATION: ("quotations",),
    DecisionKind.NOT_SAME_QUOTATION: ("quotations",),
    DecisionKind.IS_ENTITY: ("article", "text", "entity"),
    DecisionKind.IS_NOT_ENTITY: ("article", "text", "entity"),
}
DECISION_CHOICES = ("articles", "quotations", "article", "text", "entity")


class Format(NamedTuple):
    """A kind of corpus file: its fields, and JSON Schema for what depends on more than one of them."""

    title: str
    fields: Form
    rules: Mapping[str, Any]
    is_list: bool = True

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a whole file (of the front matter, for an article)."""
        item = {**schema_of(self.fields), **self.rules}
        return {"type": "array", "items": item} if self.is_list else item


def _decision_rules() -> dict[str, Any]:
    rules = []
    for kind, keys in DECISION_KEYS.items():
        others: dict[str, Any] = {key: False for key in DECISION_CHOICES if key not in keys}
        several = 1 if kind is DecisionKind.MAIN_VERSION else 2
        if len(keys) == 1:
            others[keys[0]] = {"minItems": several, **({"maxItems": 1} if several == 1 else {})}
        rules.append(
            {
                "if": {"properties": {"decision": {"const": kind.value}}},
                "then": {"required": list(keys), "properties": others},
            }
        )
    return {"allOf": rules}


WITHDRAWAL = {
    "if": {"properties": {"status": {"const": "withdrawn"}}, "required": ["status"]},
    "then": {"required": ["reason"]},
    "else": {"properties": {"reason": False, "withdrawn": False}},
}

FORMATS: Mapping[str, Format] = {
    "article": Format("Front matter of an article", FRONT_MATTER, WITHDRAWAL, is_list=False),
    "sources": Format("Outlets", SOURCE, {}),
    "entities": Format("Authority file", ENTITY, {}),
    "decisions": Format("What people decided", DECISION, _decision_rules()),
    "redirects": Format("Addresses that have moved", REDIRECT, {}),
}
