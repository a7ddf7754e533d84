"""Arguments of the commands: their kinds, and what is wrong with one, in a sentence like those about files."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from generator.errors import UsageError, did_you_mean, shown

#: What argparse says of a value, or of a word that it does not know.
CHOICE = re.compile(r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)", re.DOTALL)
UNKNOWN = re.compile(r"unrecognized arguments: (.*)", re.DOTALL)
#: What else it says, each with the sentence that stands for it.
SENTENCES = (
    (r"argument (.*?): not allowed with argument (.*)", r"expected \2 or \1, got both"),
    (r"argument (.*?): expected (?:one|at least one) argument", r"\1: expected a value, got none"),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1: expected no value, got \2"),
    (r"the following arguments are required: (.*)", r"expected \1, got none"),
    (r"ambiguous option: (.*) could match (.*)", r"expected one of \2, got \1"),
    (r"argument (.*)", r"\1"),
)
#: How the address of a scheduler looks.
ADDRESS = re.compile(r"[a-z]+://[^\s/]+")
#: A whole number as anybody writes it; `int` takes more.
WHOLE = re.compile(r"-?[0-9]{1,18}")


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, without a page of usage."""

    def error(self, message: str) -> NoReturn:
        """Refuse the call."""
        raise UsageError(f"{self._sentence(message)}; see {self.prog} --help")

    def _sentence(self, message: str) -> str:
        if choice := CHOICE.fullmatch(message):
            known = re.findall(r"'(.*?)'", choice[3])
            got = choice[2][1:-1]
            told = f"{choice[1]}: expected one of {', '.join(known)}, got {shown(got)}"
            return told + did_you_mean(got, known)
        if unknown := UNKNOWN.fullmatch(message):
            option = unknown[1].split()[0].partition("=")[0]
            cure = did_you_mean(option, _options(self))
            return f"expected nothing further, got {shown(unknown[1])}{cure}"
        for pattern, sentence in SENTENCES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                return found.expand(sentence)
        return message


def _options(parser: argparse.ArgumentParser) -> list[str]:
    """The options of a parser and of its commands."""
    inner = [
        option
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for command in action.choices.values()
        for option in _options(command)
    ]
    return [*parser._option_string_actions, *inner]


def whole_number(least: int, most: int | None = None) -> Callable[[str], int]:
    """The type of an option that takes a whole number within limits."""
    limits = f"from {least}" if most is None else f"from {least} to {most}"

    def number(text: str) -> int:
        if WHOLE.fullmatch(text) and least <= int(text) and (most is None or int(text) <= most):
            return int(text)
        raise argparse.ArgumentTypeError(f"expected a whole number {limits}, got {shown(text)}")

    return number


def path(text: str) -> Path:
    """The type of an option that takes a file or a folder: nothing stands for the folder we are in."""
    if not text:
        raise argparse.ArgumentTypeError("expected a path, got nothing; write . for this folder")
    return Path(text)


def host(text: str) -> str:
    """The type of an address to listen on: nothing stands for every network the machine is in."""
    if not text:
        told = "expected an address of this machine, got nothing; write 0.0.0.0 for all of them"
        raise argparse.ArgumentTypeError(told)
    return text


def scheduler(text: str) -> str:
    """The type of the address of a Dask scheduler, or of none."""
    if text and not ADDRESS.fullmatch(text):
        told = f"expected an address such as tcp://host:8786, got {shown(text)}"
        raise argparse.ArgumentTypeError(told)
    return text


def check_target(option: str, file: Path) -> None:
    """Refuse a file to be written that cannot be, before the work that it tells of."""
    if file.is_dir() or not file.absolute().parent.is_dir():
        got = "a folder" if file.is_dir() else "one in a folder that is not there"
        raise UsageError(f"{option}: expected a file in a folder that exists, got {got} ({file})")
