"""Pipeline: the order of it all, from the corpus to the site."""
