"""Analysis: what can be known of one article by itself."""
