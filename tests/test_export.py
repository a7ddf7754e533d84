"""`variorum export`: the files of the data export, byte for byte those of a site that has them, and never half of them."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.model import OutputFile
from generator.pipeline import export as module
from tests.building import Place, make_place
from tests.sites import contents

WITHOUT = ("data_export: true, article_files: true", "data_export: false, article_files: false")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An archive whose site has the export, built once."""
    place = make_place(tmp_path_factory.mktemp("export") / "place", 6)
    place.build()
    return place


@pytest.fixture
def place(built: Place, tmp_path: Path) -> Place:
    """The same archive, to be changed."""
    shutil.copytree(built.folder, tmp_path / "place")
    return Place(tmp_path / "place")


def export(place: Place, folder: Path) -> int:
    return main(["export", str(folder), "--config", str(place.config), "--jobs", "1"])


def in_site(place: Place) -> dict[str, bytes]:
    """The files of the export in the site."""
    found = contents(place.site / "data")
    del found["index.html"]
    return found


@pytest.mark.slow
def test_an_export_has_the_files_of_a_site_with_it(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "export"
    assert export(place, folder) == 0
    found = contents(folder)
    assert found == in_site(place)
    told = capsys.readouterr()
    tables = {path.split("/")[0] for path in found if "/" in path}
    assert f"{folder}/: 6 articles in {len(tables)} tables; {len(found)} files, 0.0 MB" in told.out
    assert "write" in told.err
    assert [path.name for path in folder.parent.iterdir()] == ["export"]
    package = json.loads(found["datapackage.json"])
    described = {path for item in package["resources"] for path in item["path"]}
    assert described == set(found) - {"datapackage.json"}


@pytest.mark.slow
def test_a_site_without_the_export_is_whole_and_the_export_the_same(
    place: Place, tmp_path: Path
) -> None:
    wanted = in_site(place)
    config = place.config.read_text("utf-8")
    place.config.write_text(config.replace(*WITHOUT), encoding="utf-8")
    place.build()  # which finds every link that leads nowhere
    assert list(contents(place.site / "data")) == ["index.html"]
    assert [path.name for path in (place.folder / "docs" / "data").iterdir()] == ["index.md"]
    page = (place.site / "data" / "index.html").read_text("utf-8")
    assert "<code>variorum export</code>" in page
    assert "· 6 rows" in page
    articles = place.site / "articles"
    assert {path.name for path in articles.rglob("*") if path.is_file()} == {"index.html"}
    assert place.build().written.made == 0
    assert export(place, tmp_path / "export") == 0
    assert contents(tmp_path / "export") == wanted


@pytest.mark.slow
def test_an_export_replaces_an_earlier_one_as_a_whole(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    assert export(place, folder) == 0
    first = contents(folder)
    (folder / "texts" / "1899-01.ndjson.gz").write_bytes(b"of a month that is no longer there")
    cut = tmp_path / "export.part" / "articles"  # what a kill leaves
    cut.mkdir(parents=True)
    (cut / "2024.csv.gz").write_bytes(b"half a fi")
    assert export(place, folder) == 0
    assert contents(folder) == first
    place.articles[0].unlink()
    assert export(place, folder) == 0
    assert contents(folder).keys() <= first.keys()
    assert contents(folder) != first
    assert [path.name for path in tmp_path.iterdir() if "export" in path.name] == ["export"]


@pytest.mark.slow
def test_an_empty_folder_beside_it_is_no_finished_export(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    assert export(place, folder) == 0
    first = contents(folder)
    (tmp_path / "export.next").mkdir()
    path = place.articles[0]
    path.write_text(path.read_text("utf-8").replace("date:", "date: no day #"), "utf-8")
    assert export(place, folder) == 1
    assert contents(folder) == first


def test_links_that_lead_nowhere_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = make_place(tmp_path / "place", 1)
    (tmp_path / "one").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "one")
    (tmp_path / "free.part").symlink_to(tmp_path / "nothing")
    for name in ("one", "free"):
        assert export(place, tmp_path / name) == 2
        assert "got a link" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["of the corpus", "of the disk"])
def test_an_export_that_fails_leaves_the_earlier_one(
    fault: str,
    place: Place,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(*_: object) -> Iterator[OutputFile]:
        yield OutputFile(path="articles/2024.csv.gz", content=b"begun")
        raise OSError(28, "No space left on device", "articles/2024.ndjson.gz")

    folder = tmp_path / "export"
    assert export(place, folder) == 0
    first = contents(folder)
    capsys.readouterr()
    if fault == "of the corpus":
        path = place.articles[0]
        path.write_text(path.read_text("utf-8").replace("date:", "date: no day #"), "utf-8")
        said = f"{path}:"
    else:
        monkeypatch.setattr(module, "export_files", full)
        said = "variorum: articles/2024.ndjson.gz: No space left on device\n"
    assert export(place, folder) == 1
    assert said in capsys.readouterr().err
    assert contents(folder) == first
    assert [path.name for path in tmp_path.iterdir() if "export" in path.name] == ["export"]


@pytest.mark.parametrize(
    ("there", "folder", "said"),
    [
        (["export"], "export", "got a file"),
        (["export/notes.txt"], "export", "got one that holds notes.txt and no datapackage.json"),
        (["export/datapackage.json", "export/a/notes.txt"], "export", "also holds a/notes.txt"),
        (["export.old/letter.odt"], "export", r"export\.old: .* got one that also holds letter"),
        (["export.old/backups/db.sql.gz"], "export", "got one that also holds backups/db.sql.gz"),
        (["export/datapackage.json"], "export", "got a data package of another kind"),
        (["export/datapackage.json", "export/data/a.csv.gz"], "export", "also holds data/a.csv.gz"),
        (["datapackage.json"], ".", "apart from that of the corpus .* got one that holds it"),
        (["docs/data/datapackage.json"], "docs/data", "that of the docs .* got one in it"),
        ([], "site", "apart from that of the site .* got the same"),
    ],
)
def test_a_folder_with_anything_else_in_it_is_refused_before_the_work(
    there: list[str],
    folder: str,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = make_place(tmp_path / "place", 1)
    for path in there:
        (place.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (place.folder / path).write_text("kept", encoding="utf-8")
    before = contents(place.folder)
    assert export(place, place.folder / folder) == 2
    told = capsys.readouterr().err
    assert told.startswith("variorum: ")
    assert len(told.splitlines()) == 1
    assert re.search(said, told), told
    assert contents(place.folder) == before


def test_an_export_of_no_corpus_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = make_place(tmp_path / "place", 1)
    shutil.rmtree(place.folder / "corpus")
    assert export(place, tmp_path / "new" / "export") == 2
    assert "expected the folder of the corpus, got none" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["place"]
