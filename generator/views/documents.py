"""About, method and contribute: pages of plain words, from the catalogues, in every interface language."""

from collections.abc import Iterator, Sequence

from generator.settings import Settings
from generator.views import addresses
from generator.views.article_boxes import report_link
from generator.views.comparing import sheet
from generator.views.indexes import index_frame, index_page
from generator.views.interface import Interface
from generator.views.markup import Html, el, safe_url
from generator.views.measured import known_failures, measured_accuracy
from generator.views.page import Frame, Page, write_page
from generator.views.report_page import REPORT
from generator.views.tasks import Task

Section = tuple[str, Sequence[str]]


def document_tasks(settings: Settings) -> Iterator[Task]:
    """The three pages in every interface language."""
    for ui in settings.languages:
        for address, make in (
            (addresses.ABOUT, about_page),
            (addresses.METHOD, method_page),
            (addresses.CONTRIBUTE, contribute_page),
        ):
            local = addresses.in_language(address, ui, settings.default_language)
            yield Task(path=addresses.file(local), make=make, inputs=(ui, settings))


def about_page(ui: str, settings: Settings) -> bytes:
    """What this archive is and is not."""
    here = index_frame(addresses.ABOUT, ui, settings)
    sections = _about(here.ui)
    if settings.demonstration:
        sections.insert(1, (here.ui.say("What is invented here"), [demonstration_note(here.ui)]))
    return _document(addresses.ABOUT, here, here.ui.say("About"), sections, settings)


def demonstration_note(ui: Interface) -> str:
    """What is true and what is not in the articles that come with the project."""
    return ui.say(
        "This is a demonstration. Its articles were written for it and are free for any use. The events"
        " and the people in them are real and stated as public record has them; the outlets are invented,"
        " and so is everyone who speaks in direct speech."
    )


def _about(ui: Interface) -> list[Section]:
    return [
        (
            "",
            [
                ui.say(
                    "A variorum is an edition that prints every version of a text side by side. This"
                    " archive does that for news: it keeps each article as it was captured, in its own"
                    " language, and shows what other outlets made of the same event."
                ),
            ],
        ),
        (
            ui.say("What you can rely on"),
            [
                ui.say(
                    "The words of an article are never altered. Menus, banners and other furniture of the"
                    " page it stood on are taken away, and what was taken away can be seen under the text."
                ),
                ui.say(
                    "Every link between articles says why it is there. Nothing says which account is right."
                ),
                ui.say(
                    "Addresses do not change. Every paragraph has one, so that you can cite a sentence. An"
                    " article that had to be withdrawn keeps its address, with the date and the reason."
                ),
                ui.say(
                    "Nothing here counts or follows you: no cookies, and no request to anyone else's server."
                ),
            ],
        ),
        (
            ui.say("Rights"),
            [
                ui.say(
                    "The rights of a text stay with its outlet. Where they allow no more, only its beginning"
                    " or only its metadata is shown. If a text of yours should not be here, tell us: it is"
                    " taken out of text, search, feeds and data in one step."
                ),
            ],
        ),
    ]


def method_page(ui: str, settings: Settings) -> bytes:
    """How links are found, and how they fail."""
    here = index_frame(addresses.METHOD, ui, settings)
    told = report_link(here, settings, "") is not None
    sections = [*_linking(here.ui), *_finding(here.ui), _mistakes(here.ui, told=told)]
    return _document(addresses.METHOD, here, here.ui.say("Method"), sections, settings)


def _linking(ui: Interface) -> list[Section]:
    return [
        (
            "",
            [
                ui.say(
                    "Everything on these pages is computed from the articles and from small files in which"
                    " people have decided something. A person's decision always wins over the machine's."
                )
            ],
        ),
        (
            ui.say("Versions"),
            [
                ui.say(
                    "Texts of one language that share most of their runs of words are compared word by word."
                    " They are called identical, a recapture (same text, other page furniture), a revision"
                    " (edited by the outlet), syndicated (at another outlet) or an excerpt. Changes are"
                    " additions, deletions, edits or moves."
                ),
                ui.say(
                    "The main version is the longest clean text from the original outlet, then the earliest."
                ),
            ],
        ),
        (
            ui.say("Stories"),
            [
                ui.say(
                    "Articles belong to one story if they report the same event: what counts is the time,"
                    " the names, figures and quotations they share, and how similar they are in meaning,"
                    " also across languages. Two events of the same people are two stories; the method"
                    " confuses them now and then."
                )
            ],
        ),
    ]


def _finding(ui: Interface) -> list[Section]:
    return [
        (
            ui.say("Quotations"),
            [
                ui.say(
                    "Words in quotation marks are matched with the same statement as other outlets printed"
                    " or translated it. Where this is likely but not sure, the page says so."
                )
            ],
        ),
        (
            ui.say("Names"),
            [
                ui.say(
                    "Names are found by a list that people keep, in every script and inflected form. Where"
                    " two people share a name and the article does not decide, nothing is linked."
                )
            ],
        ),
    ]


def _mistakes(ui: Interface, *, told: bool) -> Section:
    """What becomes of mistakes; `told` if there is somewhere to report them."""
    text = ui.say(
        "All of this is wrong sometimes. A correction is a line in a file, and it holds from the next"
        " build on."
    )
    if told:
        text = ui.say(
            "All of this is wrong sometimes. Every page has a link to report it; a correction is a"
            " line in a file, and it holds from the next build on."
        )
    return ui.say("Mistakes"), [text]


def contribute_page(ui: str, settings: Settings) -> bytes:
    """How to add or correct something."""
    here = index_frame(addresses.CONTRIBUTE, ui, settings)
    sections = _contribute(here.ui)
    return _document(addresses.CONTRIBUTE, here, here.ui.say("Contribute"), sections, settings)


def _contribute(ui: Interface) -> list[Section]:
    return [
        (
            ui.say("Add an article"),
            [
                ui.say(
                    "Give the outlet, the date, the language and the text, by the form or as a file in the"
                    " folder of its year; a template says what goes where. You need no programming."
                ),
                ui.say(
                    "At once you are told what is wrong, at which line, and what to write instead; whether"
                    " the article is already here, how your version differs, and which story it joins. A"
                    " version that is already known is not refused: it is kept beside the others."
                ),
            ],
        ),
        (
            ui.say("What may be added"),
            [
                ui.say(
                    "Published news articles, in any language, with their source. State the rights: full"
                    " text, only the beginning, or only the metadata. If in doubt, choose the stricter."
                )
            ],
        ),
        (
            ui.say("Correct something"),
            [
                ui.say(
                    "Say which two articles are not the same story, or which person a name means. The"
                    " decision is written down with your name and your reason, and the machine follows it."
                )
            ],
        ),
    ]


def _document(
    address: str, here: Frame, title: str, sections: Sequence[Section], settings: Settings
) -> bytes:
    blocks: list[Html | None] = [el("h1", title)]
    for heading, paragraphs in sections:
        if heading:
            blocks.append(el("h2", heading))
        blocks += [el("p", text, class_=None if heading else "lead") for text in paragraphs]
    if address == addresses.ABOUT:
        report = el("a", here.ui.say("Report"), href=f"{here.root}{REPORT}")
        purpose = here.ui.say("What this archive holds, and what waits for a person to look at it.")
        blocks.append(el("p", report, " – ", purpose))
    if address == addresses.METHOD:
        blocks += [*measured_accuracy(here, settings), *known_failures(here.ui)]
    blocks.append(_ways(here, settings))
    if address != addresses.METHOD:
        return index_page(address, here, title, blocks, settings)
    return write_page(
        Page(
            address=here.address,
            kind="index",
            title=title,
            ui=here.ui.language,
            everywhere=address,
            head=sheet(here, settings),
            body=tuple(block for block in blocks if block is not None),
        )
    )


def _ways(here: Frame, settings: Settings) -> Html | None:
    links = [report_link(here, settings, "")]
    if safe_url(settings.repo_url) is not None:
        links.append(
            el("a", here.ui.say("The archive's files and program"), href=settings.repo_url)
        )
    told = [link for link in links if link is not None]
    return el("ul", *(el("li", link) for link in told)) if told else None
