"""The settings of an archive: `extra.archive` of `mkdocs.yml`, with their defaults."""

from collections.abc import Iterator, Mapping

from generator.errors import Problem, did_you_mean
from generator.record import fields, record
from generator.resources import interface_languages

#: What a value is called in a message.
KINDS = {bool: "true or false", int: "a whole number", str: "a text"}

#: The smallest number that makes sense.
LEAST = {
    "jobs": 0,
    "max_file_size": 1,
    "story_window": 0,
    "listing_limit": 1,
    "host_bytes": 1,
    "host_files": 0,
    "shard_size": 1,
}


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
    #: Write a record (`index.json`) and the plain text beside the page of each article.
    article_files: bool = True
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
            message = f"expected one of {', '.join(sorted(known))}, got {name!r}"
            message += did_you_mean(str(name), known)
            problems.append(Problem(path=path, field=place, message=message))
            continue
        default = getattr(Settings(), name)
        if isinstance(default, tuple) and isinstance(value, list | tuple):
            good[name] = tuple(str(item) for item in value)
        elif type(value) is type(default):
            good[name] = value
        else:
            kind = "a list" if isinstance(default, tuple) else KINDS[type(default)]
            problems.append(
                Problem(path=path, field=place, message=f"expected {kind}, got {value!r}")
            )
    settings = Settings(**good)  # type: ignore[arg-type]
    problems += [
        Problem(path=path, field=f"extra.archive.{name}", message=message)
        for name, message in _out_of_range(settings)
    ]
    return settings, tuple(problems)


def _out_of_range(settings: Settings) -> Iterator[tuple[str, str]]:
    """Values of the right kind that no build can work with, with what is expected instead."""
    for name, least in LEAST.items():
        number = getattr(settings, name)
        if number < least:
            yield name, f"expected a whole number from {least}, got {number}"
    there = interface_languages()
    for language in settings.languages:
        if language not in there:
            yield "languages", f"expected some of {', '.join(there)}, got {language!r}"
    if settings.default_language not in settings.languages:
        yield (
            "default_language",
            f"expected one of the interface languages ({', '.join(settings.languages)}),"
            f" got {settings.default_language!r}",
        )
