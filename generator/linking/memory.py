"""What earlier runs found out, kept so that a run looks only at what it can reach from what is new."""

from collections.abc import Mapping, MutableMapping
from dataclasses import field

from generator.linking.pool import KnownTies
from generator.model import ArticleId, ArticleLink, FactRow, QuotationGroup, record

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
class Told:
    """What is told of a story: the links of each member, and the table of facts."""

    links: Mapping[ArticleId, tuple[ArticleLink, ...]]
    facts: tuple[FactRow, ...]


@record
class Memory:
    """What is known, by a digest of all that it was found from, or under a name; a run adds to it what is new.

    `tokens` have 16 bytes for each article, which stand for its text, its analysis and its mentions.
    """

    tokens: Mapping[ArticleId, bytes]
    ties: MutableMapping[str, KnownTies] = field(default_factory=dict)
    groups: MutableMapping[str, tuple[tuple[ArticleId, ...], ...]] = field(default_factory=dict)
    stories: MutableMapping[str, Told] = field(default_factory=dict)
    statements: MutableMapping[str, KnownStatements] = field(default_factory=dict)
    utterances: MutableMapping[str, tuple[tuple[Key, Key], ...]] = field(default_factory=dict)
    quotations: MutableMapping[str, tuple[QuotationGroup, ...]] = field(default_factory=dict)
