"""`variorum evaluate`: accuracy on a labelled set."""

import argparse
import importlib
import json

from generator.cli.arguments import check_target, path
from generator.errors import UsageError
from generator.settings import Settings

TASKS = (
    "clean-html",
    "clean-text",
    "entities",
    "language",
    "quotations",
    "stories",
    "story-pairs",
    "versions",
)


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "evaluate",
        help="measure accuracy on a labelled set",
        description="Measure accuracy on a labelled set, with the functions and settings that build and add use.",
    )
    command.add_argument("task", choices=TASKS)
    command.add_argument("data", type=path, help="folder of the labelled set")
    command.add_argument("--json", action="store_true", help="print the scores as JSON")
    command.add_argument(
        "--predictions",
        type=path,
        metavar="FILE",
        help="write what was predicted, one JSON object a line",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the scores; 0 whatever they are."""
    if not options.data.is_dir():
        got = "a file" if options.data.exists() else "none"
        raise UsageError(f"{options.data}: expected the folder of a labelled set, got {got}")
    if options.predictions is not None:
        check_target("--predictions", options.predictions)
    module = importlib.import_module(
        f"generator.pipeline.evaluate.{options.task.replace('-', '_')}"
    )
    result = module.evaluate(options.data, Settings())
    if options.predictions is not None:
        lines = (
            json.dumps(item, ensure_ascii=False, sort_keys=True) for item in result.predictions
        )
        options.predictions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if options.json:
        print(json.dumps({"documents": result.documents, "scores": dict(result.scores)}, indent=2))
    else:
        print(f"{options.task} {options.data.name}: {result.documents} documents")
        for name, score in result.scores.items():
            print(f"  {name:<40} {score:.4f}")
    return 0
