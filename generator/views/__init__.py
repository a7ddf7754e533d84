"""Views: the archive becomes the files of `docs/`."""

from generator.views.exports import FORMS, PACKAGE, export_files
from generator.views.plan import plan, render_pages
from generator.views.search_records import search_entries
from generator.views.tables import TABLES

#: What the files of the export are called: the names of tables, which are their folders, and of forms.
EXPORTED = (TABLES, tuple(FORMS))

__all__ = ["EXPORTED", "PACKAGE", "export_files", "plan", "render_pages", "search_entries"]
