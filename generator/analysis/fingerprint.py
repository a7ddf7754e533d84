"""The fingerprint of a text: a MinHash signature by which near copies are found."""

import struct
from collections.abc import Sequence

from rensa import RMinHash

from generator.model import Article
from generator.text import shingles, words

#: Values of a signature, four bytes each. Of two texts that share one word in ten, ten values agree.
PERMUTATIONS = 128

SEED = 20_220_128


def fingerprint(article: Article) -> bytes:
    """The signature of an article's text."""
    return signature([word for block in article.blocks for word in words(block.text)])


def signature(tokens: Sequence[str]) -> bytes:
    """The MinHash signature (uint32, little endian) of the shingles of words; empty for no words."""
    if not tokens:
        return b""
    sketch = RMinHash(PERMUTATIONS, SEED)
    sketch.update(shingles(tokens))
    return struct.pack(f"<{PERMUTATIONS}I", *sketch.digest())
