"""Addresses: where every page of the archive lies, relative to the root of the site."""

from generator.model import ArticleId, EntityId, LanguageCode, QuotationGroupId, SourceId, StoryId

HOME = ""
SEARCH = "search/"
DATA = "data/"
STORIES = "stories/"
ENTITIES = "entities/"
NAMES = "names/"
QUOTATIONS = "quotations/"
SPEAKERS = "speakers/"
SOURCES = "sources/"
SOURCES_BY_NAME = "sources/a-z/"
LANGUAGES = "languages/"
DATES = "dates/"
ABOUT = "about/"
METHOD = "method/"
CONTRIBUTE = "contribute/"
UNDATED = "undated"


def article(article: ArticleId) -> str:
    """An article."""
    return f"articles/{article}/"


def versions(main: ArticleId) -> str:
    """The versions of a group, by its main article."""
    return f"articles/{main}/versions/"


def pair(main: ArticleId, other: ArticleId) -> str:
    """One version beside the main one."""
    return f"articles/{main}/versions/{other}/"


def story(story: StoryId | ArticleId) -> str:
    """A story, or the page that leads from a member to it."""
    return f"{STORIES}{story}/"


def quotation(group: QuotationGroupId) -> str:
    """A quotation as several outlets rendered it."""
    return f"quotations/{group}/"


def entity(entity: EntityId) -> str:
    """A person, organisation, place, event or work."""
    return f"{ENTITIES}{entity}/"


def said(entity: EntityId) -> str:
    """The quotations by a speaker."""
    return f"{ENTITIES}{entity}/said/"


def about_name(entity: EntityId) -> str:
    """The quotations that name an entity."""
    return f"{ENTITIES}{entity}/about/"


def source(source: SourceId) -> str:
    """An outlet."""
    return f"{SOURCES}{source}/"


def language(language: LanguageCode) -> str:
    """The articles in a language."""
    return f"{LANGUAGES}{language}/"


def in_language(address: str, ui: str, default: str) -> str:
    """The copy of a page for an interface language; the default one has no prefix."""
    return address if ui == default else f"{ui}/{address}"


def root(address: str) -> str:
    """The way from a page back to the root: `../../` from `articles/x/`, `./` from the home page."""
    return "../" * address.count("/") or "./"


def way(here: str, there: str) -> str:
    """The shortest relative way from a page to an address of the site; `./` to the page itself."""
    folder, steps = here, ""
    while not there.startswith(folder):
        folder = folder[: folder.rfind("/", 0, -1) + 1]
        steps += "../"
    return steps + there[len(folder) :] or "./"


def file(address: str) -> str:
    """The Markdown file of a page, relative to `docs/`."""
    return f"{address}index.md"
