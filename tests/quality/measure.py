"""The quality gate: `python -m tests.quality.measure DATA [--update] [TASK …]`.

Evaluates the labelled sets below DATA by `variorum evaluate`'s own functions, compares the scores with the floors in
`floors.json`, and fails below one. `--update` raises floors to what was measured (it never lowers one) and writes
`docs/accuracy.md` and what the page of method tells anew.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = Path(__file__).with_name("floors.json")
PAGE = ROOT / "docs" / "accuracy.md"
#: What the page of method tells of them, with the measure of each task.
TOLD = ROOT / "generator" / "data" / "accuracy.json"
MEASURES = {
    "versions": "pairwise F1",
    "stories": "B-cubed F1",
    "quotations": "pairwise F1",
    "entities": "document F1",
    "language": "accuracy",
    "clean-html": "4-gram F1",
}

#: Floors are kept this much below the measured score: one document more or less must not fail the gate.
SLACK = 0.005

INTRODUCTION = """# Measured accuracy

*Made by `python -m tests.quality.measure DATA --update`; a test keeps it in step with the floors.*

The figures come from labelled sets of real text (news sites' pages, translated and independent reports, posts and their revisions) that
were at hand during development; the weights of the cleaner and of stories were fitted on them, so the figures lean high and other texts
will come out a little lower ([held-out figures for cleaning](adding-articles.md)). Every figure is made by the functions and the one
setting that `variorum build` and `variorum add` use.

A peer's score is of the same documents in the same run, and the gate fails where ours is below it.

| task | set | documents | measure | score | peer |
|---|---|---|---|---|---|
"""

FAILURES = """
## Known failures

- **Versions.** Bulletins from one template are one group where neither their dates nor their leads tell of which day they are and only a few numbers
  differ. Texts that are word for word the same but were published for two occasions are one group.
- **Stories.** Two reports of one event are kept apart where they share neither names, figures nor a language that the encoder knows;
  two events of one kind on one day may be taken for one.
- **Quotations.** The speaker of a few quoted words inside a sentence is sometimes guessed wrongly; narration in quotation marks is taken for speech.
- **Names.** One name that is both an organisation and its product; offices of the wrong country (*Supreme Court*); misspellings.
- **Cleaning.** Readers' comments whose markup does not name them, notices that stand among the paragraphs, and captions that read like sentences.
"""


def main() -> int:
    """Measure, compare, and perhaps update; 1 if a score fell below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("tasks", nargs="*")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    failed = False
    for entry in floors:
        if options.tasks and entry["task"] not in options.tasks:
            continue
        module = importlib.import_module(
            f"generator.pipeline.evaluate.{entry['task'].replace('-', '_')}"
        )
        result = module.evaluate(options.data / entry["task"] / entry["set"], Settings())
        entry["documents"] = result.documents
        for measure, kept in entry["measures"].items():
            score = result.scores[measure]
            fell, verdict = _verdict(kept, measure, result.scores)
            failed = failed or fell
            line = f"{entry['task']} {entry['set']} {measure}: {score:.4f} (floor {kept['floor']:.3f}) {verdict}"
            sys.stdout.write(line + "\n")
            kept["score"] = round(score, 4)
            if options.update:
                kept["floor"] = max(kept["floor"], round(score - SLACK, 3))
    if options.update and not failed:
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
        PAGE.write_text(page(floors), encoding="utf-8")
        TOLD.write_text(told(floors), encoding="utf-8")
    return int(failed)


def _verdict(kept: dict[str, Any], measure: str, scores: Mapping[str, float]) -> tuple[bool, str]:
    """Whether a score fell below its floor or its peer's in the same run, and that in words; the peer's is noted."""
    fell = scores[measure] < kept["floor"]
    verdict = "BELOW ITS FLOOR" if fell else "ok"
    if "peer" not in kept:
        return fell, verdict
    theirs = scores[f"{kept['peer']}: {measure}"]
    kept["peer score"] = round(theirs, 4)
    behind = scores[measure] < theirs
    return (
        fell or behind,
        f"{verdict}, {'BEHIND' if behind else 'at least'} {kept['peer']}'s {theirs:.4f}",
    )


def told(floors: list[dict[str, Any]]) -> str:
    """The range of scores of each task, for the page of method."""
    found = []
    for task, measure in MEASURES.items():
        entries = [item for item in floors if item["task"] == task and measure in item["measures"]]
        scores = [item["measures"][measure]["score"] for item in entries]
        found.append(
            {
                "task": task,
                "measure": measure,
                "sets": len(entries),
                "texts": sum(item["documents"] for item in entries),
                "lowest": min(scores),
                "highest": max(scores),
            }
        )
    return json.dumps(found, indent=2) + "\n"


def page(floors: list[dict[str, object]]) -> str:
    """The document, from the floors file."""
    return INTRODUCTION + "".join(f"{row}\n" for row in rows(floors)) + FAILURES


def rows(floors: list[dict[str, object]]) -> Iterator[str]:
    """One row a measure."""
    for entry in floors:
        measures = entry["measures"]
        assert isinstance(measures, dict)
        for measure, kept in measures.items():
            peer = f"{kept['peer score']:.3f} {kept['peer']}" if "peer" in kept else ""
            yield (
                f"| {entry['task']} | {entry['set']} | {entry['documents']:,} | {measure} | {kept['score']:.3f} | {peer} |"
            )


if __name__ == "__main__":
    sys.exit(main())
