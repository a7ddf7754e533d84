"""Corpus: the files of `corpus/` become records, and records become files."""
