"""The strings of the skeleton (header, footer, 404) in every interface language."""

import json
from collections.abc import Iterable, Iterator

from generator.views.interface import Interface, interface, own_name
from generator.views.tasks import Task


def skeleton_strings(ui: Interface) -> dict[str, str]:
    """What `main.html` and the script that swaps languages say, by key."""
    return {
        "name": own_name(ui.language),
        "dir": ui.direction,
        "skip": ui.say("Skip to the text"),
        "search": ui.say("Search the archive"),
        "browse": ui.say("Browse the archive"),
        "stories": ui.say("Stories"),
        "entities": ui.say("Names"),
        "sources": ui.say("Outlets"),
        "languages": ui.say("Languages"),
        "dates": ui.say("Dates"),
        "interface": ui.say("Language of the interface"),
        "scheme": ui.say("Light or dark"),
        "about": ui.say("About"),
        "method": ui.say("Method"),
        "contribute": ui.say("Contribute"),
        "data": ui.say("Data"),
        "feed": ui.say("Feed"),
        "size": ui.say("Larger or smaller text"),
        "copied": ui.say("Address copied"),
        "changed": ui.say("The paragraph of this address has changed or is no longer here."),
        "missing": ui.say("There is no such page"),
        "missing_hint": ui.say(
            "Nothing of this archive lies at this address. Pages that were withdrawn or moved keep"
            " theirs, so it may be misspelt: try the search or browse by date."
        ),
    }


def strings_template(languages: Iterable[str]) -> str:
    """The template `strings.html` of the theme: committed, and tested to be what this gives."""
    strings = {language: skeleton_strings(interface(language)) for language in languages}
    text = json.dumps(strings, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{{#- Made from the catalogues by generator/views/skeleton.py. -#}}\n{{%- set strings = {text} -%}}\n"


def skeleton_tasks(languages: Iterable[str]) -> Iterator[Task]:
    """One small file for each language a reader may choose."""
    for language in languages:
        yield Task(path=f"assets/ui/{language}.json", make=_strings_file, inputs=(language,))


def _strings_file(language: str) -> bytes:
    strings = skeleton_strings(interface(language))
    return json.dumps(strings, ensure_ascii=False, sort_keys=True).encode()
