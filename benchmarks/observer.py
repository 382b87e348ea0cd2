"""Evaluates the observer on the labelled runs: `python -m benchmarks.observer`.

Prints a table with a row for each label (the cause in the run) and a column for each finding of the
observer, and then every run with a misleading finding. No finding is never wrong.
"""

from collections import Counter
from collections.abc import Mapping

from benchmarks.labelled_curves import LabelledCurve, collection
from mnist_core.diagnosis.evidence import Finding
from mnist_core.diagnosis.observer import diagnose

SILENCE = "nothing"
WIDTH = 11

RIGHT: Mapping[str, frozenset[Finding]] = {
    "rate too small": frozenset({Finding.STEPS_TOO_SMALL, Finding.STILL_IMPROVING}),
    "rate too large": frozenset({Finding.UNSTEADY, Finding.SILENT_UNITS, Finding.DIVERGED}),
    "diverging": frozenset({Finding.DIVERGED}),
    "sleeping units": frozenset({Finding.SILENT_UNITS, Finding.UNSTEADY}),
    "vanishing gradient": frozenset({Finding.VANISHING}),
    "decay too strong": frozenset({Finding.DECAY_TOO_STRONG}),
    "overfitting": frozenset({Finding.OVERFITTING}),
    "underfitting": frozenset({Finding.UNDERFITTING}),
    "plateau": frozenset({Finding.PLATEAU, Finding.UNDERFITTING}),
    "too short": frozenset({Finding.STILL_IMPROVING}),
    "fine": frozenset(),
    "stopped by hand": frozenset(),
    "going on": frozenset(),
}
"""The right findings of each label: a longer run also helps one whose rate is too small, and a
lower rate one whose units die. A low plateau may also be that of a network that is too small."""


def finding(curve: LabelledCurve) -> Finding | None:
    """Return the observer's finding in a curve."""
    observation = diagnose(curve.facts)
    return observation.finding if observation else None


def misleads(curve: LabelledCurve) -> bool:
    """Return whether the observer's finding in this run is wrong."""
    diagnosed = finding(curve)
    return diagnosed is not None and diagnosed not in RIGHT[curve.label]


def matrix() -> Counter[tuple[str, str]]:
    """Count the runs of each label with each finding, or with none."""
    return Counter((curve.label, finding(curve) or SILENCE) for curve in collection())


def main() -> None:
    """Print the table and the misleading findings."""
    counts, columns = matrix(), [*Finding, SILENCE]
    print(" " * 20 + "".join(f"{column:>{WIDTH}}" for column in columns))
    for label in RIGHT:
        cells = [counts[label, column] or "." for column in columns]
        print(f"{label:20}" + "".join(f"{cell:>{WIDTH}}" for cell in cells))
    curves = list(collection())
    wrong = [curve for curve in curves if misleads(curve)]
    right = sum(finding(curve) in RIGHT[curve.label] for curve in curves)
    print(f"\n{len(curves)} runs: {right} named, {len(wrong)} misled, the others passed over.")
    for curve in wrong:
        print(f"  {curve.label}: {diagnose(curve.facts)}")


if __name__ == "__main__":
    main()
