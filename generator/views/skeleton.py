"""The style sheet of all pages, and the strings of their skeleton (header, footer, 404) in every interface language."""

import json
from collections.abc import Iterable, Iterator

from generator.resources import asset, packaged
from generator.settings import Settings
from generator.views import addresses
from generator.views.interface import Interface, interface, own_name
from generator.views.tasks import Task

#: The one style sheet of all pages: Material's with ours after it. One name less stands in each of them.
STYLE = "assets/variorum.css"
MATERIAL = "templates/assets/stylesheets/main.57a0d79d.min.css"


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
        "paragraph": ui.say("Link to paragraph {number}"),
        "missing": ui.say("There is no such page"),
        "missing_hint": ui.say(
            "Nothing of this archive lies at this address. Pages that were withdrawn or moved keep"
            " theirs, so it may be misspelt: try the search or browse by date."
        ),
    }


def strings_template(languages: Iterable[str]) -> str:
    """The template `strings.html` of the theme, with what holds where `mkdocs.yml` says nothing: committed, and tested to
    be what this gives."""
    strings = {language: skeleton_strings(interface(language)) for language in languages}
    text = json.dumps(strings, ensure_ascii=False, indent=1, sort_keys=True)
    settings = Settings()
    told = {"default_language": settings.default_language, "languages": list(settings.languages)}
    defaults = json.dumps(told, sort_keys=True)
    about = "{#- Made from the catalogues by generator/views/skeleton.py. -#}"
    return f"{about}\n{{%- set defaults = {defaults} -%}}\n{{%- set strings = {text} -%}}\n"


def skeleton_tasks(settings: Settings) -> Iterator[Task]:
    """One small file for each language a reader may choose, and the list of them."""
    homes = tuple(
        (code, addresses.in_language("", code, settings.default_language))
        for code in settings.languages
    )
    yield Task(path=STYLE, make=_bytes, inputs=(style_sheet(),))
    for code, home in homes:
        yield Task(path=f"assets/ui/{code}.json", make=_strings_file, inputs=(code, home))
    yield Task(path="assets/ui/languages.json", make=_languages_file, inputs=(homes,))


def style_sheet() -> str:
    """Material's rules, then ours."""
    return packaged("material", MATERIAL).decode() + asset("variorum.css")


def _bytes(text: str) -> bytes:
    return text.encode()


def _strings_file(language: str, home: str) -> bytes:
    strings = skeleton_strings(interface(language)) | {"home": home or "./"}
    return json.dumps(strings, ensure_ascii=False, sort_keys=True).encode()


def _languages_file(homes: Iterable[tuple[str, str]]) -> bytes:
    languages = [
        {"code": code, "name": own_name(code), "home": home or "./"} for code, home in homes
    ]
    return json.dumps(languages, ensure_ascii=False).encode()
