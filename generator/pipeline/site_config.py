"""Faults of the configuration that only MkDocs knows, told before the work of a build."""

import hashlib
from contextlib import suppress
from pathlib import Path

from generator.corpus.report import WHOLE_FILE, Report
from generator.errors import ProblemsFound
from generator.pipeline.code import code_version
from generator.pipeline.config_places import place_of_setting, settings_node
from generator.pipeline.guard import check_folders
from generator.settings import Settings

#: Below the cache: the configuration that MkDocs last took. Loading MkDocs takes longer than a small build may.
TAKEN = "configuration-taken"


def check_site_config(settings: Settings, config_file: Path) -> None:
    """Raise what MkDocs says against its configuration, if that is another one than it last took."""
    check_folders(config_file.parent, settings)
    data = config_file.read_bytes()
    digest = hashlib.blake2b(code_version("site").encode() + data, digest_size=16).hexdigest()
    taken = config_file.parent / settings.cache / TAKEN
    with suppress(OSError, UnicodeDecodeError):
        if taken.read_text(encoding="ascii") == digest:
            return
    from generator.site.config_check import configuration_faults

    report = Report(str(config_file))
    node, _ = settings_node(data.decode("utf-8", errors="replace"))
    for name, message in configuration_faults(config_file):
        place = place_of_setting(node, name, message) if name else WHOLE_FILE
        report.add(place, name, f"expected what MkDocs takes, got what it refuses: {message}")
    if report.problems:
        raise ProblemsFound(report.problems)
    with suppress(OSError):
        taken.parent.mkdir(parents=True, exist_ok=True)
        taken.write_text(digest, encoding="ascii")
