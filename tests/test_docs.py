"""The documents say what the code does."""

import argparse
import re
import tomllib
from pathlib import Path

import pytest

from generator.cli import COMMANDS, parser
from generator.record import fields
from generator.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FROM_MKDOCS = {"site_name", "site_url", "repo_url", "description"}


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", read("settings.md"), re.MULTILINE))
    settings = Settings()
    names = [item.name for item in fields(Settings) if item.name not in FROM_MKDOCS]
    assert list(rows) == names
    for name in names:
        value = getattr(settings, name)
        shown = " ".join(value) if isinstance(value, tuple) else str(value)
        assert rows[name].strip().strip("`") == shown


def commands() -> dict[str, argparse.ArgumentParser]:
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("no commands")


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_documented(name: str) -> None:
    text = read("commands.md")
    section = text.split(f"## variorum {name}\n", 1)
    assert len(section) == 2, f"docs/commands.md has no section on {name}"
    body = section[1].split("\n## ", 1)[0]
    options = {
        option
        for action in commands()[name]._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
    assert {option for option in options if f"`{option}" not in body} == set()


def test_commands_are_in_order_and_complete() -> None:
    assert len(COMMANDS) == len(commands())


def test_documents_link_to_what_is_there() -> None:
    for page in [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(
            r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8")
        ):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def pins(*, tests: bool) -> set[str]:
    """What is installed, as `name==version`; extras are left to those who want them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = set(project["project"]["dependencies"])
    return found | set(project["dependency-groups"]["dev"]) if tests else found


def test_every_dependency_says_what_it_is_for() -> None:
    names = {pin.split("==")[0] for pin in pins(tests=False)}
    documented = re.findall(r"^\| `([a-zA-Z0-9_-]+)` \|", read("architecture.md"), re.MULTILINE)
    assert names - set(documented) == set()


def test_every_dependency_is_locked_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {pin.lower() for pin in re.findall(r"^([\w.-]+==[^\s;]+)", lock, re.MULTILINE)}
    assert {pin.lower() for pin in pins(tests=True)} - locked == set()
    assert "://" not in lock
