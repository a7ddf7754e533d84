"""`python -m generator` is the `variorum` command."""

import sys

from generator.cli import main

sys.exit(main())
