"""Linking: what ties the articles of an archive to each other."""
