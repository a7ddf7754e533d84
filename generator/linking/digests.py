"""Digests: articles that hold the texts of several others about different events, and so belong to no one story."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model import ArticleId, ArticleLink

Group = tuple[ArticleId, ...]


def collections(excerpts: Iterable[ArticleLink]) -> dict[ArticleId, frozenset[ArticleId]]:
    """The articles that hold the texts of two others or more, with those."""
    held: dict[ArticleId, set[ArticleId]] = {}
    for link in excerpts:
        held.setdefault(link.article, set()).add(link.other)
    return {item: frozenset(texts) for item, texts in held.items() if len(texts) > 1}


def with_digests(
    groups: Sequence[Group], held: Mapping[ArticleId, frozenset[ArticleId]]
) -> Iterator[Group]:
    """The stories, gathered without the collections, with each of these in the one that all its texts are of, if there is one."""
    asked = {text for texts in held.values() for text in texts}
    place = {
        item: number for number, group in enumerate(groups) for item in asked.intersection(group)
    }
    joining: dict[int, list[ArticleId]] = {}
    for item in sorted(held):
        told = {place.get(text, -1) for text in held[item]}
        if len(told) == 1 and -1 not in told:
            joining.setdefault(told.pop(), []).append(item)
    for number, group in enumerate(groups):
        yield (*group, *joining.get(number, ()))
