"""Whether cleaning pages is faithful: nothing made up, nothing lost that the extractor alone keeps, settled at once.

`python -m tests.quality.faithful DATA [--step N]` cleans every page (or every Nth) of the labelled sets and prints what it
found; the tests do the same with a part of the pages.
"""

import argparse
import gzip
import html
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import Any

import regex

from generator.ingest.clean import Context
from generator.ingest.decode import decode
from generator.ingest.extractor import extract
from generator.ingest.page import parse_page
from generator.ingest.read import CleanedCapture, clean_capture, running_text
from generator.model import BlockKind
from generator.pipeline.evaluate.clean_html import page_file
from generator.pipeline.evaluate.data import read_lines
from generator.record import record
from generator.text import normal, words

SETS = ("trafilatura", "readability", "newspaper")
NOT_LETTERS = regex.compile(r"[^\p{L}\p{N}]+")
RUN = 4
#: Words from which on a paragraph counts as one.
PARAGRAPH = 8
#: Recall by which a page may fall behind the extractor before it is printed.
LITTLE = 0.001
TAGS: Mapping[BlockKind, str] = {
    BlockKind.PARAGRAPH: "p",
    BlockKind.HEADING: "h2",
    BlockKind.SUBHEADING: "h3",
    BlockKind.ITEM: "li",
    BlockKind.QUOTE: "blockquote",
}


@record
class Seen:
    """One page: what was made up, how much of the gold text we and the extractor alone keep, what a second cleaning changes.

    `lost` are the paragraphs of the gold that the extractor keeps and we do not.
    """

    group: str
    page: str
    invented: tuple[str, ...]
    ours: float
    extractor: float
    lost: tuple[str, ...]
    unsettled: tuple[str, ...]
    size: int


def look(data: Path, step: int = 1) -> Iterator[Seen]:
    """Every `step`th page of each set."""
    for name in SETS:
        folder = data / "clean-html" / name
        for item in list(read_lines(folder, "gold"))[::step]:
            page = gzip.decompress(page_file(folder, item["file"]).read_bytes())
            yield _look_at(name, page, item)


def _look_at(group: str, page: bytes, gold: Mapping[str, Any]) -> Seen:
    found = clean_capture(page, Context(url=gold.get("url") or ""))
    tree = parse_page(decode(page).text)
    said = " ".join([*tree.itertext(), *map(html.unescape, tree.xpath("//script/text()"))])
    letters = _letters(said)
    wanted = [gold["text"]] if gold.get("text") else list(gold.get("with") or ())
    left = {block.text for block in clean_capture(as_page(found), Context()).blocks}
    text, alone = list(running_text(found)), extract(tree)
    return Seen(
        group=group,
        page=str(gold["id"]),
        invented=tuple(
            block.text
            for block in found.blocks
            # A page may hide a mark within a paragraph, which readers do not see.
            if _letters(block.text) not in letters and recall([said], [block.text]) < 0.9
        ),
        ours=recall(text, wanted),
        extractor=recall([alone], wanted),
        lost=tuple(lost_paragraphs([found.title, found.subtitle, *text], alone, wanted)),
        unsettled=tuple(block.text for block in found.blocks if block.text not in left),
        size=sum(len(block.text) for block in found.blocks),
    )


def as_page(found: CleanedCapture) -> bytes:
    """A cleaned article as the plainest page there is."""
    body = "".join(
        f"<{TAGS[block.kind]}>{html.escape(block.text)}</{TAGS[block.kind]}>"
        for block in found.blocks
    )
    head = f"<title>{html.escape(found.title)}</title>"
    title = f"<h1>{html.escape(found.title)}</h1>"
    return f"<html><head>{head}</head><body><article>{title}{body}</article></body></html>".encode()


def recall(kept: Sequence[str], wanted: Sequence[str]) -> float:
    """The share of the wanted runs of words that are kept."""
    have = Counter(_runs("\n".join(kept)))
    want = Counter(run for text in wanted for run in _runs(text))
    return sum((have & want).values()) / max(1, sum(want.values()))


def lost_paragraphs(kept: Sequence[str], other: str, wanted: Sequence[str]) -> Iterator[str]:
    """The wanted paragraphs of which the other keeps most and we keep less than half."""
    for paragraph in chain.from_iterable(text.split("\n\n") for text in wanted):
        known = len(words(paragraph)) >= PARAGRAPH and recall([other], [paragraph]) > 0.8
        if known and recall(kept, [paragraph]) < 0.5:
            yield paragraph


def means(seen: Sequence[Seen]) -> dict[str, tuple[float, float]]:
    """The mean recall of each set, ours and the extractor's; all pages together under an empty name."""
    groups: dict[str, list[Seen]] = {"": list(seen)}
    for item in seen:
        groups.setdefault(item.group, []).append(item)
    return {
        name: (fmean(item.ours for item in items), fmean(item.extractor for item in items))
        for name, items in groups.items()
    }


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    yield from (tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1))


def _letters(text: str) -> str:
    return NOT_LETTERS.sub("", normal(text.replace("\u00ad", "")).casefold())


def main() -> None:
    """Print every page that is not as it should be, and the means."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--step", type=int, default=1)
    options = parser.parse_args()
    seen = []
    for item in look(options.data, options.step):
        seen.append(item)
        if item.invented or item.unsettled or item.ours < item.extractor - LITTLE:
            sys.stdout.write(
                f"{item.group} {item.page}: recall {item.ours:.3f}, extractor {item.extractor:.3f}, "
                f"lost {list(item.lost)}, made up {list(item.invented)}, unsettled {list(item.unsettled)}\n"
            )
    for name, (ours, extractor) in means(seen).items():
        sys.stdout.write(f"{name or 'all'}: recall {ours:.4f}, extractor {extractor:.4f}\n")
    unsettled = sum(len(text) for item in seen for text in item.unsettled)
    share = unsettled / sum(item.size for item in seen)
    sys.stdout.write(f"{len(seen)} pages: {share:.2%} of the letters go at a second cleaning\n")


if __name__ == "__main__":
    main()
