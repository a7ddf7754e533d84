"""The script of the search page: its modules as one file, so that the browser waits for one answer instead of two rows of them."""

import re
from collections.abc import Iterator

from generator.resources import asset
from generator.views.markup import Html

#: Where the script lies in the site.
SCRIPT = "search/search.js"

#: The module that the page begins with.
FIRST = "search"

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)

#: Comments that have lines of their own or end one, and the space before lines.
_COMMENT = re.compile(
    r"^\s*(?:/\*\*.*?\*/|//[^\n]*)\n|(?<=[;{,]) // [^\n]*", re.MULTILINE | re.DOTALL
)
_RULES = re.compile(r"/\*.*?\*/|\n", re.DOTALL)
_MARGIN = re.compile(r"^[ \n]+", re.MULTILINE)


def search_script() -> str:
    """All modules that the first one needs, each in a function of its own, in an order in which each finds what it imports."""
    return "".join(_wrapped(name) for name in _in_order(FIRST, []))


def _in_order(name: str, done: list[str]) -> list[str]:
    if name not in done:
        for needed in _needs(name):
            _in_order(needed, done)
        done.append(name)
    return done


def _needs(name: str) -> Iterator[str]:
    for found in _IMPORT.finditer(asset(f"search/{name}.js")):
        yield found[2]


def _wrapped(name: str) -> str:
    source = asset(f"search/{name}.js")
    exported = ", ".join(found[1] for found in _EXPORT.finditer(source))
    source = _IMPORT.sub(r"const \1 = module_\2;\n", source)
    source = plain_code(_EXPORT.sub("", source))
    return f"const module_{name} = (() => {{\n{source}return {{ {exported} }};\n}})();\n"


def search_style() -> Html:
    """The style of the search page, which stands in it: a file of its own would hold the script up."""
    return Html(_RULES.sub("", asset("search/search.css")))


def plain_code(source: str) -> str:
    """Without comments and margins. Texts over several lines, or with what looks like a comment at the end of one, would be hurt; there are none."""
    return _MARGIN.sub("", _COMMENT.sub("", source))
