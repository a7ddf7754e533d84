"""The theme: small, self-contained, readable; templates that other builders can render."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from pathspec import GitIgnoreSpec

from generator.settings import Settings, parse_settings
from generator.views import skeleton

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "generator" / "theme"
TEMPLATES = sorted(THEME.rglob("*.html"))
MAIN = (THEME / "main.html").read_text(encoding="utf-8")
STYLE = (THEME / "assets" / "variorum.css").read_text(encoding="utf-8")


def material() -> Path:
    spec = find_spec("material")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "templates"


def test_the_style_sheet_is_materials_with_ours_after_it_and_needs_no_other_file() -> None:
    assert f"href={{{{ root }}}}{skeleton.STYLE}>" in MAIN
    sheet = skeleton.style_sheet()
    assert ".md-typeset" in sheet.removesuffix(STYLE)
    assert sheet.endswith(STYLE)
    assert re.findall(r"url\((?!['\"]?data:)|@import|sourceMappingURL", sheet) == []


def test_nothing_of_material_is_published_but_what_pages_ask_for() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    left_out = GitIgnoreSpec.from_lines(config["exclude_docs"].splitlines())
    files = [path.relative_to(material()).as_posix() for path in material().rglob("assets/**/*.*")]
    published = [name for name in files if not left_out.match_file(name)]
    assert [name for name in published if name not in MAIN] == []


def test_shared_style_sheets_and_scripts_stay_small() -> None:
    names = re.findall(r"assets/[\w./-]+\.(?:css|js)", MAIN)
    assert sorted(names) == [skeleton.STYLE, "assets/variorum.js"]
    script = (THEME / "assets" / "variorum.js").read_bytes()
    assert len(skeleton.style_sheet().encode()) + len(script) <= 250_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.name))
def test_templates_call_no_method_and_ask_no_other_site(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    code = " ".join(re.findall(r"\{[{%].*?[%}]\}", text, flags=re.DOTALL))
    code = re.sub(r'"(?:[^"\\]|\\.)*"', "", code)
    assert re.search(r"\.\w+\(", code) is None
    assert re.search(r"(?:https?:)?//\w", re.sub(r"\{#.*?#\}", "", text)) is None


def test_style_sheet_and_script_fetch_nothing_from_elsewhere() -> None:
    for path in (THEME / "assets").rglob("*"):
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            assert re.search(r"@import|url\(\s*['\"]?https?:", text) is None, path
            assert re.search(r"['\"`]https?://(?!www\.w3\.org)", text) is None, path


def test_the_settings_in_the_configuration_are_good() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings, problems = parse_settings(config["extra"]["archive"])
    assert problems == ()
    assert settings.languages == Settings().languages
    assert config["plugins"] == []
    assert config["markdown_extensions"] == []


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it."""
    lights = []
    for colour in (first, second):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


LIGHT = palette(STYLE.split("@media")[0])
DARK = palette(STYLE[STYLE.index(':root[data-scheme="dark"]') :].split("}")[0])


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_have_enough_contrast(colours: dict[str, str]) -> None:
    for paper in ("paper", "card"):
        assert contrast(colours["ink"], colours[paper]) >= 7
        assert contrast(colours["soft"], colours[paper]) >= 4.5
        assert contrast(colours["accent"], colours[paper]) >= 4.5
    assert contrast(colours["ink"], colours["marked"]) >= 7
    assert contrast(colours["added"], colours["added-paper"]) >= 4.5
    assert contrast(colours["gone"], colours["gone-paper"]) >= 4.5


def test_the_two_dark_palettes_are_one() -> None:
    chosen = STYLE[STYLE.index(':root:not([data-scheme="light"])') :].split("}")[0]
    assert palette(chosen) == DARK
