"""A Hugo site of the articles of a synthetic archive, with the least of templates: what builds are compared with."""

import json
from collections.abc import Sequence
from pathlib import Path

from generator.model import Article, Entity
from generator.text import body_text

CONFIG = """\
baseURL = "https://archive.example/"
title = "Archive"
disableKinds = ["rss"]
[taxonomies]
entity = "entities"
source = "sources"
month = "months"
tongue = "tongues"
"""

PAGE = """\
<!doctype html><html lang="{{ with .Params.tongues }}{{ index . 0 }}{{ else }}en{{ end }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="canonical" href="{{ .Permalink }}">
<title>{{ .Title }} - {{ site.Title }}</title></head><body><header><a href="/">{{ site.Title }}</a></header><main>
<h1>{{ .Title }}</h1>%s</main></body></html>
"""
LAYOUTS = {
    "single.html": PAGE
    % """{{ .Content }}<p>{{ .Date.Format "2006-01-02" }}</p>
{{ range .GetTerms "entities" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}""",
    "list.html": PAGE
    % """{{ .Content }}<ul>{{ range first 200 .Pages.ByDate.Reverse }}
<li>{{ .Date.Format "2006-01-02" }} <a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>""",
}


def begin_site(folder: Path) -> None:
    """Write all of the site but its articles."""
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True, exist_ok=True)
    (folder / "hugo.toml").write_text(CONFIG, encoding="utf-8")
    for name, text in LAYOUTS.items():
        (layouts / name).write_text(text, encoding="utf-8")


def add_page(folder: Path, article: Article, named: Sequence[Entity]) -> None:
    """Write one article with the names in it."""
    front = {
        "title": article.title,
        "date": article.date.iso,
        "tongues": [article.language],
        "sources": [article.source],
        "months": [article.date.iso[: len("2024-01")]],
        "entities": [entity.id for entity in named],
    }
    path = folder / "content" / "articles" / f"{article.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"{json.dumps(front, ensure_ascii=False)}\n\n{body_text(article)}\n", encoding="utf-8"
    )
