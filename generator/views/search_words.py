"""The words of the search page, by the keys that its script knows."""

from collections.abc import Iterable

from generator.views.interface import Interface, own_name


def search_words(ui: Interface) -> dict[str, str]:
    """Every message of the search page; `assets/search/strings.json` has the same keys, in English."""
    return {**_box(ui), **_filters(ui), **_results(ui)}


def language_words(languages: Iterable[str]) -> dict[str, str]:
    """Each language by its own name, also those that a browser has no name for."""
    return {f"language.{code}": own_name(code) for code in languages}


def _box(ui: Interface) -> dict[str, str]:
    """The box and what is said above the results."""
    return {
        "label": ui.say("Search all languages"),
        "button": ui.say("Search"),
        "placeholder": ui.say('A name, a word, a "phrase in quotation marks"'),
        "searching": ui.say("Searching…"),
        "count.none": ui.say("Nothing found"),
        "count.one": ui.say("1 result"),
        "count.many": ui.say("{n} results"),
        "count.least": ui.say("at least {n} results"),
        "progress": ui.say("{done} of {all} parts of the index searched"),
        "listed": ui.say(", "),
        "titled": ui.say("{name}: {text}"),
        "also": ui.say("Also searched:"),
        "also.off": ui.say("off"),
        "also.on": ui.say("Search the other names, too"),
        "meant": ui.say("Did you mean {name}?"),
        "entity.page": ui.say("Page of {name}"),
    }


def _filters(ui: Interface) -> dict[str, str]:
    """Filters and order."""
    return {
        "filters": ui.say("Narrow down"),
        "filters.clear": ui.say("All results"),
        "filter.language": ui.say("Language"),
        "filter.source": ui.say("Outlet"),
        "filter.year": ui.say("Year"),
        "filter.kind": ui.say("Kind"),
        "filter.date": ui.say("Date"),
        "filter.from": ui.say("From"),
        "filter.to": ui.say("To"),
        "filter.entity": ui.say("Only with"),
        "filter.story": ui.say("Only in one story"),
        "filter.dated": ui.say("Shown is everything dated {date}."),
        "filter.datedWith": ui.say("Shown is everything that has {words} and is dated {date}."),
        "filter.wrong": ui.say("{date} is not a date and was left out."),
        "filter.remove": ui.say("Remove {name}"),
        "kind.article": ui.say("Articles"),
        "kind.quotation": ui.say("Quotations"),
        "kind.entity": ui.say("Names"),
        "sort": ui.say("Order"),
        "sort.relevance": ui.say("Best first"),
        "sort.newest": ui.say("Newest first"),
        "sort.oldest": ui.say("Oldest first"),
    }


def _results(ui: Interface) -> dict[str, str]:
    """Results, downloads, and finding nothing."""
    return {
        "undated": ui.say("date unknown"),
        "versions.many": ui.say("{n} versions"),
        "versions.only": ui.say("Only in another version:"),
        "updated": ui.say("Updated"),
        "capture.web": ui.say("web page"),
        "capture.print": ui.say("print export"),
        "capture.text": ui.say("plain text"),
        "more": ui.say("Show more"),
        "download": ui.say("Download the list"),
        "download.wait": ui.say("Fetching {n} entries…"),
        "none.tried": ui.say("Searched {languages} languages for {query}."),
        "none.word": ui.say("No text has the word {word}."),
        "none.signs": ui.say("{query} has no letter and no digit to search for."),
        "none.near": ui.say("Nearest spellings:"),
        "none.any": ui.say("Search for any of these words"),
        "none.filters": ui.say("Search without the filters"),
        "none.names": ui.say("Look through the names"),
        "none.dates": ui.say("Look through the dates"),
        "none.begin": ui.say(
            "Nothing has {word} exactly; shown are words that begin with {begin}."
        ),
        "error": ui.say("Part of the index could not be fetched. Are you offline?"),
        "error.text": ui.say("The text of some results could not be fetched. Are you offline?"),
        "error.retry": ui.say("Try again"),
    }
