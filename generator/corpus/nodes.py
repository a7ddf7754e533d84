"""YAML text becomes nodes that know their place; of YAML only plain data is let in."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml
from yaml._yaml import CParser

from generator.corpus.report import Place, Report, shown
from generator.corpus.simple_lines import Line, simple_lines

#: Deepest nesting that is read; the formats need four levels.
DEPTH = 12


class Scalar(NamedTuple):
    """A value or key as written; `plain` is one without quotes, which YAML may read as no text."""

    text: str
    plain: bool
    line: int
    column: int


class Items(NamedTuple):
    """A list."""

    nodes: list["Node"]
    line: int
    column: int


class Table(NamedTuple):
    """Keys with their values, in order; a key may stand twice."""

    pairs: list[tuple["Node", "Node"]]
    line: int
    column: int


class Broken(NamedTuple):
    """What was refused and reported already: nobody need complain of it again."""

    line: int
    column: int


Node = Scalar | Items | Table | Broken

IMPLICIT = yaml.SafeLoader.yaml_implicit_resolvers


def compose(text: str, report: Report, *, first_line: int = 1) -> Node | None:
    """The one document of a text, None for an empty one; `first_line` is the text's place in its file.

    After a syntax error every top-level key or item is read on its own, so that one fault hides no other.
    """
    lines = simple_lines(text)
    if lines:
        return _table(lines, first_line)
    trial = Report(report.path)
    try:
        node = _document(text, trial, first_line)
    except yaml.YAMLError as error:
        return _compose_parts(text, report, first_line, error)
    report.problems += trial.problems
    return node


def _table(lines: list[Line], first_line: int) -> Table:
    pairs: list[tuple[Node, Node]] = [
        (Scalar(line.key, True, number, 1), Scalar(line.value, line.plain, number, line.column))  # noqa: FBT003
        for number, line in enumerate(lines, first_line)
    ]
    return Table(pairs, first_line, 1)


def plain_type(scalar: Scalar) -> str | None:
    """What YAML 1.1 makes of a scalar that is not text: `bool`, `int`, `float`, `null`, `timestamp` …"""
    if not scalar.plain:
        return None
    for tag, pattern in IMPLICIT.get(scalar.text[:1], ()):
        if pattern.match(scalar.text):
            return str(tag).rpartition(":")[2]
    return None


def _document(text: str, report: Report, first_line: int) -> Node | None:
    parser = CParser(text)
    try:
        parser.get_event()  # the stream starts
        if isinstance(parser.get_event(), yaml.StreamEndEvent):
            return None
        node = _Builder(parser, report, first_line).node(parser.get_event(), DEPTH)
        parser.get_event()  # the document ends
        further: Any = parser.get_event()
        if not isinstance(further, yaml.StreamEndEvent):
            place = Place(further.start_mark.line + first_line, 1)
            report.add(place, "", "expected one YAML document, got another; delete the line")
        return node
    finally:
        parser.dispose()


class _Deep(yaml.YAMLError):
    """Nesting beyond `DEPTH`."""

    def __init__(self, mark: Any) -> None:
        self.problem_mark = mark
        self.problem = f"more than {DEPTH} levels"


class _Builder:
    """Builds nodes from the events of one document."""

    def __init__(self, parser: CParser, report: Report, first_line: int) -> None:
        # The stubs allow for events without marks and for the end of the stream; neither comes in a document.
        self.next: Callable[[], Any] = parser.get_event
        self.report = report
        self.first_line = first_line

    def node(self, event: Any, depth: int) -> Node:
        mark = event.start_mark
        line, column = mark.line + self.first_line, mark.column + 1
        node: Node = Broken(line, column)
        if type(event) is yaml.ScalarEvent:
            node = Scalar(event.value, event.implicit[0], line, column)
        elif type(event) is yaml.MappingStartEvent:
            node = Table(self._pairs(_deeper(depth, mark)), line, column)
        elif type(event) is yaml.SequenceStartEvent:
            node = Items(self._items(_deeper(depth, mark)), line, column)
        if event.anchor is None and event.tag is None:
            return node
        self.report.add(node, "", _refusal(event))
        return Broken(line, column)

    def _items(self, depth: int) -> list[Node]:
        nodes = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            nodes.append(self.node(event, depth))
        return nodes

    def _pairs(self, depth: int) -> list[tuple[Node, Node]]:
        pairs = []
        while type(event := self.next()) is not yaml.MappingEndEvent:
            pairs.append((self.node(event, depth), self.node(self.next(), depth)))
        return pairs


def _refusal(event: Any) -> str:
    if type(event) is yaml.AliasEvent:
        what, cure = f"the alias {shown(f'*{event.anchor}')}", "write the value out"
    elif event.anchor is not None:
        what, cure = f"the anchor {shown('&' + event.anchor)}", "delete it"
    else:
        what, cure = f"the tag {shown(event.tag)}", "delete it"
    return f"expected plain data, got {what}; {cure}, or put the text in quotes"


def _deeper(depth: int, mark: Any) -> int:
    if depth == 0:
        raise _Deep(mark)
    return depth - 1


# --- after a syntax error ------------------------------------------------------------------


def _compose_parts(
    text: str, report: Report, first_line: int, error: yaml.YAMLError
) -> Node | None:
    nodes: list[Node] = []
    failed = False
    for offset, part in _parts(text):
        try:
            node = _document(part, report, first_line + offset)
        except yaml.YAMLError as own:
            failed = True
            _report_syntax(own, report, first_line + offset, part)
            node = _broken_part(part, first_line + offset)
        nodes += [] if node is None else [node]
    if not failed:
        _report_syntax(error, report, first_line, text)
    return _joined(nodes)


def _broken_part(part: str, line: int) -> Node:
    """What stands for a part that is no YAML: its key at least is there."""
    broken = Broken(line, 1)
    key = re.match(r"([a-z_0-9]+) *:", part)
    if key is not None:
        return Table([(Scalar(text=key[1], plain=True, line=line, column=1), broken)], line, 1)
    return Items([broken], line, 1) if part.startswith("-") else broken


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Each top-level item of a list or key of a table, with the number of lines before it."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    begins = re.compile(r"-(?: |$)" if first.startswith("-") else r"[^\s#\-\]}]")
    starts = [n for n, line in enumerate(lines) if begins.match(line)] or [0]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start, "\n".join(lines[start:end])


def _joined(nodes: list[Node]) -> Node | None:
    """The parts as one table or one list; a part of another kind is what the syntax error was about."""
    nodes = [node for node in nodes if isinstance(node, Items | Table)] or nodes
    if not nodes or isinstance(first := nodes[0], Scalar | Broken):
        return nodes[0] if nodes else None
    if isinstance(first, Items):
        joined = [node for part in nodes if isinstance(part, Items) for node in part.nodes]
        return Items(joined, first.line, first.column)
    pairs = [pair for part in nodes if isinstance(part, Table) for pair in part.pairs]
    return Table(pairs, first.line, first.column)


CURES = (
    ("tab character", "expected spaces, got a tab; YAML is indented with spaces"),
    (
        "mapping values are not allowed",
        'expected one "key: value" a line, got a second ": "; put the value in quotes',
    ),
    ("unexpected end of stream", "expected a closing quotation mark, got the end"),
    ("unexpected document indicator", "expected a closing quotation mark, got the end"),
    ("could not find expected ':'", 'expected "key: value", got a line without ": "'),
    (
        "unknown escape character",
        "expected \\\\ for a backslash in double quotes, got a single one; or use single quotes",
    ),
    (
        "did not find expected hexdecimal number",
        "expected hex digits behind \\x or \\u, got others",
    ),
    ("invalid Unicode character", "expected a whole character, got half of a surrogate pair"),
    (
        "did not find expected ',' or ']'",
        'expected "," or "]" in the list, got something else; put items with signs in quotes',
    ),
    (
        "did not find expected ',' or '}'",
        'expected "," or "}" in the braces, got something else; put a value that starts with "{" in quotes',
    ),
    (
        "did not find expected node content",
        "expected a value, got a sign of YAML or the end; put it in quotes, or close the brackets",
    ),
    (
        "did not find expected",
        "expected the end of the value, got more; put it in quotes, or mend the indentation",
    ),
    ("undefined alias", "expected plain data, got an alias; put the text in quotes"),
    ("more than", f"expected at most {DEPTH} levels of nesting, got more"),
)


def _report_syntax(error: yaml.YAMLError, report: Report, first_line: int, text: str) -> None:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    if any(part in problem for part in ("end of stream", "document indicator", "expected ',' or")):
        mark = getattr(error, "context_mark", None) or mark
    place = Place(first_line) if mark is None else Place(first_line + mark.line, mark.column + 1)
    report.add(place, "", _syntax_message(problem, _character(text, mark)))


def _syntax_message(problem: str, character: str) -> str:
    if "cannot start any token" in problem or (character == "\t" and "did not find" in problem):
        if character == "\t":
            return "expected spaces, got a tab; YAML is indented with spaces"
        return f"expected a value in quotes, got one that starts with {shown(character)}"
    for part, message in CURES:
        if part in problem:
            return message
    return f"expected YAML, got {problem}"


def _character(text: str, mark: Any) -> str:
    if mark is None:
        return ""
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[mark.column : mark.column + 1]
