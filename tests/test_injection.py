"""Contributed text is shown, never run."""

import html

import pytest

from tests.browser import open_browser, serve
from tests.sites import Built, build_project, make_project

pytestmark = pytest.mark.slow

ATTACKS = (
    "<script>window.owned=1</script>",
    '<img src=x onerror="window.owned=2">',
    '"><svg onload=window.owned=3>',
    "[click](javascript:window.owned=4)",
    "![x](x){: onload='window.owned=5' }",
    '{: onclick="window.owned=6" }',
    "</script><script>window.owned=7</script>",
    "`code` *stars* _under_ **bold** ~~gone~~ # not a heading",
    "{{ config }} {% raw %} &lt;b&gt; &#x41; \\*",
    "<!-- comment --> ]]> --> <![CDATA[ x",
    "| a | b |\u200b",
    "[^1]: note [ref]: http://x.example <http://x.example>",
    "</details></section></article><h1>fake</h1>",
)
ALL = " ".join(ATTACKS)
ID = "2024-04-02-gazette-attack"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    config = make_project(tmp_path_factory.mktemp("attack"))
    corpus = config.parent / "corpus"
    (corpus / "articles" / "2024").mkdir(parents=True)
    (corpus / "entities").mkdir()
    quoted = "'" + ALL.replace("'", "''") + "'"
    (corpus / "sources.yml").write_text(
        f"- id: gazette\n  name: {quoted}\n  homepage: https://x.example/?a=1&b=%22%3E\n  notes: {quoted}\n",
        encoding="utf-8",
    )
    (corpus / "entities" / "people.yml").write_text(
        f"- id: attacker\n  kind: person\n  names:\n    en: [{quoted}, 'Mallory Quux']\n  description:\n    en: {quoted}\n",
        encoding="utf-8",
    )
    body = "\n\n".join(
        "\\" + attack if attack[0] in "#->" else attack
        for attack in (*ATTACKS, f"Mallory Quux said “{ALL}”")
    )
    for number, suffix in enumerate(("", "-2", "-3")):
        (corpus / "articles" / "2024" / f"{ID}{suffix}.md").write_text(
            f"---\ntitle: {quoted}\nsubtitle: {quoted}\ndate: 2024-04-02\nsource: gazette\nlanguage: en\n"
            f"authors: [{quoted}]\nagency: {quoted}\nplace: {quoted}\nsection: {quoted}\nlicence: {quoted}\n"
            f"notes: {quoted}\nurl: 'https://x.example/?q=%22%3E%3Cscript%3E&b='''\n---\n\n{body}\n\nLine {number}.\n",
            encoding="utf-8",
        )
    return build_project(config)


def test_the_text_reads_as_written(attacked: Built) -> None:
    page = attacked.page(f"articles/{ID}/")
    shown = html.unescape(page)
    for attack in ATTACKS:
        assert attack in shown


def test_nothing_executes_on_any_page(attacked: Built, chromium: tuple[str, str]) -> None:
    pages = sorted(
        str(path.parent.relative_to(attacked.site))
        for path in attacked.site.rglob("index.html")
        if any(
            part in str(path)
            for part in (ID, "attacker", "gazette", "quotations", "stories", "search")
        )
    )
    with serve(attacked.site, prefix="/") as served, open_browser(chromium) as browser:
        for page in ["", *pages]:
            browser.open(f"{served.url}{page}/" if page else served.url)
            assert browser.run("return window.owned") is None, page
            assert browser.console() == [], page
