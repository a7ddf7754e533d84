"""Views: the archive becomes the files of `docs/`."""

from generator.views.plan import plan, render_pages
from generator.views.search_records import search_entries

__all__ = ["plan", "render_pages", "search_entries"]
