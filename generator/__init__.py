"""Variorum: a folder of news articles in any language becomes a static archive."""
