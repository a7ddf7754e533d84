"""Evaluate: accuracy on labelled data, by the very functions that build and add call."""
