"""Site: `docs/` becomes the searchable site."""
