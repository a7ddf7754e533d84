"""From docs to site: only what changed is rendered, and a cut at any moment loses nothing."""

import contextlib
import logging
import resource
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from generator.errors import ProblemsFound, SiteError
from generator.site import swap
from generator.site.mkdocs_build import build_with_mkdocs
from generator.site.publish import SiteJob, Workers, prepare_next, publish

logging.getLogger("mkdocs").setLevel(logging.WARNING)


@pytest.fixture
def job(tmp_path: Path) -> SiteJob:
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: Test\ntheme: {name: null, custom_dir: theme}\nplugins: []\n"
        "validation: {links: {unrecognized_links: ignore}, nav: {omitted_files: ignore}}\n",
        encoding="utf-8",
    )
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "main.html").write_text(
        '<link rel="stylesheet" href="{{ base_url }}/style.css"><h1>{{ page.title }}</h1>{{ page.content }}',
        encoding="utf-8",
    )
    (theme / "404.html").write_text("lost", encoding="utf-8")
    (theme / "style.css").write_text("p {}", encoding="utf-8")
    docs = tmp_path / "docs"
    for name in "abc":
        write(docs / name / "index.md", f"# {name}\n\n[home](../) [next](../a/#a)")
    write(docs / "index.md", "# Home\n\n[a](a/) [data](a/data.json)")
    write(docs / "a" / "data.json", "{}")
    write(docs / ".hidden", "x")
    return SiteJob(config_file=config, docs=docs, site=tmp_path / "site", cache=tmp_path / "cache")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def plain_build(job: SiteJob, folder: Path) -> dict[str, bytes]:
    build_with_mkdocs(job.config_file, docs=job.docs, site=folder)
    found = contents(folder)
    return {path: data for path, data in found.items() if not path.startswith("sitemap")}


def test_the_site_is_what_mkdocs_builds(job: SiteJob, tmp_path: Path) -> None:
    publish(job, Workers())
    ours = {path: data for path, data in contents(job.site).items() if "sitemap" not in path}
    assert ours == plain_build(job, tmp_path / "plain")


def test_only_what_changed_is_rendered(job: SiteJob, tmp_path: Path) -> None:
    assert publish(job, Workers()).rendered == 4
    assert publish(job, Workers()).rendered == 0
    write(job.docs / "b" / "index.md", "# b\n\nnew")
    write(job.docs / "a" / "data.json", "[]")
    shutil.rmtree(job.docs / "c")
    assert publish(job, Workers()).rendered == 1
    ours = {path: data for path, data in contents(job.site).items() if "sitemap" not in path}
    assert ours == plain_build(job, tmp_path / "plain")


def test_a_new_template_renders_everything(job: SiteJob) -> None:
    publish(job, Workers())
    (job.config_file.parent / "theme" / "main.html").write_text(
        "{{ page.content }}", encoding="utf-8"
    )
    assert publish(job, Workers()).rendered == 4
    assert b"stylesheet" not in (job.site / "index.html").read_bytes()


def test_a_site_that_others_touched_is_built_anew(job: SiteJob) -> None:
    publish(job, Workers())
    shutil.rmtree(job.site)
    assert publish(job, Workers()).rendered == 4


def test_a_site_that_was_packed_and_unpacked_is_known(job: SiteJob, tmp_path: Path) -> None:
    publish(job, Workers())
    shutil.copytree(job.site, tmp_path / "unpacked")
    shutil.rmtree(job.site)
    (tmp_path / "unpacked").rename(job.site)
    assert publish(job, Workers()).rendered == 0
    write(job.docs / "b" / "index.md", "# b\n\nnew")
    assert publish(job, Workers()).rendered == 1


def test_many_small_changes_in_a_row_end_where_a_clean_build_does(
    job: SiteJob, tmp_path: Path
) -> None:
    for number in range(6):
        write(job.docs / f"n{number % 3}" / "index.md", f"# {number}\n\n[home](../)")
        write(job.docs / "a" / "data.json", str(number))
        if number == 4:
            shutil.rmtree(job.docs / "n0")
        publish(job, Workers())
        ours = {path: data for path, data in contents(job.site).items() if "sitemap" not in path}
        assert ours == plain_build(job, tmp_path / f"plain{number}")


def test_the_first_change_begins_from_a_second_tree(job: SiteJob, tmp_path: Path) -> None:
    assert not publish(job, Workers()).spare
    assert prepare_next(job) == len(contents(job.site))
    second = job.spare.stat().st_ino
    write(job.docs / "b" / "index.md", "# b\n\nnew")
    shutil.rmtree(job.docs / "c")
    report = publish(job, Workers())
    assert (report.rendered, report.spare) == (1, True)
    assert job.site.stat().st_ino == second
    ours = {path: data for path, data in contents(job.site).items() if "sitemap" not in path}
    assert ours == plain_build(job, tmp_path / "plain")


def test_without_hard_links_there_is_no_second_tree(
    job: SiteJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refused)
    publish(job, Workers())
    assert prepare_next(job) == 0
    assert not job.spare.exists()
    write(job.docs / "b" / "index.md", "# b\n\nnew")
    publish(job, Workers())
    ours = {path: data for path, data in contents(job.site).items() if "sitemap" not in path}
    assert ours == plain_build(job, tmp_path / "plain")


def test_the_report_counts_what_is_there(job: SiteJob) -> None:
    report = publish(job, Workers())
    found = contents(job.site)
    assert (report.files, report.size) == (len(found), sum(map(len, found.values())))
    write(job.docs / "b" / "index.md", "# b\n\nnew and longer")
    publish(job, Workers())
    report = publish(job, Workers())
    found = contents(job.site)
    assert (report.files, report.size) == (len(found), sum(map(len, found.values())))


def test_what_the_machine_refuses_is_one_clear_line(job: SiteJob) -> None:
    publish(job, Workers())
    before = contents(job.site)
    write(job.docs / "b" / "index.md", "# b\n\nnew")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, limit[1]))
    try:
        with pytest.raises(SiteError, match="cannot be built") as caught:
            publish(job, Workers())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert "\n" not in str(caught.value)
    assert contents(job.site) == before


def test_processes_give_the_same_site(job: SiteJob, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # for the sitemap of the theme in this test
    publish(job, Workers())
    alone = contents(job.site)
    shutil.rmtree(job.site)
    with ProcessPoolExecutor(2) as executor:
        publish(job, Workers(executor=executor, jobs=2))
    assert contents(job.site) == alone


def test_a_dead_link_fails_and_leaves_the_site_as_it_was(job: SiteJob) -> None:
    publish(job, Workers())
    before = contents(job.site)
    write(job.docs / "b" / "index.md", "# b\n\n[x](../none/) [y](../a/#none)")
    with pytest.raises(ProblemsFound) as caught:
        publish(job, Workers())
    assert [str(problem) for problem in caught.value.problems] == [
        "b/index.html: link: ../a/#none: no such place on the page (#none)",
        "b/index.html: link: ../none/: no such page or file (none/index.html)",
    ]
    assert contents(job.site) == before


@pytest.mark.parametrize("kind", ["page", "place"])
def test_a_target_that_vanishes_is_noticed_on_unchanged_pages(job: SiteJob, kind: str) -> None:
    publish(job, Workers())
    if kind == "page":
        shutil.rmtree(job.docs / "a")
    else:
        write(job.docs / "a" / "index.md", "# other\n\n[data](data.json)")
    with pytest.raises(ProblemsFound, match=r"b/index\.html"):
        publish(job, Workers())


def test_a_page_by_hand_that_names_a_missing_file_is_found(job: SiteJob) -> None:
    write(job.docs / "b" / "index.md", "[x](none.md)")
    with pytest.raises(ProblemsFound, match=r"none\.md"):
        publish(job, Workers())


def test_what_mkdocs_cannot_read_is_the_error(job: SiteJob) -> None:
    job.config_file.write_text("site_name: [", encoding="utf-8")
    with pytest.raises(SiteError, match=r"mkdocs\.yml"):
        publish(job, Workers())


def test_docs_without_a_home_page_are_a_clear_error(job: SiteJob) -> None:
    (job.docs / "index.md").unlink()
    with pytest.raises(SiteError, match=r"index\.md"):
        publish(job, Workers())


class Cut(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("moment", range(12))
def test_a_cut_at_any_rename_leaves_the_old_site_or_the_new(
    job: SiteJob, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    publish(job, Workers())
    old = contents(job.site)
    write(job.docs / "b" / "index.md", "# b\n\nnew")
    calls = 0
    real_rename, real_rmtree = Path.rename, shutil.rmtree

    def tick() -> None:
        nonlocal calls
        calls += 1
        if calls > moment:
            raise Cut

    def rename(self: Path, target: Path) -> Path:
        tick()
        return real_rename(self, target)

    def rmtree(*arguments: object, **options: object) -> None:
        tick()
        real_rmtree(*arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        patch.setattr(shutil, "rmtree", rmtree)
        with contextlib.suppress(Cut):
            publish(job, Workers())
    swap.recover(job.site)
    found = contents(job.site)
    assert found == old or b"new" in found["b/index.html"]
    publish(job, Workers())
    assert b"new" in (job.site / "b" / "index.html").read_bytes()
    assert sorted(path.name for path in job.site.parent.glob("site*")) == ["site"]
