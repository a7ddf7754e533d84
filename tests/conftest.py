"""What all tests share: the shared data, the browser, and skipping that CI does not allow."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # building takes seconds to load, and most tests build nothing
    from generator.model import ArticleId
    from tests.sites import Built

ROOT = Path(__file__).resolve().parent.parent

#: The files that take longest. They are begun first, so that at the end no process waits long for another.
LONGEST = (
    "test_build_incremental.py",
    "test_entity_accuracy.py",
    "test_build_cut.py",
    "test_ingest_settled.py",
    "test_reader_journey.py",
    "test_search_page.py",
    "test_search_languages.py",
    "test_site_bytes.py",
    "test_workflows.py",
    "test_real_sites.py",
    "test_linking_incremental.py",
    "test_search_words.py",
    "test_ingest_print.py",
    "test_build_cluster.py",
    "test_search_tables.py",
    "test_build_share.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: each waits for a browser or a command half of its time."""
    from generator.pipeline.workers import job_count

    return job_count(0) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first, and keep the order of all others."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


def missing(what: str) -> None:
    """Skip with a message on a newcomer's machine; fail where `CI` is set."""
    message = f"needs {what}"
    if os.environ.get("CI"):
        pytest.fail(f"{message}, and CI must skip nothing")
    pytest.skip(message)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of labelled and real data, named by `VARIORUM_TEST_DATA`."""
    folder = os.environ.get("VARIORUM_TEST_DATA", "")
    if not folder or not Path(folder).is_dir():
        missing("the shared data (VARIORUM_TEST_DATA)")
    return Path(folder)


@pytest.fixture(scope="session")
def chromium() -> tuple[str, str]:
    """The paths of Chromium and its driver."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        missing("Chromium and chromedriver (Debian: chromium, chromium-driver)")
    return str(browser), str(driver)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> "Built":
    """The demonstration archive."""
    from tests.sites import build_project, make_project

    return build_project(make_project(tmp_path_factory.mktemp("demo"), ROOT / "corpus"))


@pytest.fixture(scope="session")
def seeds(
    tmp_path_factory: pytest.TempPathFactory, shared_data: Path
) -> "tuple[Built, dict[str, ArticleId]]":
    """The archive of the five seeds, and their ids by number."""
    from tests.real_corpora import write_seeds
    from tests.sites import build_project, make_project

    config = make_project(tmp_path_factory.mktemp("seeds"))
    ids = write_seeds(shared_data, config.parent / "corpus")
    return build_project(config), ids


@pytest.fixture(scope="session")
def world_news(
    tmp_path_factory: pytest.TempPathFactory, shared_data: Path
) -> "tuple[Built, dict[str, ArticleId]]":
    """The archive of real articles in many languages, and their ids by file name."""
    from tests.real_corpora import write_world_news
    from tests.sites import build_project, make_project

    config = make_project(tmp_path_factory.mktemp("world-news"))
    ids = write_world_news(shared_data, config.parent / "corpus")
    return build_project(config), ids
