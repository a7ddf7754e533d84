"""Views: the archive becomes the files of `docs/`."""

from generator.views.plan import plan, render_pages

__all__ = ["plan", "render_pages"]
