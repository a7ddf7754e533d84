"""Models that recognise names, from the optional extra `ner`; nothing needs them."""

import importlib
from collections.abc import Iterator
from typing import Any

from generator.errors import UsageError, shown
from generator.pipeline.entity import Recogniser

#: Labels asked of a model that takes any.
LABELS = ("person", "organization", "location", "event")
#: spaCy's labels for what an authority file holds, in its various schemes.
NAMES = frozenset(
    {"PERSON", "PER", "ORG", "GPE", "LOC", "FAC", "EVENT", "NORP", "WORK_OF_ART", "MISC"}
    | {"persName", "orgName", "placeName", "geogName", "PRS", "LC", "OG", "PS"}
)
#: Least confidence of a name that GLiNER found.
THRESHOLD = 0.5


def load_recogniser(model: str) -> Recogniser:
    """A recogniser by `spacy:NAME` or `gliner:NAME`; the model must be installed or at that path."""
    package, _, name = model.partition(":")
    loaders = {"spacy": _spacy, "gliner": _gliner}
    if package not in loaders or not name:
        raise UsageError(f"--model: expected spacy:NAME or gliner:NAME, got {shown(model)}")
    try:
        module = importlib.import_module(package)
    except ImportError as error:
        raise UsageError(
            f"--model: expected the package {package}, got none; pip install 'variorum[ner]'"
        ) from error
    try:
        return loaders[package](module, name)
    except OSError as error:
        raise UsageError(
            f"--model: expected a model {shown(name)} on this machine, got none ({error})"
        ) from error


def _spacy(module: Any, name: str) -> Recogniser:
    return spacy_recogniser(module.load(name))


def _gliner(module: Any, name: str) -> Recogniser:
    return gliner_recogniser(module.GLiNER.from_pretrained(name, local_files_only=True))


def spacy_recogniser(model: Any) -> Recogniser:
    """A loaded spaCy pipeline as a recogniser."""

    def recognise(text: str, language: str) -> Iterator[tuple[int, int]]:
        del language
        for entity in model(text).ents:
            if entity.label_ in NAMES:
                yield entity.start_char, entity.end_char

    return recognise


def gliner_recogniser(model: Any) -> Recogniser:
    """A loaded GLiNER model as a recogniser."""

    def recognise(text: str, language: str) -> Iterator[tuple[int, int]]:
        del language
        for entity in model.predict_entities(text, list(LABELS), threshold=THRESHOLD):
            yield int(entity["start"]), int(entity["end"])

    return recognise
