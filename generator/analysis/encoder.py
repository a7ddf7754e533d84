"""Sentence encoders: texts become vectors that lie close together when they mean the same, in any language."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache, cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from generator.errors import UsageError, shown
from generator.model import Article
from generator.text import base_language, lead, normal

if TYPE_CHECKING:  # its weights are large; many builds need none of them
    from generator.analysis.universal import UniversalEncoder

Vectors = NDArray[np.float32]

#: Characters of the text that are read with the title. The first sentences say what happened; more cost more.
LEAD = 300

BUILTIN_LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)


class Encoder(Protocol):
    """What an encoder must offer.

    `languages` are base codes; articles in others get no vector. `encode` gives one row of unit length a text; the
    row of a text must not depend on the texts it is encoded with.
    """

    languages: frozenset[str]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, in order, as float32."""
        ...


class BuiltinEncoder:
    """The multilingual Universal Sentence Encoder, loaded with the first text or before."""

    languages = BUILTIN_LANGUAGES

    @cached_property
    def loading(self) -> "Future[UniversalEncoder]":
        """The model, which is loaded by a thread of its own from the first time this is asked for."""
        beside = ThreadPoolExecutor(1)
        begun = beside.submit(_load)
        beside.shutdown(wait=False)
        return begun

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, in order, as float32."""
        return self.loading.result().encode(texts)


def _load() -> "UniversalEncoder":
    from generator.analysis.universal import UniversalEncoder

    return UniversalEncoder()


@cache
def load_encoder(setting: str) -> Encoder | None:
    """The encoder that the setting names: `builtin`, `none`, or `package:function`, which is called without arguments.

    Loaded once a process.
    """
    if setting == "none":
        return None
    if setting == "builtin":
        return BuiltinEncoder()
    module, _, name = setting.partition(":")
    try:
        made: Encoder = getattr(import_module(module), name)()
        # Else it would show at the first use, in the middle of a build.
        if not (hasattr(made, "encode") and hasattr(made, "languages")):
            raise TypeError("it makes no encoder")
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        told = f"encoder: expected builtin, none or package:function, got {shown(setting)}"
        raise UsageError(f"{told} ({error})") from error
    return made


def load_ahead(setting: str) -> Callable[[], object]:
    """Begin to load the weights of an encoder beside what else is done; what is returned waits until that has ended."""
    encoder = load_encoder(setting)
    if not isinstance(encoder, BuiltinEncoder):
        return lambda: None
    return partial(wait, [encoder.loading])


def encoded_text(article: Article) -> str:
    """What the encoder reads of an article: the title and the beginning of the text."""
    return normal(f"{article.title}. {lead(article, LEAD)}")


def text_vectors(texts: Sequence[tuple[str, str]], encoder: Encoder | None) -> list[bytes]:
    """The vector of each text, given with its language (float16, little endian); empty where the encoder cannot tell."""
    vectors = [b""] * len(texts)
    if encoder is None:
        return vectors
    known = [
        place
        for place, (language, text) in enumerate(texts)
        if base_language(language) in encoder.languages and text
    ]
    if known:
        rows = encoder.encode([texts[place][1] for place in known])
        for place, row in zip(known, rows, strict=True):
            vectors[place] = row.astype("<f2").tobytes()
    return vectors
