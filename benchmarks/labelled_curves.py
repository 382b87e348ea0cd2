"""The labelled curves on which the observer is tested, as a file of JSON lines."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from mnist_core.diagnosis.evidence import RunFacts
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange

FILE = Path(__file__).with_name("labelled_runs.json")

CLASSES = 10
DIGITS = 5
"""Significant digits of a figure in the file."""


@dataclass(frozen=True)
class LabelledCurve:
    """A run as the observer sees it, with the cause of its problem as a label.

    `silent` and `available` are those of `RunFacts`.
    """

    label: str
    config: TrainingConfig
    now: Snapshot
    silent: float
    available: int

    @property
    def facts(self) -> RunFacts:
        """The facts that the observer is given."""
        return RunFacts(self.config, self.now, self.silent, CLASSES, self.available)


def save(curves: Iterable[LabelledCurve]) -> None:
    """Write the collection, a curve a line."""
    FILE.write_text("".join(f"{_line(curve)}\n" for curve in curves), encoding="utf-8")


def collection() -> Iterator[LabelledCurve]:
    """Yield the curves of the file."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        yield _curve(line)


def _line(curve: LabelledCurve) -> str:
    now = curve.now
    return json.dumps(
        {
            "label": curve.label,
            "config": asdict(curve.config),
            "silent": _rounded(curve.silent),
            "available": curve.available,
            "status": now.status,
            "steps": [now.iteration, now.iterations, now.iterations_per_epoch],
            "norms": [_rounded(norm) for norm in now.gradient_norms],
            "moves": now.rate_changes,
            "history": [[_rounded(figure) for figure in point] for point in now.history],
        }
    )


def _rounded(figure: float) -> float:
    return figure if isinstance(figure, int) else float(f"{figure:.{DIGITS}g}")


def _curve(line: str) -> LabelledCurve:
    data = json.loads(line)
    iteration, iterations, per_epoch = data["steps"]
    now = Snapshot(
        Status(data["status"]),
        iteration=iteration,
        iterations=iterations,
        iterations_per_epoch=per_epoch,
        history=tuple(Measured(*point) for point in data["history"]),
        rate_changes=tuple(LearningRateChange(*change) for change in data["moves"]),
        gradient_norms=tuple(data["norms"]),
    )
    config = TrainingConfig.from_mapping(data["config"])
    return LabelledCurve(data["label"], config, now, data["silent"], data["available"])
