"""The search page as it is written: words and languages for its script, ways to go without one."""

import json
import re

import yaml

from generator.model import ArticleId, LanguageCode
from generator.settings import Settings
from generator.views import render_pages
from generator.views.search_page import search_tasks
from generator.views.search_script import search_style
from generator.views.shelf import Shelf
from tests.builders import make_archive, make_article

SETTINGS = Settings(site_name="Archive", languages=("en", "ar"))


def shells() -> dict[str, str]:
    archive = make_archive(
        make_article(id=ArticleId("2024-03-05-herald-a")),
        make_article(id=ArticleId("2024-03-05-herald-b"), language=LanguageCode("ti")),
        make_article(id=ArticleId("2024-03-05-herald-c"), language=LanguageCode("ru")),
    )
    return {
        file.path: file.content.decode()
        for file in render_pages(archive, SETTINGS)
        if file.path.endswith("search/index.md")
    }


def words(page: str) -> dict[str, str]:
    head = yaml.safe_load(page.split("---")[1])["head"]
    found = re.search(r'id="?search-strings"?[^>]*>(.*?)</script>', head, re.DOTALL)
    assert found is not None
    read: dict[str, str] = json.loads(found[1])
    return read


def test_languages_of_results_are_told_by_their_own_names() -> None:
    for page in shells().values():
        languages = {key: name for key, name in words(page).items() if key.startswith("language.")}
        assert languages == {
            "language.en": "English",
            "language.ru": "Русский",
            "language.ti": "ትግርኛ",
        }


def test_another_style_makes_the_pages_anew() -> None:
    tasks = search_tasks(Shelf(make_archive(), SETTINGS))
    styles = [search_style() in task.inputs for task in tasks if task.path.endswith("index.md")]
    assert styles == [True, True]


def test_the_shell_is_in_the_language_of_the_interface_and_leads_on_without_a_script() -> None:
    found = shells()
    assert set(found) == {"search/index.md", "ar/search/index.md"}
    assert words(found["ar/search/index.md"])["button"] != words(found["search/index.md"])["button"]
    for page in found.values():
        without = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
        assert without is not None
        assert without[1].count("<a ") == 5
