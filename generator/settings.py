"""The settings of an archive: `extra.archive` of `mkdocs.yml`, with their defaults."""

import re
from collections.abc import Iterator, Mapping

from generator.errors import Problem, did_you_mean, shown
from generator.record import fields, record
from generator.resources import interface_languages

#: What a value is called in a message.
KINDS: dict[type, str] = {bool: "true or false", int: "a whole number", str: "a text"}

#: The smallest and the greatest number that makes sense.
LIMITS = {
    "jobs": (0, 1_024),
    "max_file_size": (1, 1_000_000_000),
    "story_window": (0, 3_650),
    "listing_limit": (1, 1_000_000),
    "host_bytes": (1, 10**15),
    "host_files": (0, 10**12),
    "shard_size": (1, 100_000),
}

#: MkDocs' own settings that are read, each with its name here.
TEXT_SETTINGS = {
    "site_name": "site_name",
    "site_url": "site_url",
    "repo_url": "repo_url",
    "site_description": "description",
}

#: An address that a reader may be led to.
ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")


@record
class Settings:
    """What a maintainer may set; every field is documented in `docs/settings.md`.

    `site_name`, `site_url` and `repo_url` come from MkDocs' own settings of these names.
    """

    site_name: str = "Variorum"
    site_url: str = ""
    repo_url: str = ""
    description: str = ""
    default_language: str = "en"
    #: Interface languages, the default one included; each needs a catalogue.
    languages: tuple[str, ...] = (
        "en",
        "de",
        "es",
        "fr",
        "ru",
        "uk",
        "ar",
        "he",
        "zh",
        "ja",
        "ko",
    )
    corpus: str = "corpus"
    docs: str = "docs"
    site: str = "site"
    cache: str = ".cache"
    #: Processes for analysis and rendering; 0: as many as there are processors.
    jobs: int = 0
    #: Largest corpus file that is read, in bytes.
    max_file_size: int = 2_000_000
    #: Days within which articles can be one event.
    story_window: int = 7
    #: Listings are cut by day above this many entries in a month.
    listing_limit: int = 100
    #: Limits of the host, for the warning at 70 %: bytes and files.
    host_bytes: int = 1_000_000_000
    host_files: int = 0
    #: Sentence encoder: `builtin`, `none`, or `package:function`.
    encoder: str = "builtin"
    #: Search records in one index shard.
    shard_size: int = 800
    #: Publish the export (`data/`) in the site.
    data_export: bool = False
    #: Write a record (`index.json`) and the plain text beside the page of each article.
    article_files: bool = False
    #: Say on the home and about pages that outlets and speakers are invented.
    demonstration: bool = False
    #: Address of the form for corrections; empty: the repository's issues.
    corrections_url: str = ""


def parse_settings(
    values: Mapping[str, object], *, path: str = "mkdocs.yml"
) -> tuple[Settings, tuple[Problem, ...]]:
    """Turn `extra.archive` into settings; a value that does not fit is a problem and its default holds."""
    known = {item.name: item for item in fields(Settings)}
    good: dict[str, object] = {}
    problems = []
    for name, value in values.items():
        place = f"extra.archive.{name}"
        if name not in known:
            message = f"expected one of {', '.join(sorted(known))}, got {shown(str(name))}"
            message += did_you_mean(str(name), known)
            problems.append(Problem(path=path, field=place, message=message))
            continue
        default = getattr(Settings(), name)
        if fault := _kind_fault(value, default):
            problems.append(Problem(path=path, field=place, message=fault))
        else:
            good[name] = tuple(value) if isinstance(value, list) else value
    settings = Settings(**good)  # type: ignore[arg-type]
    problems += [
        Problem(path=path, field=f"extra.archive.{name}", message=message)
        for name, message in _out_of_range(settings)
    ]
    return settings, tuple(problems)


def told(value: object) -> str:
    """A value of YAML as a message names it."""
    if isinstance(value, str):
        return shown(value) if value else "nothing"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a table (key: value)"
    if value is None:
        return "nothing"
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a number of more than 18 digits"
    return str(value).lower()


def _kind_fault(value: object, default: object) -> str:
    """What is wrong with the kind of a value; empty if nothing is."""
    if isinstance(default, tuple):
        if not isinstance(value, list | tuple) or not value:
            return f"expected a list, got {told(value) if value != [] else 'an empty one'}"
        odd = [item for item in value if not isinstance(item, str)]
        return (
            f"expected a list of texts, got {told(odd[0])} in it; put it in quotes" if odd else ""
        )
    if type(value) is type(default):
        return ""
    cure = (
        "; put it in quotes"
        if isinstance(default, str) and isinstance(value, bool | int | float)
        else ""
    )
    return f"expected {KINDS[type(default)]}, got {told(value)}{cure}"


def _out_of_range(settings: Settings) -> Iterator[tuple[str, str]]:
    """Values of the right kind that no build can work with, with what is expected instead."""
    for name, (least, most) in LIMITS.items():
        number = getattr(settings, name)
        if not least <= number <= most:
            yield name, f"expected a whole number from {least} to {most}, got {told(number)}"
    if settings.corrections_url and not ADDRESS.fullmatch(settings.corrections_url):
        yield (
            "corrections_url",
            f"expected an address that starts with https:// or mailto:, got {shown(settings.corrections_url)}",
        )
    there = interface_languages()
    for number, language in enumerate(settings.languages):
        if language in settings.languages[:number]:
            yield "languages", f"expected each language once, got {shown(language)} again"
        elif language not in there:
            yield "languages", f"expected some of {', '.join(there)}, got {shown(language)}"
    if settings.default_language not in settings.languages:
        yield (
            "default_language",
            f"expected one of the interface languages ({', '.join(settings.languages)}),"
            f" got {shown(settings.default_language)}",
        )
