"""Shares: several machines analyse a part of the articles each, and one builds with what they kept."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from generator.errors import UsageError, shown
from generator.model import ArticleId, Status
from generator.pipeline.archive import Means, analyse, authority, tag
from generator.pipeline.build import BuildOptions, checked_corpus
from generator.pipeline.cache import FILE, Cache
from generator.pipeline.edition import edition
from generator.pipeline.guard import plain_errors
from generator.pipeline.progress import Progress
from generator.pipeline.workers import job_count, processes
from generator.record import record
from generator.settings import Settings


@record
class Share:
    """The `number`-th (from 1) of `of` shares; an article is in the same one wherever it is asked."""

    number: int
    of: int

    def has(self, article: ArticleId) -> bool:
        """Whether an article is in this share."""
        digest = blake2b(article.encode(), digest_size=4).digest()
        return int.from_bytes(digest, "big") % self.of == self.number - 1


def parse_share(text: str) -> Share:
    """`2/4` is the second of four shares."""
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise UsageError(f"--share: expected a share such as 2/4, got {shown(text)}")
    return Share(number=int(number), of=int(of))


def analyse_share(
    settings: Settings, options: BuildOptions, share: Share, progress: Progress
) -> int:
    """Do all that needs one article at a time for the articles of a share, and keep it in the cache;
    gives their number."""
    root = options.config_file.parent
    jobs = job_count(settings.jobs)
    with (
        plain_errors(),
        Cache(root / settings.cache) as cache,
        processes(jobs, options.cluster) as executor,
    ):
        means = Means(
            settings=settings, cache=cache, executor=executor, jobs=jobs, progress=progress
        )
        corpus, _ = checked_corpus(root / settings.corpus, means)
        mine = (item for item in corpus.articles if share.has(item.id))
        published = {item.id: item for item in mine if item.status is Status.PUBLISHED}
        read = edition(published, corpus.digests)
        entities = authority(corpus, settings, cache).entities
        tag(read, analyse(read, means), (entities, corpus.decisions), means)
    return len(published)


def take_shares(settings: Settings, config_file: Path, folders: list[Path]) -> int:
    """Take what shares kept, from every cache below the folders, over into ours; gives the number of results."""
    files = sorted(_caches(folders))
    if not files:
        told = ", ".join(map(str, folders))
        raise UsageError(f"--take: expected folders with caches ({FILE}) in them, got {told}")
    with Cache(config_file.parent / settings.cache) as cache:
        return sum(cache.take(file) for file in files)


def _caches(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from folder.rglob(FILE)
