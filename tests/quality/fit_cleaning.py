"""Fit the weights by which blocks are kept or removed, and say how they do on outlets they were not fitted on.

`python -m tests.quality.fit_cleaning text|page [--write]` reads the labelled sets below `VARIORUM_TEST_DATA`, prints the
measures with whole outlets held out and with everything fitted, and with `--write` renews
`generator/data/ingest/text.json` or `page.json`. Nothing in it is random, so the same sets give the same weights.

The weights are those of a logistic regression. They are drawn towards what is believed without any
data: for pages, that the extractor is right and that the names of furniture's elements are, too; for texts, that furniture's
words mean furniture. The pull is
strong, because a few hundred pages are few against the variety of the web.
"""

import argparse
import gzip
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from generator.ingest import judge
from generator.ingest.blocks import RawBlock
from generator.ingest.clean import clean_blocks
from generator.ingest.decode import decode
from generator.ingest.judge import Context, Model, block_key
from generator.ingest.page import read_web_page
from generator.ingest.plain_text import read_plain
from generator.ingest.read import page_context, without_title
from generator.ingest.shape import Shape, measure_blocks
from generator.ingest.titles import find_titles
from generator.pipeline.evaluate.clean_html import page_file
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.ngrams import harmonic, score_texts
from generator.record import record
from generator.text import words

Vector = NDArray[np.float64]

DATA = Path(__file__).resolve().parents[2] / "generator/data/ingest"
#: Groups of outlets that are held out in turn.
FOLDS = 10
#: Words at which a block counts fully.
FULL = 60
#: What is believed before any data, by the beginning of a feature's name.
BELIEFS = {
    "page": {
        "kept by the extractor": 3.0,
        "named like comments, further up": -0.5,
        "named like related articles, further up": -0.5,
        "named like sharing, further up": -0.5,
        "named like a sign-up, further up": -0.5,
        "named like advertising, further up": -0.5,
        "named like a notice, further up": -0.5,
        "in comments beside the text": -2.0,
        "named like comments": -1.0,
        "named like related articles": -1.0,
        "named like sharing": -1.0,
        "named like a sign-up": -1.0,
        "named like advertising": -1.0,
        "named like a notice": -1.0,
    },
    "text": {
        "share ": -1.0,
        "subscribe ": -1.0,
        "cookies ": -1.0,
        "related ": -1.0,
        "comments ": -1.0,
        "advert ": -1.0,
        "credit ": -1.0,
        "byline ": -1.0,
        "menu ": -1.0,
        "legal ": -1.0,
        "address": -1.0,
        "behind an end mark": -0.7,
    },
}


@record
class Settings:
    """How strongly the weights are pulled to the beliefs, and what begin and leave cost in texts."""

    pull: float
    begin: float = 6.0
    leave: float = 1.3


SETTINGS = {"text": Settings(pull=10.0), "page": Settings(pull=30.0)}


@record
class Example:
    """A capture with its gold.

    `truth` is one number a block: 1 article, 0 furniture, not a number where the gold does not say. `weight` is what
    the capture counts in fitting; only those that are `scored` are measured.
    """

    group: str
    outlet: str
    gold: Mapping[str, Any]
    blocks: tuple[RawBlock, ...]
    context: Context
    shapes: tuple[Shape, ...]
    truth: Vector
    weights: Vector
    scored: bool = True


def main() -> None:
    """Fit, measure, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("kind", choices=sorted(SETTINGS))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--pull", type=float)
    options = parser.parse_args()
    settings = SETTINGS[options.kind]
    if options.pull:
        settings = Settings(pull=options.pull)
    folder = Path(os.environ["VARIORUM_TEST_DATA"]) / "data"
    examples = text_examples(folder) if options.kind == "text" else page_examples(folder)
    _say({"held out": held_out(options.kind, examples, settings)})
    model = fit(options.kind, examples, settings)
    _say({"fitted": measure([(item, model) for item in examples])})
    if options.write:
        write(DATA / f"{options.kind}.json", model)


def _say(found: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


def text_examples(folder: Path) -> list[Example]:
    """Whole pages as plain text, in two layouts, and smaller cuts of them."""
    found = []
    for item in read_lines(folder / "clean-text/scrapinghub", "documents"):
        others = tuple(item.get("other_captures") or ())
        laid_out = [text for text in others if text.count("\n") > 15 and "\n\n" in text]
        for number, text in enumerate([item["raw"], *laid_out[:1]]):
            context = Context(url=item.get("url") or "", captures=others)
            found.append(
                _example("text", item, read_plain(text), context, scored=number == 0, share=200.0)
            )
    return found + [smaller for item in found for smaller in _smaller(item)]


def _smaller(example: Example) -> Iterable[Example]:
    """The article alone, and with a few of the blocks around it: captures are seldom whole pages."""
    for step in (0, 9):
        inside = [bool(value) for value in example.truth]
        chosen = [i for i, is_in in enumerate(inside) if is_in or (step and i % step == 0)]
        if sum(inside) >= 3:
            yield _example(
                example.group,
                example.gold,
                [example.blocks[i] for i in chosen],
                Context(),
                scored=False,
                share=example.weights.sum() / 8,
            )


def page_examples(folder: Path) -> list[Example]:
    """The pages of the three sets."""
    return [
        _example(name, item, blocks, context, scored=True, share=120.0)
        for name in ("trafilatura", "readability", "newspaper")
        for item, blocks, context in _pages(folder / "clean-html" / name)
    ]


def _pages(folder: Path) -> Iterable[tuple[Mapping[str, Any], tuple[RawBlock, ...], Context]]:
    for item in read_lines(folder, "gold"):
        decoded = decode(gzip.decompress(page_file(folder, item["file"]).read_bytes()))
        url = item.get("url") or decoded.url
        page = read_web_page(decoded.text, url)
        yield item, page.blocks, page_context(page, Context(url=url, page=True))


def _example(
    group: str,
    gold: Mapping[str, Any],
    blocks: Sequence[RawBlock],
    context: Context,
    *,
    scored: bool,
    share: float,
) -> Example:
    titles = find_titles(blocks, title=context.title, url=context.url, captures=context.captures)
    shapes = measure_blocks(blocks, [title.index for title in titles])
    truth = _segments(shapes, gold) if group == "trafilatura" else _inside(shapes, gold["text"])
    sizes = np.array([min(FULL, shape.size) + 4 for shape in shapes])
    # Of a few marked segments each is a judgement of its own; of a whole text they share one.
    weights = np.full(len(shapes), 12.0) if group == "trafilatura" else sizes / sizes.sum() * share
    host = urlsplit(gold.get("url") or "").hostname or str(gold["id"])
    return Example(
        group=group,
        outlet=".".join(host.split(".")[-2:]),
        gold=gold,
        blocks=tuple(blocks),
        context=context,
        shapes=shapes,
        truth=truth,
        weights=weights,
        scored=scored,
    )


def _segments(shapes: Sequence[Shape], gold: Mapping[str, Any]) -> Vector:
    kept = [block_key(text) for text in gold["with"]]
    gone = [block_key(text) for text in gold["without"]]
    truth = np.full(len(shapes), np.nan)
    for index, shape in enumerate(shapes):
        key = block_key(shape.block.text)
        if any(len(text) > 8 and text in key for text in kept) or (
            len(key) > 20 and any(key in text for text in kept)
        ):
            truth[index] = 1.0
        elif any(len(text) > 3 and text in key for text in gone):
            truth[index] = 0.0
    return truth


def _inside(shapes: Sequence[Shape], gold: str) -> Vector:
    grams = Counter(_grams(words(gold)))
    lines = {block_key(line) for line in gold.split("\n")}
    truth = np.zeros(len(shapes))
    for index, shape in enumerate(shapes):
        found = words(shape.block.text)
        runs = _grams(found)
        if len(found) < 6:
            truth[index] = float(bool(found) and " ".join(found) in lines)
        else:
            truth[index] = float(sum(1 for run in runs if run in grams) > len(runs) / 2)
    return truth


def _grams(found: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(found[i : i + 4]) for i in range(len(found) - 3)]


def fit(kind: str, examples: Sequence[Example], settings: Settings) -> Model:
    """The weights that explain the gold best without leaving the beliefs further than need be."""
    names = sorted({name for item in examples for shape in item.shapes for name in shape.features})
    rows = np.vstack([_matrix(item.shapes, names) for item in examples])
    truth = np.concatenate([item.truth for item in examples])
    known = ~np.isnan(truth)
    prior = np.array([_belief(kind, name) for name in names] + [0.0])
    weights = newton(
        rows[known],
        truth[known],
        np.concatenate([item.weights for item in examples])[known],
        prior=prior,
        pull=settings.pull,
    )
    named = zip(names, weights[:-1], strict=True)
    return Model(
        bias=round(float(weights[-1]), 4),
        weights={name: round(float(value), 4) for name, value in named if abs(value) >= 0.005},
        begin=settings.begin,
        leave=settings.leave,
    )


def _belief(kind: str, name: str) -> float:
    return next((worth for start, worth in BELIEFS[kind].items() if name.startswith(start)), 0.0)


def _matrix(shapes: Sequence[Shape], names: Sequence[str]) -> Vector:
    places = {name: place for place, name in enumerate(names)}
    rows = np.zeros((len(shapes), len(names) + 1))
    rows[:, -1] = 1.0
    for row, shape in zip(rows, shapes, strict=True):
        for name, value in shape.features.items():
            if name in places:
                row[places[name]] = value
    return rows


def newton(rows: Vector, truth: Vector, counts: Vector, *, prior: Vector, pull: float) -> Vector:
    """Weighted logistic regression towards a prior, by Newton's steps, halved until they help."""
    pulls = np.full(len(prior), pull)
    pulls[-1] = 1e-3

    def cost(weights: Vector) -> float:
        odds = rows @ weights
        misfit = counts * (np.logaddexp(0, odds) - truth * odds)
        return float(misfit.sum() + (pulls * (weights - prior) ** 2).sum() / 2)

    weights, last = prior.copy(), cost(prior)
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (counts * (chance - truth)) + pulls * (weights - prior)
        bend = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + np.diag(pulls)
        step = np.linalg.solve(bend, slope)
        while (now := cost(weights - step)) > last and np.abs(step).max() > 1e-9:
            step /= 2
        weights = weights - step
        if last - now < 1e-7 * abs(last):
            break
        last = now
    return weights


def held_out(kind: str, examples: Sequence[Example], settings: Settings) -> dict[str, float]:
    """The measures where each outlet's captures are cleaned with weights that never saw it."""
    outlets = sorted({item.outlet for item in examples})
    judged = []
    for fold in range(FOLDS):
        out = frozenset(outlets[fold::FOLDS])
        model = fit(kind, [item for item in examples if item.outlet not in out], settings)
        judged += [(item, model) for item in examples if item.outlet in out and item.scored]
    return measure(judged)


def measure(judged: Sequence[tuple[Example, Model]]) -> dict[str, float]:
    """Each set's measures with the given weights."""
    groups: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for item, model in judged:
        if item.scored:
            groups.setdefault(item.group, []).append((_clean(item, model), item.gold))
    scores = {}
    for name, pairs in sorted(groups.items()):
        if name == "trafilatura":
            scores[name], scores[f"{name}, recall"] = _segment_scores(pairs)
        else:
            texts = [(text, gold["text"]) for text, gold in pairs]
            score = score_texts(texts)
            scores |= {name: score.f1, f"{name}, recall": score.recall}
            scores[f"{name}, characters"] = score_texts(texts, characters=True).f1
    return {name: round(value, 4) for name, value in scores.items()}


def _clean(example: Example, model: Model) -> str:
    load: Callable[[str], Model] = lambda _name: model  # noqa: E731
    with patch.object(judge, "load_model", load):
        cleaned = clean_blocks(example.blocks, example.context)
    if example.context.page:
        cleaned = without_title(cleaned, example.context.title)
    standfirst = [cleaned.subtitle] if cleaned.subtitle and cleaned.in_text else []
    return "\n\n".join([*standfirst, *(block.text for block in cleaned.kept)])


def _segment_scores(pairs: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[float, float]:
    """F1 and recall."""
    kept = sum(1 for text, gold in pairs for part in gold["with"] if part in text)
    lost = sum(1 for text, gold in pairs for part in gold["with"] if part not in text)
    wrong = sum(1 for text, gold in pairs for part in gold["without"] if part in text)
    recall = kept / max(1, kept + lost)
    return harmonic(kept / max(1, kept + wrong), recall), recall


def write(path: Path, model: Model) -> None:
    """Write the weights as the package reads them."""
    data = {
        "begin": model.begin,
        "leave": model.leave,
        "bias": model.bias,
        "weights": dict(model.weights),
    }
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
