"""The records of the whole way, from capture to page; frozen and without logic."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NewType

from generator.errors import Problem
from generator.record import field, record

# --- names of things -----------------------------------------------------------------------

ArticleId = NewType("ArticleId", str)
"""`<date>-<source>-<slug>`: the file name of an article; made once, never changed."""

SourceId = NewType("SourceId", str)
EntityId = NewType("EntityId", str)

StoryId = NewType("StoryId", str)
"""The id of the story's earliest article."""

QuotationGroupId = NewType("QuotationGroupId", str)
"""Made from the article id and the words of the group's earliest quotation."""

LanguageCode = NewType("LanguageCode", str)
"""BCP 47, as short as it can be: `en`, `pt-BR`, `zh-Hant`; `und` when not known."""


class Rights(StrEnum):
    """How much of an article's text may be published; later is stricter."""

    FULL = "full"
    OPENING = "opening"
    METADATA = "metadata"


class Status(StrEnum):
    """A withdrawn article keeps its address and loses its text."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class CaptureKind(StrEnum):
    """How a capture was made: a saved web page, a print export, pasted text."""

    WEB = "web"
    PRINT = "print"
    TEXT = "text"


class BlockKind(StrEnum):
    """The structure a text may have; `##` is a heading, `###` a subheading."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    SUBHEADING = "subheading"
    ITEM = "item"
    QUOTE = "quote"


class EntityKind(StrEnum):
    """What an entry of the authority file names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EVENT = "event"
    WORK = "work"


class Relation(StrEnum):
    """What one article is to another."""

    IDENTICAL = "identical"
    RECAPTURE = "recapture"
    REVISION = "revision"
    SYNDICATED = "syndicated"
    EXCERPT = "excerpt"
    TRANSLATION = "translation"
    RELATED = "related"


class Change(StrEnum):
    """The four words for a difference between two versions (NewsEdits, NAACL 2022)."""

    ADDITION = "addition"
    DELETION = "deletion"
    EDIT = "edit"
    MOVE = "move"


class DecisionKind(StrEnum):
    """What a person decided; it wins over the machine."""

    SAME_VERSION = "same-version"
    NOT_SAME_VERSION = "not-same-version"
    MAIN_VERSION = "main-version"
    SAME_STORY = "same-story"
    NOT_SAME_STORY = "not-same-story"
    SAME_QUOTATION = "same-quotation"
    NOT_SAME_QUOTATION = "not-same-quotation"
    IS_ENTITY = "is-entity"
    IS_NOT_ENTITY = "is-not-entity"


# --- the corpus ----------------------------------------------------------------------------


@record
class ArticleDate:
    """A date as precisely as it is known.

    `iso` is `2022-01-28T14:05:00+03:00`, `2022-01-28`, `2022-01`, `2022` or `unknown`.
    """

    iso: str


@record
class Capture:
    """The file an article was cleaned from. `path` is relative to `corpus/`; `sha256` in hex."""

    path: str
    sha256: str
    kind: CaptureKind


@record
class Block:
    """A paragraph of an article's text, or a line of its structure. `text` is NFC on one line."""

    kind: BlockKind = BlockKind.PARAGRAPH
    text: str


@record
class Article:
    """A cleaned capture with a known language; never changes after it is read.

    `path` is the file, relative to `corpus/`, from which `blocks` may be read only when they are asked for.
    `reason` says why it was withdrawn, `withdrawn` when.
    """

    id: ArticleId
    path: str
    title: str
    date: ArticleDate
    source: SourceId
    language: LanguageCode
    blocks: Sequence[Block]
    subtitle: str | None = None
    updated: ArticleDate | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    place: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    section: str | None = None
    captured: ArticleDate | None = None
    capture: Capture | None = None
    rights: Rights = Rights.FULL
    licence: str | None = None
    translation_of: ArticleId | None = None
    status: Status = Status.PUBLISHED
    reason: str | None = None
    withdrawn: ArticleDate | None = None
    notes: str | None = None


@record
class Source:
    """An outlet. `names` gives its name in further languages or scripts."""

    id: SourceId
    name: str
    names: Mapping[LanguageCode, str] = field(default_factory=dict)
    homepage: str | None = None
    country: str | None = None
    language: LanguageCode | None = None
    rights: Rights = Rights.FULL
    licence: str | None = None
    notes: str | None = None


@record
class Entity:
    """An entry of the authority file.

    The first name of a language is its heading. `adjectives` are forms such as *French* that
    mention a place without naming it. `hints` are words that speak for this entity where
    a name has several owners. `coordinates` are latitude and longitude in degrees.
    """

    id: EntityId
    kind: EntityKind
    names: Mapping[LanguageCode, tuple[str, ...]]
    wikidata: str | None = None
    description: Mapping[LanguageCode, str] = field(default_factory=dict)
    adjectives: Mapping[LanguageCode, tuple[str, ...]] = field(default_factory=dict)
    country: str | None = None
    born: ArticleDate | None = None
    died: ArticleDate | None = None
    coordinates: tuple[float, float] | None = None
    hints: tuple[str, ...] = ()
    not_to_be_confused_with: tuple[EntityId, ...] = ()


@record
class QuotationReference:
    """Words of an article, as a decision names them."""

    article: ArticleId
    text: str


@record
class Decision:
    """What a person decided, with its place in `decisions/*.yml` (`path`, `line`).

    `articles` for versions and stories (a main version names one); `quotations` for
    quotations; `articles` (one), `text` and `entity` for mentions.
    """

    kind: DecisionKind
    articles: tuple[ArticleId, ...] = ()
    quotations: tuple[QuotationReference, ...] = ()
    text: str | None = None
    entity: EntityId | None = None
    who: str
    when: ArticleDate
    why: str
    path: str
    line: int


class RemovedKind(StrEnum):
    """Page furniture (menus, banners, captions …) or a list of links."""

    FURNITURE = "furniture"
    LINKS = "links"


@record
class Origin:
    """A place in a capture: lines from 1, both ends included; a page of a PDF; an element's path.

    `lines` count in the page of a PDF, in the file otherwise.
    """

    lines: tuple[int, int] | None = None
    page: int | None = None
    element: str | None = None


@record
class ParagraphOrigin:
    """Where a block of the article stands in the capture; `paragraph` is its address (`p-…`)."""

    paragraph: str
    origin: Origin


@record
class RemovedBlock:
    """A block of the capture that is not the article's, with the rule and what spoke for it.

    `evidence` are short sentences in English such as `3 of 4 lines are links`.
    """

    text: str
    kind: RemovedKind
    rule: str
    evidence: tuple[str, ...]
    origin: Origin


@record
class Provenance:
    """What cleaning did to a capture: `captures/<id>/provenance.json`."""

    capture: str
    sha256: str
    paragraphs: tuple[ParagraphOrigin, ...]
    removed: tuple[RemovedBlock, ...]


@record
class Redirect:
    """An article's id that has moved."""

    source: ArticleId
    target: ArticleId


@record
class Corpus:
    """All that was read from `corpus/`, each tuple sorted by id (decisions by place).

    `provenance` holds only the articles that have one. `digests` stand for all that is known of an article: the
    hex SHA-256 of its file, and its rights where its outlet has a say in them.
    """

    articles: tuple[Article, ...]
    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    decisions: tuple[Decision, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    provenance: Mapping[ArticleId, Provenance] = field(default_factory=dict)
    digests: Mapping[ArticleId, str] = field(default_factory=dict)


# --- analysis: tables about one article ----------------------------------------------------


@record
class Span:
    """A stretch of an article: code points `start` to `end` of one segment.

    Segment 0 is the title, segment n the n-th block of the text.
    """

    segment: int
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether both have a character in common."""
        return self.segment == other.segment and self.start < other.end and other.start < self.end


@record
class Quotation:
    """Words in quotation marks, without the marks; a split quotation has several spans.

    `text` joins the parts by a space. `speaker` and `verb` are as the article writes them.
    """

    article: ArticleId
    spans: tuple[Span, ...]
    text: str
    speaker: str | None = None
    speaker_span: Span | None = None
    verb: str | None = None


@record
class Mention:
    """An entity found in an article. `form` is the text as it stands; `reason` how it was found."""

    article: ArticleId
    entity: EntityId
    span: Span
    form: str
    reason: str


@record
class UndecidedMention:
    """A name that several entities share and nothing in the article decides."""

    article: ArticleId
    span: Span
    form: str
    candidates: tuple[EntityId, ...]


@record
class Named:
    """What the names in an article come to: the entities (sorted), the number of mentions, the number of quotations,
    the entities that are mentioned in these or as their speakers (sorted).

    `characters` is the length of the text that they are in, of all blocks together, without the title; `text` is the
    hex SHA-256 of it, with an empty line between two blocks.
    """

    entities: tuple[EntityId, ...] = ()
    mentions: int = 0
    quotations: int = 0
    quoted: tuple[EntityId, ...] = ()
    undecided: tuple[UndecidedMention, ...] = ()
    characters: int = 0
    text: str = ""


@record
class Figure:
    """A number with what it counts: `100,000 troops` has value `100000` and unit `troops`."""

    span: Span
    value: str
    unit: str | None = None


@record
class Analysis:
    """What can be known of one article without any other and without the authority file.

    `fingerprint` is the MinHash signature (uint32, little endian) of the text; `vector` its
    meaning (float16, little endian, unit length), empty where the encoder does not know the language.
    `terms` are its telling words, `names` its names and numbers, written alike in every script: keys (uint32,
    ascending), then as many weights (float32), little endian; the squares of the weights sum to 1.
    `statements` are the sentences of the quotations that say enough to be found elsewhere, `meanings` their vectors,
    one after the other, as `vector`. `paragraphs` are the addresses of the blocks, with a blank between two. `script` is
    the number of the script that the article is written in (0: it has no letters).
    """

    article: ArticleId
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    figures: tuple[Figure, ...]
    fingerprint: bytes
    vector: bytes = b""
    terms: bytes = b""
    names: bytes = b""
    statements: tuple[Quotation, ...] = ()
    meanings: bytes = b""
    paragraphs: str = ""
    script: int = 0


# --- linking: tables about many articles ---------------------------------------------------


class ReasonKind(StrEnum):
    """Why two things are linked; views put it into words in every interface language."""

    SAME_TEXT = "same-text"
    SHARED_TEXT = "shared-text"
    SHARED_QUOTATIONS = "shared-quotations"
    SHARED_ENTITIES = "shared-entities"
    SHARED_FIGURES = "shared-figures"
    SHARED_WORDS = "shared-words"
    MEANING = "meaning"
    DAYS_APART = "days-apart"
    SAME_SPEAKER = "same-speaker"
    STATED = "stated"
    DECISION = "decision"


@record
class Reason:
    """One reason of a link: `value` is its number (a count, a share 0 to 1, days), `items` what is
    shared (entity ids, words, figures as they stand)."""

    kind: ReasonKind
    value: float = 0.0
    items: tuple[str, ...] = ()


@record
class WordChange:
    """One difference between two versions, at word level.

    `old` and `new` are the words as they stand; `old_paragraph` and `new_paragraph` index the
    blocks of the two articles (None: not there). `moved` marks a passage that stands elsewhere.
    """

    kind: Change
    old: str = ""
    new: str = ""
    old_paragraph: int | None = None
    new_paragraph: int | None = None


class PieceKind(StrEnum):
    """A piece of a diff line: in both versions, or in one."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@record
class Piece:
    """A run of words of a diff line. `moved` marks a deleted or inserted one that stands elsewhere
    in the other version, `typographic` one that says what the other version says with other signs or blanks."""

    kind: PieceKind
    text: str
    moved: bool = False
    typographic: bool = False

    @property
    def changed(self) -> bool:
        """Whether the other version does not say it here."""
        return self.kind is not PieceKind.SAME and not self.typographic


@record
class DiffLine:
    """One row of a diff: a paragraph of either version beside its partner.

    `change` is None where both are the same but for typography. `pieces` hold the words of both sides in reading
    order. `old` and `new` index the blocks (None: missing on that side).
    """

    old: int | None
    new: int | None
    change: Change | None
    pieces: tuple[Piece, ...]


@record
class Difference:
    """What differs between two versions: text by the four changes, links, page furniture.

    `shared` is the share of the words in common (0 to 1). `title` holds the words of both titles where they
    differ. `counts` counts the changes of the text, not of the title; `typographic` the places in both that differ in
    typography alone (quotation marks, dashes, blanks, what nobody sees). `links_removed` and `links_added` are
    addresses that only the old or the new capture lists; `furniture_removed` and `furniture_added`
    are the furniture lines that only the one or the other capture has.
    """

    old: ArticleId
    new: ArticleId
    shared: float
    lines: tuple[DiffLine, ...]
    counts: Mapping[Change, int]
    title: tuple[Piece, ...] = ()
    typographic: int = 0
    links_removed: tuple[str, ...] = ()
    links_added: tuple[str, ...] = ()
    furniture_removed: tuple[str, ...] = ()
    furniture_added: tuple[str, ...] = ()


class TitleRelation(StrEnum):
    """What two titles say about each other; `conflict`: the same but for a number or a name."""

    SAME = "same"
    ALIKE = "alike"
    OTHER = "other"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


class VerdictKind(StrEnum):
    """`versions` of one article, one an `excerpt` of the other, or `different`."""

    VERSIONS = "versions"
    EXCERPT = "excerpt"
    DIFFERENT = "different"


@record
class VersionLink:
    """A version and what it is to the main one of its group (`other`), with the numbers.

    `similarity` is the share of words in common, `containment` the share of the shorter text
    found in the longer (both 0 to 1). `decision` is set where a person decided.
    """

    article: ArticleId
    other: ArticleId
    relation: Relation
    similarity: float
    containment: float
    reasons: tuple[Reason, ...] = ()
    decision: Decision | None = None


@record
class SentenceRow:
    """A sentence that is not in all versions of a group, and the versions that have it: the one that writes it as `text`, with
    these very signs and capitals, is the first."""

    text: str
    articles: tuple[ArticleId, ...]


@record
class VersionGroup:
    """The versions of one article in one language. `members` are by date, then id; `links` has
    one for each member but the main one. A lone article is a group of one."""

    main: ArticleId
    members: tuple[ArticleId, ...]
    links: tuple[VersionLink, ...] = ()
    sentences: tuple[SentenceRow, ...] = ()
    decision: Decision | None = None


@record
class Verdict:
    """What comparing two articles gave: whether they are versions of one article, and the numbers.

    `identical`: the same words in the same order. `similarity` and `containment` as in `VersionLink`.
    `covered` is the share of the first and of the second article's shingles that the other has too, `figures`
    the share of the numbers that agree (None: too few to say). `title` is what the titles say.
    """

    kind: VerdictKind
    identical: bool
    similarity: float
    containment: float
    covered: tuple[float, float]
    figures: float | None
    title: TitleRelation


@record
class ArticleLink:
    """A link from a version group to another: translation, excerpt or related, with its reasons.

    Both ends are main articles. `score` (0 to 1) orders links, highest first.
    """

    article: ArticleId
    other: ArticleId
    relation: Relation
    score: float
    reasons: tuple[Reason, ...]
    decision: Decision | None = None


@record
class VersionTable:
    """Every published article's version group, and the excerpts between groups.

    `groups` has an entry for each member. `excerpts` link main articles: `article` has a passage that
    is most of a text in the group of `other`. `problems` are stale decisions.
    """

    groups: Mapping[ArticleId, VersionGroup]
    excerpts: tuple[ArticleLink, ...] = ()
    problems: tuple[Problem, ...] = ()


class FactKind(StrEnum):
    """What a row of *who reports what* is about."""

    ENTITY = "entity"
    FIGURE = "figure"
    QUOTATION = "quotation"


@record
class FactRow:
    """One row of *who reports what*: for each article that has it, the form it gives.

    `key` is an entity id, a figure as the first article writes it, or a quotation group's id. `differs` is set where the
    articles give different values.
    """

    kind: FactKind
    key: str
    values: Mapping[ArticleId, str]
    differs: bool = False


@record
class Story:
    """The articles about one event; `members` are main articles by date, then id.

    `links` say why members belong together; `thread` are other stories of the same long-running
    affair, by date.
    """

    id: StoryId
    members: tuple[ArticleId, ...]
    links: tuple[ArticleLink, ...] = ()
    facts: tuple[FactRow, ...] = ()
    thread: tuple[StoryId, ...] = ()
    decision: Decision | None = None


@record
class QuotationGroup:
    """The same utterance as rendered by different outlets or translators.

    `members` are by date, then article id; `certain` is False for "probably the same statement".
    """

    id: QuotationGroupId
    members: tuple[Quotation, ...]
    speaker: EntityId | None = None
    certain: bool = True
    reasons: tuple[Reason, ...] = ()
    decision: Decision | None = None


@record
class Coverage:
    """What ties articles with other texts to each other.

    `stories` has an entry for each member, `links` one for each main article that has any, best first.
    `problems` are stale decisions.
    """

    stories: Mapping[ArticleId, Story]
    links: Mapping[ArticleId, tuple[ArticleLink, ...]]
    quotation_groups: tuple[QuotationGroup, ...]
    problems: tuple[Problem, ...] = ()


@record
class Permalinks:
    """Addresses that have no page any more, with where they lead, both relative to the root of the site.

    `lone` are the articles, by id, that have neither other versions nor a story: their addresses as such lead to them.
    `table` has all others.
    """

    lone: tuple[ArticleId, ...] = ()
    table: Mapping[str, str] = field(default_factory=dict)


@record
class Archive:
    """The corpus with all that was found in it: what the views are made of.

    `articles` holds published and withdrawn ones; every other table only published ones.
    `groups` maps every published article to its version group, `stories` every main article that is in
    a story of two or more. `differences` are the pairs that have an address. `problems` are stale decisions,
    `undecided` names that nothing decides. `latin` are headings of entities that are in other scripts,
    transliterated. `tokens` stand for the words and the names of articles: one that has the token
    that it had in an earlier build has the same text, analysis and mentions. `named` tells what
    can be told without the mentions and the analyses, and may be empty.
    """

    articles: Mapping[ArticleId, Article]
    sources: Mapping[SourceId, Source]
    entities: Mapping[EntityId, Entity]
    analyses: Mapping[ArticleId, Analysis]
    mentions: Mapping[ArticleId, tuple[Mention, ...]]
    provenance: Mapping[ArticleId, Provenance]
    groups: Mapping[ArticleId, VersionGroup]
    differences: Mapping[tuple[ArticleId, ArticleId], Difference]
    links: Mapping[ArticleId, tuple[ArticleLink, ...]]
    stories: Mapping[ArticleId, Story]
    quotation_groups: tuple[QuotationGroup, ...]
    redirects: tuple[Redirect, ...] = ()
    undecided: tuple[UndecidedMention, ...] = ()
    permalinks: Permalinks = Permalinks()
    problems: tuple[Problem, ...] = ()
    latin: Mapping[EntityId, Mapping[LanguageCode, str]] = field(default_factory=dict)
    tokens: Mapping[ArticleId, bytes] = field(default_factory=dict)
    named: Mapping[ArticleId, Named] = field(default_factory=dict)


# --- views ---------------------------------------------------------------------------------


@record
class OutputFile:
    """A file to write. `path` is relative to `docs/`, with `/`."""

    path: str
    content: bytes


class SearchKind(StrEnum):
    """What a search hit is."""

    ARTICLE = "article"
    QUOTATION = "quotation"
    ENTITY = "entity"


@record
class VersionFacts:
    """What the search says of one of several versions: when the outlet changed it, and how and when it was captured, as far as
    that is known; its `title` where that is not the hit's."""

    source: SourceId
    source_name: str
    date: str
    title: str = ""
    updated: str = ""
    capture: str = ""
    captured: str = ""


@record
class Reading:
    """A headline or a sentence that the version shown has not: `versions` are the places, ascending, of those that have it."""

    versions: tuple[int, ...]
    text: str


@record
class SearchRecord:
    """One hit of the search index: a version group, a quotation or an entity.

    `url` is relative to the site's root. `content` are the words that are searched, paragraphs
    separated by a newline; those of an article are the blocks that its page shows, in the same order. `date` is
    ISO 8601, as precise as known; `sort_date` is `YYYY-MM-DD` for ordering, earliest day, empty if unknown.
    `version_facts` are those of several `versions`, in their order. `subtitle` stands before the
    content, `readings` behind it; their places are those in `versions`.
    """

    id: str
    url: str
    kind: SearchKind
    language: LanguageCode
    title: str
    content: str
    subtitle: str = ""
    source: SourceId | None = None
    source_name: str = ""
    date: str = ""
    sort_date: str = ""
    authors: tuple[str, ...] = ()
    versions: tuple[ArticleId, ...] = ()
    version_facts: tuple[VersionFacts, ...] = ()
    readings: tuple[Reading, ...] = ()
    entities: tuple[EntityId, ...] = ()
    story: StoryId | None = None


@record
class SearchEntry:
    """A search record that is not made yet: what tells where in the index it goes, `seen`, plain values that tell of all
    that it is made from, the `size` of its words in characters, and what makes it."""

    id: str
    kind: SearchKind
    language: LanguageCode
    sort_date: str
    seen: tuple[object, ...]
    size: int
    make: Callable[[], SearchRecord]
