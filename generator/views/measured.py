"""How often the archive's findings are right, as measured, and how they are known to fail: for the page of method."""

from generator.record import record
from generator.resources import json_resource
from generator.settings import Settings
from generator.views.comparing import labelled_table
from generator.views.interface import Interface
from generator.views.markup import Html, Node, el, safe_url
from generator.views.page import Frame


@record
class Measured:
    """A task with the range of its scores over labelled sets, and how many texts those have."""

    task: str
    measure: str
    sets: int
    texts: int
    lowest: float
    highest: float


def measured_accuracy(here: Frame, settings: Settings) -> tuple[Html, ...]:
    """The table of scores, and where every figure of it is told; a block each."""
    ui = here.ui
    names = _names(ui)
    rows = [_row(item, names[item.task], ui) for item in _table() if item.task in names]
    heads = (
        ui.say("What is found"),
        ui.say("Measure"),
        ui.say("Score"),
        ui.say("Sets"),
        ui.say("Texts"),
    )
    parts = (
        el("h2", ui.say("Measured accuracy")),
        el(
            "p",
            ui.say(
                "Measured on labelled sets of real news by the program that makes these pages, with the"
                " same settings for all. Other texts will come out a little lower."
            ),
        ),
        labelled_table(heads, rows, kind="measured"),
        _all_figures(ui, settings),
    )
    return tuple(part for part in parts if part is not None)


def _row(item: Measured, name: str, ui: Interface) -> tuple[Node, ...]:
    # Cut off, not rounded: 0.9996 is not 1.
    ends = dict.fromkeys(int(score * 1000) / 1000 for score in (item.lowest, item.highest))
    score = el("bdi", "–".join(ui.number(end) for end in ends), dir="ltr")
    return (
        name,
        el("bdi", item.measure, lang="en"),
        score,
        ui.number(item.sets),
        ui.number(item.texts),
    )


def _table() -> tuple[Measured, ...]:
    return tuple(Measured(**item) for item in json_resource("accuracy.json"))


def _names(ui: Interface) -> dict[str, str]:
    return {
        "versions": ui.say("Versions"),
        "stories": ui.say("Stories"),
        "quotations": ui.say("Quotations"),
        "entities": ui.say("Names"),
        "language": ui.say("Languages"),
        "clean-html": ui.say("Text of web pages"),
    }


def _all_figures(ui: Interface, settings: Settings) -> Html | None:
    repository = safe_url(settings.repo_url)
    if repository is None:
        return None
    address = f"{repository.rstrip('/')}/blob/HEAD/docs/accuracy.md"
    return el("p", el("a", ui.say("All figures"), href=address))


def known_failures(ui: Interface) -> tuple[Html, ...]:
    """What goes wrong, and where; a block each."""
    failures = (
        ui.say(
            "Bulletins from one template can be taken for one article where nothing tells their days apart."
        ),
        ui.say(
            "Two reports of one event stay apart where they share neither names nor figures nor a language"
            " whose meaning is understood; two events of one kind on one day can be taken for one."
        ),
        ui.say("The speaker of a few quoted words inside a sentence is sometimes guessed wrongly."),
        ui.say("A name that an organisation shares with its product can lead to the wrong one."),
    )
    return (
        el("h2", ui.say("Known failures"), id="known-failures"),
        el("ul", *(el("li", failure) for failure in failures), class_="known"),
    )
