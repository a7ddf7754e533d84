"""Whether what a search result shows of an article, which is read off its page, are the words that the index has."""

from collections.abc import Iterator

from generator.model import ArticleId, SearchKind, SearchRecord
from generator.pipeline.build import read_archive
from generator.pipeline.config import read_settings
from generator.text import paragraph_addresses
from generator.views import search_entries
from tests.browser import Browser, Served
from tests.sites import Built

READ = """
const { federation } = await variorumSearch.then((page) => page.ready().then(() => page));
const found = [];
for (const shard of federation.shards) {
  for (let number = 0; number < shard.count; number += 1) found.push(await shard.read(number));
}
return found.map(({ id, kind, text }) => [kind, id, text]);
"""


def records(built: Built) -> Iterator[tuple[SearchRecord, tuple[str, ...]]]:
    """The records of the articles of an archive, with the addresses of all their paragraphs."""
    config = built.folder / "mkdocs.yml"
    settings = read_settings(config)
    archive = read_archive(settings, config)
    for entry in search_entries(archive, settings):
        if entry.kind is SearchKind.ARTICLE:
            made = entry.make()
            yield made, paragraph_addresses(archive.articles[ArticleId(made.id)])


def check_texts(built: Built, browser: Browser, served: Served) -> None:
    """Compare the paragraphs of all articles of an archive as the search page reads them with those that were indexed."""
    browser.open(f"{served.url}search/")
    read = {name: text for kind, name, text in browser.run(READ) if kind == "article"}
    for made, addresses in records(built):
        texts = made.content.split("\n") if made.content else []
        subtitle = [["", made.subtitle]] if made.subtitle else []
        found = read.pop(made.id)
        assert found == [*subtitle, *map(list, zip(addresses, texts, strict=False))]
    assert not read
