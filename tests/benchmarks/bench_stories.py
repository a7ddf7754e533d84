"""Time and peak memory of gathering stories and grouping quotations, for archives of several sizes, and how both grow.

    python -m tests.benchmarks.bench_stories [--sizes 1000,10000,100000]

Each size runs in a process of its own, so that its peak memory is its own. Vectors come from a stand-in for the encoder,
whose own time is in `docs/performance.md`.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from generator.analysis.analyse import analyse_many
from generator.analysis.encoder import Vectors
from generator.linking.coverage import Conditions, link_coverage
from generator.model import Analysis, Article, ArticleId, Coverage
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.remember import LinkingMemory, Tokens
from generator.text import body_text, words
from tests.benchmarks.synthetic import synthetic_articles

STEPS = ("analysis", "whole", "after adding one", "MB")
WINDOW = 7


class StandIn:
    """Vectors that are alike where rare words are: sums of a fixed random vector for each word, common ones damped."""

    languages = frozenset(
        ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
    )

    def __init__(self, articles: Sequence[Article]) -> None:
        self.known: dict[str, Vectors] = {}
        self.counts = Counter(word for item in articles for word in set(words(body_text(item))))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of unit length."""
        rows = np.stack([np.sum([self.word(w) for w in words(text)], axis=0) for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def word(self, word: str) -> Vectors:
        """The vector of a word: signs from its digest."""
        if word not in self.known:
            digest = blake2b(word.encode(), digest_size=64).digest()
            bits = np.unpackbits(np.frombuffer(digest, dtype=np.uint8)).astype(np.float32)
            weight = np.float32(1 / (1 + self.counts[word]))
            self.known[word] = (bits * 2 - 1) * weight
        return self.known[word]


def measure(size: int) -> dict[str, float]:
    """Seconds of processor time of each step, and peak memory in MB."""
    planted = list(synthetic_articles(size))
    articles: list[Article] = [item.article for item in planted]
    numbers: dict[str, float] = {"articles": size}
    start = time.process_time()
    encoder = StandIn(articles[:1000])
    analyses = {
        analysis.article: analysis
        for place in range(0, size, 64)
        for analysis in analyse_many(articles[place : place + 64], encoder)
    }
    numbers |= {"analysis": time.process_time() - start, "MB before": memory()}
    tokens = Tokens(texts={item.id: cache_key(item.id) for item in articles}, provenance={})
    added = next(item.article.id for item in planted[size // 2 :] if item.event is not None)
    fewer = [item for item in articles if item.id != added]
    with tempfile.TemporaryDirectory() as folder, Cache(Path(folder)) as cache:
        for step, some in (("whole", fewer), ("after adding one", articles)):
            known = LinkingMemory(cache, "", tokens, None)
            start = time.process_time()
            coverage = link(some, analyses, known)
            numbers |= {step: time.process_time() - start, f"{step}: MB": memory()}
    stories = len({story.id for story in coverage.stories.values()})
    ties = {f"ties of {name}": len(found.left) // 4 for name, found in known.memory.ties.items()}
    return numbers | {"stories": stories, **ties, "MB": memory()}


def link(
    articles: Sequence[Article], analyses: Mapping[ArticleId, Analysis], known: LinkingMemory
) -> Coverage:
    """Link stories as a build does, and keep what was found."""
    conditions = Conditions(window=WINDOW, memory=known.memory)
    coverage = link_coverage(articles, analyses, {}, (), conditions)
    known.save()
    return coverage


def memory() -> float:
    """Peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure each size in its own process, and print a table and the growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--one", type=int)
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(measure(options.one)))
        return
    rows = []
    for size in map(int, options.sizes.split(",")):
        command = [sys.executable, "-m", "tests.benchmarks.bench_stories", "--one", str(size)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout))
        print(json.dumps(rows[-1]), flush=True)
    if len(rows) > 1:
        ratio = math.log(rows[-1]["articles"] / rows[0]["articles"])
        for step in STEPS:
            print(
                f"{step}: growth {math.log(rows[-1][step] / max(rows[0][step], 1e-9)) / ratio:.2f}"
            )


if __name__ == "__main__":
    main()
