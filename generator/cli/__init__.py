"""The command line: `variorum` and its commands, one module each."""

import argparse
import atexit
import importlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import NoReturn

from generator.cli.arguments import Parser
from generator.errors import ProblemsFound, UsageError, VariorumError, readable

#: The commands, in the order of the help; each is a module of this room.
COMMANDS = ("add", "check", "build", "serve", "export", "show", "entity", "evaluate")


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of some commands; its help is what `docs/commands.md` is checked against."""
    top = Parser(
        prog="variorum",
        description="Turn a folder of news articles into a static archive: check it, build it, look at it.",
    )
    top.add_argument("--version", action="version", version=f"%(prog)s {version('variorum')}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in names:
        importlib.import_module(f"generator.cli.{name}").add_parser(commands)
    return top


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of one command, whose module alone is loaded: all of them take a second."""
    known = arguments[:1] if arguments and arguments[0] in COMMANDS else COMMANDS
    return parser(known).parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: done; 1: problems found, all listed; 2: wrong use."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # whatever a terminal or a file's name can or cannot say
            stream.reconfigure(errors="backslashreplace")
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except VariorumError as error:
        told = str(error) if isinstance(error, ProblemsFound) else f"variorum: {error}"
        print(readable(told), file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:
        # Whoever read the results, such as `head`, has had enough.
        _drop_output()
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(readable(f"variorum: {place}{error.strerror or error}"), file=sys.stderr)
        _drop_output()
        return 1
    except KeyboardInterrupt:
        print("variorum: interrupted", file=sys.stderr)
        return 130
    return status


def program() -> NoReturn:
    """The command as a program of its own. It ends without taking apart what it held: of a large archive that is
    millions of records, and takes seconds."""
    status: list[int] = []
    atexit.register(_leave, status)  # what is registered first is called last
    status.append(main())
    sys.exit(status[0])


def _leave(status: list[int]) -> None:
    if status:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(status[0])


def _open_closed() -> None:
    """Give what is told somewhere to go where the program was begun without; nor may a file get the number of such a place."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nothing, "r" if name == "stdin" else "w"))


def _drop_output() -> None:
    """Write what can still be written of the results; of the rest nothing may be tried again at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
