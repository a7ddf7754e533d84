"""What trafilatura keeps of a page, in several settings, as hints on the page's own blocks."""

import logging
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

import trafilatura
from lxml.html import HtmlElement

from generator.ingest.blocks import RawBlock
from generator.text import words

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

#: Settings by the hint that a block gets which is kept with them.
SETTINGS: Mapping[str, Mapping[str, bool]] = MappingProxyType(
    {
        "kept by the extractor": {},
        "kept by the strict extractor": {"favor_precision": True},
        "kept by the generous extractor": {"favor_recall": True},
    }
)
#: Words in a row that are looked up, and the share of them that must be found.
SHINGLE = 5
FOUND = 0.5


def extract(tree: HtmlElement, options: Mapping[str, Any] = MappingProxyType({})) -> str:
    """The text that trafilatura keeps; empty where it finds none, or the page is nested too deeply for it."""
    try:
        return trafilatura.extract(deepcopy(tree), include_comments=False, **options) or ""
    except RecursionError:
        return ""


def hint_blocks(blocks: Sequence[RawBlock], tree: HtmlElement) -> tuple[RawBlock, ...]:
    """The blocks, with a hint for each setting of the extractor that keeps them."""
    found = [words(block.text) for block in blocks]
    hints: list[set[str]] = [set(block.hints) for block in blocks]
    split = cache(words)  # the settings keep much the same lines
    for hint, options in SETTINGS.items():
        text = extract(tree, options)
        parts = [split(line) for line in text.split("\n")]
        lines = set(map(tuple, parts))
        kept = _shingles([word for part in parts for word in part])
        for block, its_hints in zip(found, hints, strict=True):
            if tuple(block) in lines or _share(block, kept) >= FOUND:
                its_hints.add(hint)
    return tuple(
        replace(block, hints=frozenset(its_hints))
        for block, its_hints in zip(blocks, hints, strict=True)
    )


def _shingles(found: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(found[i : i + SHINGLE]) for i in range(len(found) - SHINGLE + 1))


def _share(block: Sequence[str], kept: frozenset[tuple[str, ...]]) -> float:
    """The share of a block's runs of words that the extractor kept; 0 for a block that is too short."""
    own = [tuple(block[i : i + SHINGLE]) for i in range(len(block) - SHINGLE + 1)]
    return sum(1 for run in own if run in kept) / len(own) if own else 0.0
