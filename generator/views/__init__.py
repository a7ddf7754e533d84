"""Views: the archive becomes the files of `docs/`."""

from generator.views.exports import export_files
from generator.views.plan import plan, render_pages
from generator.views.search_records import search_entries

__all__ = ["export_files", "plan", "render_pages", "search_entries"]
