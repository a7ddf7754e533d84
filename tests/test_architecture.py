"""The rooms and their import rule, the sizes, and who may touch the disk."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "generator"
ROW = re.compile(r"^\| (?P<rooms>[^|]*`[^|]*) \| [^|]* \| (?P<disk>[^|]*) \|$", re.MULTILINE)
DISK_CALLS = {
    "open",
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
    "unlink",
    "mkdir",
    "rmtree",
}
CLOCK_CALLS = {"now", "today", "utcnow", "time", "hash", "random", "urandom", "uuid4"}
MODULE_LINES, FUNCTION_LINES = 400, 50


def rooms() -> dict[str, bool]:
    """Each room of the architecture page, and whether it may touch the disk."""
    table = {}
    for row in ROW.finditer((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")):
        for name in re.findall(r"`(\w+)`", row["rooms"]):
            table[name] = row["disk"].strip() == "yes"
    return table


ROOMS = rooms()
BASE = {"model", "record", "errors", "settings", "text", "resources"}
ALL_KNOWING = {"pipeline", "cli"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [node.module or ""]
            if node.module == "generator":
                names = [f"generator.{alias.name}" for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("generator."))


@pytest.fixture(params=MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def module(request: pytest.FixtureRequest) -> tuple[Path, ast.Module]:
    path: Path = request.param
    return path, ast.parse(path.read_text(encoding="utf-8"))


def test_every_room_of_the_page_exists() -> None:
    folders = {room_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert folders == set(ROOMS)


def test_a_module_imports_from_its_room_and_from_base_only(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    room = room_of(path)
    if room in ALL_KNOWING | {"__main__", "__init__"}:
        return
    allowed = {room} | BASE
    assert set(imported_rooms(tree)) <= allowed


def test_only_the_site_imports_mkdocs(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        )
    }
    assert room_of(path) == "site" or not imported & {"mkdocs", "material", "properdocs"}


def test_pure_rooms_touch_neither_disk_nor_clock(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    room = room_of(path)
    if ROOMS.get(room, True) or room == "resources":
        return
    called = {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    assert not called & (DISK_CALLS | CLOCK_CALLS | {"print"})


def test_modules_and_functions_stay_small(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert room_of(path) == "model" or lines <= MODULE_LINES
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= FUNCTION_LINES, node.name


def test_every_module_opens_with_one_sentence(module: tuple[Path, ast.Module]) -> None:
    docstring = ast.get_docstring(module[1])
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":"))
