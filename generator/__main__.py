"""`python -m generator` is the `variorum` command."""

from generator.cli import program

program()
