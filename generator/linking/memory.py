"""What earlier runs found out, kept so that a run looks only at what it can reach from what is new."""

from collections.abc import Callable, Mapping, MutableMapping

from generator.linking.kin import Kin
from generator.linking.pool import KnownTies
from generator.model import ArticleId, ArticleLink, FactRow, QuotationGroup, Verdict
from generator.record import field, record

Key = tuple[ArticleId, int, int]
"""Where a statement stands: its article, segment and start."""


@record
class KnownStatements:
    """The statements of an earlier run that could be found word for word elsewhere.

    `tokens` of its articles and the number of all `statements` of each; then, of each statement that is long enough, the
    place of its article among them, a digest of its words, its segment and start. All one after the other.
    """

    tokens: bytes = b""
    statements: bytes = b""
    owners: bytes = b""
    digests: bytes = b""
    segments: bytes = b""
    starts: bytes = b""


@record
class KnownPrints:
    """What led some articles of an earlier run to others: their tokens, whether they have a fingerprint, those of
    the ones that do, and the keys of each. All but the keys one after the other."""

    tokens: bytes = b""
    values: bytes = b""
    known: bytes = b""
    keys: tuple[tuple[str, ...], ...] = ()


@record
class KnownPairs:
    """The pairs worth comparing among the articles of one language: the tokens of these, and places among them."""

    tokens: bytes
    left: bytes
    right: bytes


@record
class Told:
    """What is told of a story: the links of each member, and the table of facts."""

    links: Mapping[ArticleId, tuple[ArticleLink, ...]]
    facts: tuple[FactRow, ...]


def no_digest(_article: ArticleId) -> bytes:
    """Stands for captures that are always the same."""
    return b""


@record
class Memory:
    """What is known, by a digest of all that it was found from, or under a name; a run adds to it what is new.

    `tokens` have 16 bytes for each article, which stand for its text, its analysis and its mentions; `captures` give a
    digest of what was removed from its capture. `verdicts` are kept by the tokens of both articles, the smaller id first.
    `lasting` are the names of all `prints` that hold still, whether the run asked for them or not.
    """

    tokens: Mapping[ArticleId, bytes]
    captures: Callable[[ArticleId], bytes] = no_digest
    prints: MutableMapping[str, KnownPrints] = field(default_factory=dict)
    pairs: MutableMapping[str, KnownPairs] = field(default_factory=dict)
    versions: MutableMapping[str, Kin] = field(default_factory=dict)
    verdicts: MutableMapping[str, Mapping[str, Verdict]] = field(default_factory=dict)
    ties: MutableMapping[str, KnownTies] = field(default_factory=dict)
    groups: MutableMapping[str, tuple[tuple[ArticleId, ...], ...]] = field(default_factory=dict)
    stories: MutableMapping[str, Told] = field(default_factory=dict)
    statements: MutableMapping[str, KnownStatements] = field(default_factory=dict)
    utterances: MutableMapping[str, tuple[tuple[Key, Key], ...]] = field(default_factory=dict)
    quotations: MutableMapping[str, tuple[QuotationGroup, ...]] = field(default_factory=dict)
    lasting: set[str] = field(default_factory=set)
