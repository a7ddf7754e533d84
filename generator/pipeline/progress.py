"""Progress: what is being done, how many, how fast, how long still; and the table of times."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

#: Seconds between two updates of a line on a terminal.
REFRESH = 0.1


@dataclass
class Step:
    """One step of the work while it goes on; `kept` counts what an earlier build had done."""

    name: str
    done: int = 0
    kept: int = 0
    total: int = 0
    seconds: float = 0.0


@dataclass
class Progress:
    """Shows steps on a terminal as they go, and quietly one line each elsewhere.

    The clock is used for showing only; nothing that is written depends on it.
    """

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    quiet: bool = False
    steps: list[Step] = field(default_factory=list)
    _shown: float = 0.0
    _started: float = 0.0

    @contextmanager
    def step(self, name: str, total: int = 0) -> Iterator[Step]:
        """Time a step; call `advance` inside to tell how far it is."""
        step = Step(name=name, total=total)
        self.steps.append(step)
        self._started = time.perf_counter()
        self._show(step, last=False)
        try:
            yield step
        finally:
            step.seconds = time.perf_counter() - self._started
            self._show(step, last=True)

    def advance(self, done: int, total: int = 0) -> None:
        """The step in work has done `done` (of `total`)."""
        step = self.steps[-1]
        step.done, step.total = done, total or step.total
        now = time.perf_counter()
        if now - self._shown >= REFRESH:
            self._shown = now
            step.seconds = now - self._started
            self._show(step, last=False)

    def _show(self, step: Step, *, last: bool) -> None:
        if self.quiet:
            return
        if self.stream.isatty():
            self._write("\r\x1b[K" + _line(step, last=last) + ("\n" if last else ""))
        elif last:
            self._write(_line(step, last=True) + "\n")

    def _write(self, text: str) -> None:
        """Where nobody can read it, the work goes on without."""
        try:
            self.stream.write(text)
            self.stream.flush()
        except OSError:
            self.quiet = True

    def made(self, *names: str) -> int:
        """How much some steps have done, that is, did not find done."""
        return sum(step.done for step in self.steps if step.name in names)

    def note(self, text: str) -> None:
        """Tell something between the steps."""
        if not self.quiet:
            self._write(f"{text}\n")

    def table(self) -> str:
        """Steps with their seconds, counts and pace."""
        rows = [f"{'step':<12} {'seconds':>8} {'done':>9} {'kept':>9} {'per second':>10}"]
        for step in self.steps:
            pace = step.done / step.seconds if step.seconds else 0.0
            rows.append(
                f"{step.name:<12} {step.seconds:>8.2f} {step.done:>9,} {step.kept:>9,} {pace:>10,.0f}"
            )
        return "\n".join(rows)

    def timings(self) -> list[dict[str, object]]:
        """The same as plain values, for `--timings`."""
        return [
            {
                "step": step.name,
                "seconds": round(step.seconds, 3),
                "count": step.done,
                "kept": step.kept,
            }
            for step in self.steps
        ]


def _line(step: Step, *, last: bool) -> str:
    counted = f"{step.done:,} of {step.total:,}" if step.total and not last else f"{step.done:,}"
    pace = f"{step.done / step.seconds:,.0f} a second" if step.seconds and step.done else ""
    parts = [f"{step.name:<10}", counted if step.done or step.total else "", pace]
    if last:
        parts.append(f"{step.seconds:.1f} s")
    elif step.done and step.total:
        left = step.seconds * (step.total - step.done) / step.done
        parts.append(f"about {left:,.0f} s left")
    return "  ".join(part for part in parts if part)
