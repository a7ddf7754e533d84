"""Views: the archive becomes the files of `docs/`."""
