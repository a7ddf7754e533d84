"""Ingest: captured bytes become a cleaned article with its provenance."""
