"""What MkDocs has to say against its configuration, before anything is rendered."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.site.mkdocs_build import Messages

#: How MkDocs names the setting that it complains of.
NAMED = re.compile(r"Config value '(?P<name>[^']+)': (?P<what>.*)", re.DOTALL)


def configuration_faults(config_file: Path) -> tuple[tuple[str, str], ...]:
    """The settings that MkDocs refuses or warns of, each with its words; no name where it gives none.

    It takes a third of a second, most of which is loading MkDocs.
    """
    from mkdocs.config import load_config

    with TemporaryDirectory() as aside, Messages() as messages:
        docs, site = Path(aside, "docs"), Path(aside, "site")
        docs.mkdir()
        try:
            load_config(
                config_file=str(config_file), docs_dir=str(docs), site_dir=str(site), strict=True
            )
        # Themes and plugins are programs of others: whatever they raise is a fault of what names them.
        except (Exception, SystemExit) as error:
            texts = messages.texts or [str(error) or type(error).__name__]
            return tuple(_named(" ".join(text.split())) for text in texts)
    return ()


def _named(text: str) -> tuple[str, str]:
    match = NAMED.fullmatch(text)
    return (match["name"], match["what"]) if match else ("", text)
