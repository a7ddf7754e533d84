"""The page of an entity: its name in its own script, who writes it how, when, in which stories, with whom."""

from collections.abc import Iterator, Sequence

from generator.settings import Settings
from generator.text import shortened
from generator.views import addresses
from generator.views.article_boxes import kind_name, report_link
from generator.views.comparing import (
    blocks,
    folded,
    labelled_table,
    outlet_and_language,
    section,
    sheet,
)
from generator.views.entity_view import IN_PICTURE, EntityView, Form
from generator.views.interface import Interface, own_name
from generator.views.listing import brief_listing, plain_listing
from generator.views.markup import Html, Node, el, join, outward_link
from generator.views.metadata import open_graph
from generator.views.page import Frame, Page, foreign, frame, run, write_page
from generator.views.pictures_map import place_map
from generator.views.pictures_months import month_bars
from generator.views.pictures_network import network
from generator.views.speech import Saying

#: Forms of a name and names in its company before the rest is folded; characters of a quotation.
FORMS, NAMED, QUOTED = 12, 12, 240

#: Articles that are told with their outlet, language, versions and story.
LATEST = 10


def entity_page(view: EntityView, settings: Settings) -> bytes:
    """The Markdown file of an entity."""
    here = frame(addresses.entity(view.entity.id), view.ui)
    title = view.name
    if view.own is not None:
        title = here.ui.say("{text} ({items})", text=title, items=view.own[0])
    head = join(sheet(here, settings), open_graph(title))
    return write_page(
        Page(
            address=here.address,
            kind="entity",
            title=title,
            ui=view.ui,
            description=_description(view, view.ui) or "",
            head=head,
            body=blocks(
                _header(view, here),
                _about(view, here),
                _when(view, here),
                _forms(view, here),
                _names(view, here),
                _stories(view, here),
                _sayings(view, here, by=True),
                _sayings(view, here, by=False),
                _company(view, here),
                _place(view, here),
                _articles(view, here),
                _report(view, here, settings),
            ),
        )
    )


def _description(view: EntityView, language: str) -> str | None:
    return next((text for code, text in view.entity.description.items() if code == language), None)


def _header(view: EntityView, here: Frame) -> Html:
    ui = here.ui
    kicker = join(
        here.link(addresses.ENTITIES, ui.say("Names")), kind_name(ui, view.entity.kind), by=" › "
    )
    if view.own is None:
        heading = el("h1", view.name)
    else:
        heading = el("h1", view.own[0], **foreign(view.own[1], ui.language))
    beneath = []
    if view.own is not None:
        beneath.append(view.name)
    if view.latin is not None and view.latin not in beneath:
        beneath.append(view.latin)
    count = ui.count("{number} article", "{number} articles", view.count)
    return el(
        "header",
        el("p", kicker, class_="kicker"),
        heading,
        el("p", " · ".join(beneath), class_="beneath") if beneath else None,
        _lead(view, here),
        el("p", join(count, *_facts(view, here), by=" · "), class_="soft"),
    )


def _lead(view: EntityView, here: Frame) -> Html | None:
    """The description in the interface's language, else in the first that there is."""
    descriptions = view.entity.description
    if not descriptions:
        return None
    language = next(
        (code for code in (here.ui.language, "en") if code in descriptions),
        next(iter(descriptions)),
    )
    text = next(text for code, text in descriptions.items() if code == language)
    return el("p", text, class_="lead", **foreign(language, here.ui.language))


def _facts(view: EntityView, here: Frame) -> Iterator[str]:
    entity, ui = view.entity, here.ui
    if entity.country is not None:
        name = ui.country_name(entity.country)
        address = f"{addresses.NAMES}country/{entity.country.lower()}/"
        shown = here.link(address, name) if view.country_listed else name
        yield ui.rich("Country: {name}", name=shown)
    if entity.born is not None:
        yield ui.say("born {date}", date=ui.short_date(entity.born))
    if entity.died is not None:
        yield ui.say("died {date}", date=ui.short_date(entity.died))
    if entity.wikidata is not None:
        url = f"https://www.wikidata.org/wiki/{entity.wikidata}"
        yield outward_link(url, "Wikidata", title=entity.wikidata)


def _about(view: EntityView, here: Frame) -> Html | None:
    """Whom this is not: namesakes."""
    if not view.others:
        return None
    links = [here.link(addresses.entity(card.id), card.name) for card in view.others]
    text = here.ui.rich("Not to be confused with {names}.", names=join(*links, by=" · "))
    return el("p", text, class_="note")


def _when(view: EntityView, here: Frame) -> Html | None:
    """Articles by month: the picture, and the same as a table where the page does not list all of them."""
    ui = here.ui
    title = ui.say("Articles by month")
    picture = month_bars(view.months, title, ui)
    if picture is None:
        return None
    if not view.years:
        return section(title, picture)
    rows = [(ui.month(year, month), ui.number(number)) for year, month, number in view.months]
    table = labelled_table((ui.say("Month"), ui.say("Articles")), rows, kind="small")
    return section(title, picture, folded(ui.say("The same as a table"), table))


def _forms(view: EntityView, here: Frame) -> Html | None:
    """How outlets write the name: form, language, outlets with their numbers."""
    ui = here.ui
    if not view.forms:
        return None
    heads = (ui.say("Form"), ui.say("Language"), ui.say("Outlets"), ui.say("Times"))
    most = sorted(view.forms, key=lambda form: (-form.count, form.language, form.text))[:FORMS]
    shown = [form for form in view.forms if form in most]
    rest = [form for form in view.forms if form not in most]
    more = ui.count("{number} more form", "{number} more forms", len(rest))
    return section(
        ui.say("How outlets write it"),
        labelled_table(heads, [_form(form, here) for form in shown], kind="forms"),
        folded(more, labelled_table(heads, [_form(form, here) for form in rest], kind="forms"))
        if rest
        else None,
    )


def _form(form: Form, here: Frame) -> tuple[Node, ...]:
    ui = here.ui
    outlets = [
        join(run(name, form.language, here), Html("&nbsp;"), el("small", ui.number(count)))
        for name, count in form.outlets
    ]
    text = el("span", form.text, class_="form", **foreign(form.language, ui.language))
    language = _language(form.language, here)
    return text, language, join(*outlets, by=" · "), ui.number(form.count)


def _language(code: str, here: Frame) -> Html:
    """A language by its own name, and as the interface calls it where that is another word."""
    own, mine = own_name(code), here.ui.language_name(code)
    if own == mine:
        return join(own)
    return join(run(own, code, here), " ", el("small", mine))


def _names(view: EntityView, here: Frame) -> Html | None:
    """All names of the authority file, by language."""
    rows = []
    for code, names in sorted(view.entity.names.items()):
        marks = foreign(code, here.ui.language)
        shown = [el("b", names[0], **marks)] if names else []
        shown += [el("span", name, **marks) for name in names[1:]]
        rows += [el("dt", _language(code, here)), el("dd", join(*shown, by=" · "))]
    if sum(map(len, view.entity.names.values())) < 2:
        return None  # the heading says it
    count = here.ui.count(
        "Names in {number} language", "Names in {number} languages", len(view.entity.names)
    )
    return folded(count, el("dl", *rows), class_="names")


def _stories(view: EntityView, here: Frame) -> Html | None:
    ui = here.ui
    rows = []
    for story, card, number in view.stories:
        marks = foreign(card.language, ui.language)
        count = ui.count("{number} article", "{number} articles", number)
        about = f"{ui.short_date(card.date)} · {count}"
        link = here.link(addresses.story(story), card.title, class_="headline", **marks)
        rows.append(el("li", link, el("p", about)))
    return section(ui.say("Stories"), el("ul", *rows, class_="listing") if rows else None)


def _sayings(view: EntityView, here: Frame, *, by: bool) -> Html | None:
    """The latest quotations by the entity, or by others about it."""
    ui, identifier = here.ui, view.entity.id
    items, count = (view.said, view.said_count) if by else (view.about, view.about_count)
    address = addresses.said(identifier) if by else addresses.about_name(identifier)
    left = count - len(items)
    more = ui.count("{number} more", "{number} more", left)
    return section(
        ui.say("Said by") if by else ui.say("Said about"),
        el("ul", *(saying_line(item, here) for item in items), class_="sayings") if items else None,
        el("p", here.link(address, more)) if left else None,
    )


def saying_line(saying: Saying, here: Frame) -> Html:
    """One quotation: words, speaker, outlet, date, and how many others render it."""
    words, ui = saying.words, here.ui
    marks = foreign(words.card.language, ui.language)
    if words.text is None:
        said = el("p", ui.say("These words may not be shown here."), class_="note")
    else:
        said = el("blockquote", shortened(words.text, QUOTED), **marks)
    fragment = f"#{words.paragraph}" if words.text is not None and words.paragraph else ""
    parts: list[Node] = [run(words.speaker, words.card.language, here) if words.speaker else None]
    parts.append(
        here.link(
            addresses.article(words.card.id) + fragment, outlet_and_language(words.card, here)
        )
    )
    parts.append(ui.short_date(words.card.date))
    if saying.group is not None and saying.renderings > 1:
        told = ui.count("{number} rendering", "{number} renderings", saying.renderings)
        parts.append(here.link(addresses.quotation(saying.group), told))
    return el("li", said, el("p", join(*parts, by=" · "), class_="where"))


def _company(view: EntityView, here: Frame) -> Html | None:
    """Who appears with it: the list first, the picture after it."""
    ui = here.ui
    rows = [
        el(
            "li",
            here.link(addresses.entity(card.id), card.name),
            " ",
            el("small", ui.number(card.articles)),
        )
        for card in view.company
    ]
    around = [(card.name, card.articles) for card in view.company[:IN_PICTURE]]
    title = ui.say("Names in the same articles")
    picture = network(view.name, around, view.ties, title)
    rest = rows[NAMED:]
    more = ui.count("{number} more", "{number} more", len(rest))
    return section(
        ui.say("Appears with"),
        el("ul", *rows[:NAMED], class_="company") if rows else None,
        folded(more, el("ul", *rest, class_="company")) if rest else None,
        picture,
    )


def _place(view: EntityView, here: Frame) -> Html | None:
    if view.entity.coordinates is None:
        return None
    title = here.ui.say("{name} on the map", name=view.name)
    picture = place_map(view.entity.coordinates, title, here.root)
    return section(here.ui.say("On the map"), picture, _coordinates(view, here.ui))


def _coordinates(view: EntityView, ui: Interface) -> Html | None:
    if view.entity.coordinates is None:
        return None
    north, east = view.entity.coordinates
    text = ", ".join(
        (
            f"{abs(north):.2f}° {'N' if north >= 0 else 'S'}",
            f"{abs(east):.2f}° {'E' if east >= 0 else 'W'}",
        )
    )
    return el("p", el("span", text, dir="ltr"), class_="soft")


def _articles(view: EntityView, here: Frame) -> Html | None:
    """The latest articles, and the headlines of the others or the years that they are listed by."""
    ui = here.ui
    if not view.articles:
        text = ui.say("No article of this archive names it yet.")
        return el("p", text, class_="note")
    return section(
        ui.say("Articles"),
        _years(view.years, addresses.entity(view.entity.id), here),
        plain_listing(view.articles[:LATEST], here),
        *brief_listing(view.articles[LATEST:], here),
    )


def _years(years: Sequence[tuple[str, int]], base: str, here: Frame) -> Html | None:
    if not years:
        return None
    rows = [
        el(
            "li",
            here.link(f"{base}{year}/", year if year.isdigit() else here.ui.say("undated")),
            " ",
            el("small", here.ui.number(count)),
        )
        for year, count in years
    ]
    return el("ul", *rows, class_="row years")


def _report(view: EntityView, here: Frame, settings: Settings) -> Html | None:
    report = report_link(here, settings, f"{addresses.ENTITIES}{view.entity.id}")
    return el("p", report) if report else None
