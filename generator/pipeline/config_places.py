"""Where in `mkdocs.yml` the faults of settings stand."""

import re
from collections.abc import Iterable, Iterator

from generator.corpus.fields import place_in
from generator.corpus.nodes import Items, Node, Scalar, Table, compose
from generator.corpus.report import WHOLE_FILE, Placed, Report
from generator.errors import Problem, shown
from generator.record import replace

#: What a message about settings names: a word in quotation marks, or a word that may be a key.
NAMED = re.compile(r"""'([^'\n]+)'|"([^"\n]+)"|\b([a-z_]+)\b""")
#: Refused by our own reading alone: MkDocs takes tags, anchors and aliases.
FINE = "expected plain data"


def settings_node(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The settings with their places, and what is no YAML."""
    report = Report("")
    node = compose(text, report)
    return node, tuple(item for item in report.problems if not item.message.startswith(FINE))


def place_of_setting(node: Node | None, name: str, message: str) -> Placed:
    """The place of a setting (`theme`, `extra.archive.jobs`), and within it of what the message names; no place for none."""
    if node is None:
        return WHOLE_FILE
    found = node
    for step in name.split("."):
        inner = _of_key(found, step)
        if inner is None:
            return found
        found = inner
    for match in NAMED.finditer(message):
        quoted = match[1] or match[2]
        inner = _named(found, quoted) if quoted else _of_key(found, match[3])
        found = found if inner is None else inner
    return found


def placed(problems: Iterable[Problem], node: Node | None) -> Iterator[Problem]:
    """The problems of settings with their places."""
    for problem in problems:
        place = place_of_setting(node, problem.field, problem.message)
        yield replace(problem, line=place.line, column=place.column)


def repeated_keys(node: Node | None, path: str) -> Iterator[Problem]:
    """Keys of settings that stand twice: of two values YAML takes the last, and says nothing."""
    if not isinstance(node, Table):
        return
    for steps in ((), ("extra",), ("extra", "archive")):
        table = place_in(node, *steps)
        keys = [key for key, _ in table.pairs] if isinstance(table, Table) else []
        seen: set[str] = set()
        for key in keys:
            if isinstance(key, Scalar) and key.text in seen:
                told = f"expected each key once, got {shown(key.text)} again; delete one of the two"
                field = ".".join((*steps, key.text))
                yield Problem(
                    path=path, line=key.line, column=key.column, field=field, message=told
                )
            elif isinstance(key, Scalar):
                seen.add(key.text)


def _named(node: Node, word: str) -> Node | None:
    """The value of the first key that is the word, or the first value that is, below a node."""
    if isinstance(node, Scalar):
        return node if node.text == word else None
    if (value := _of_key(node, word)) is not None:
        return value
    parts: list[Node] = []
    if isinstance(node, Table):
        parts = [value for _, value in node.pairs]
    elif isinstance(node, Items):
        parts = node.nodes
    return next((found for part in parts if (found := _named(part, word)) is not None), None)


def _of_key(node: Node, key: str) -> Node | None:
    if not isinstance(node, Table):
        return None
    return next(
        (value for name, value in node.pairs if isinstance(name, Scalar) and name.text == key), None
    )
