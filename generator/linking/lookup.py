"""Whether an article is there already: its versions among the articles of an archive."""

from collections.abc import Iterable, Mapping

import numpy as np

from generator.linking.candidates import SHARED_VALUES
from generator.linking.compare import compare
from generator.linking.prints import shared_keys
from generator.linking.profile import profile
from generator.linking.relations import relate
from generator.model import Article, ArticleId, Status, VerdictKind, VersionLink
from generator.text import base_language


def find_versions(
    article: Article,
    fingerprint: bytes,
    archive: Mapping[ArticleId, Article],
    fingerprints: Mapping[ArticleId, bytes],
) -> tuple[VersionLink, ...]:
    """What a new article is to those in the archive that are versions or excerpts of it, the likest first."""
    mine = profile(article)
    found = []
    for item in sorted(alike(article, fingerprint, archive, fingerprints)):
        verdict = compare(mine, profile(archive[item]))
        if verdict.kind is not VerdictKind.DIFFERENT:
            found.append(relate(article, archive[item], verdict, {}))
    return tuple(sorted(found, key=lambda link: (-link.similarity, link.other)))


def alike(
    article: Article,
    fingerprint: bytes,
    archive: Mapping[ArticleId, Article],
    fingerprints: Mapping[ArticleId, bytes],
) -> set[ArticleId]:
    """The published articles in its language that share enough of its fingerprint, its title or its address."""
    language, keys = base_language(article.language), set(shared_keys(article))
    near = [
        item
        for item, other in archive.items()
        if item != article.id
        and other.status is Status.PUBLISHED
        and base_language(other.language) == language
    ]
    with_key = {item for item in near if keys & set(shared_keys(archive[item]))}
    return with_key | sharing(fingerprint, near, fingerprints)


def sharing(
    fingerprint: bytes, near: Iterable[ArticleId], fingerprints: Mapping[ArticleId, bytes]
) -> set[ArticleId]:
    """Those whose fingerprints share enough values with one."""
    ids = [item for item in near if fingerprints[item]]
    if not ids or not fingerprint:
        return set()
    values = np.frombuffer(fingerprint, dtype="<u4")
    table = np.frombuffer(b"".join(fingerprints[item] for item in ids), dtype="<u4")
    shared = (table.reshape(len(ids), -1) == values).sum(axis=1)
    return {ids[place] for place in np.flatnonzero(shared >= SHARED_VALUES).tolist()}
