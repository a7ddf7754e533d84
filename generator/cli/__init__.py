"""The command line: `variorum` and its commands, one module each."""

import argparse
import os
import sys
from collections.abc import Sequence

from generator.cli import add, build, check, entity, evaluate, serve, show
from generator.errors import ProblemsFound, UsageError, VariorumError

COMMANDS = (add, check, build, serve, show, entity, evaluate)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; its help is what `docs/commands.md` is checked against."""
    top = argparse.ArgumentParser(
        prog="variorum",
        description="Turn a folder of news articles into a static archive: check it, build it, look at it.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add_parser(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: done; 1: problems found, all listed; 2: wrong use."""
    try:
        options = parser().parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except UsageError as error:
        print(f"variorum: {error}", file=sys.stderr)
        return 2
    except ProblemsFound as error:
        print(error, file=sys.stderr)
        return 1
    except VariorumError as error:
        print(f"variorum: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the results, such as `head`, has had enough; nothing may be flushed to it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("variorum: interrupted", file=sys.stderr)
        return 130
    return status
