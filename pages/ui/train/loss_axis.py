"""The numbers on the logarithmic axis of losses: round, and never so close that they overlap."""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10

from pages.ui.train.curve_lines import Line, View, thinned

ENOUGH = 3
CLOSEST = 1 / 6
"""How near to each other two numbers may stand, as a share of the axis: its height is that of six
lines of type."""

NARROWEST = 1e-6
"""As a share of its losses; no axis has a smaller range."""


def loss_range(runs: Sequence[Line], view: View) -> tuple[float, float]:
    """The smallest and the largest loss that is drawn of some runs, the first of them with its
    batches; 1 and 1 where there is none."""
    points = [point for run in runs for point in thinned(run.now.history)]
    losses = [loss for point in points for loss in (point.loss, point.dev_loss)]
    if view.axis != "seconds":
        losses += runs[0].now.batches[:, 1].tolist()
    above_zero = [loss for loss in losses if loss > 0] or [1.0]
    return min(above_zero), max(above_zero)


def loss_ticks(low: float, high: float) -> list[float]:
    """Where the axis has numbers: the coarsest round ones of which there are enough."""
    if high <= low * (1 + NARROWEST):
        return [high]
    gap = CLOSEST * log10(high / low)
    found: list[float] = []
    for candidates in _finer_and_finer(low, high):
        found = _apart([tick for tick in candidates if low <= tick <= high], gap)
        if len(found) >= ENOUGH:
            break
    return found


def _finer_and_finer(low: float, high: float) -> Iterator[list[float]]:
    """Round numbers about a range: powers of ten, with 3, with 2 and 5, then at even distances."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    for mantissas in ((1,), (1, 3), (1, 2, 5)):
        yield [mantissa * 10.0**power for power in powers for mantissa in mantissas]
    largest = floor(log10(high - low))
    for power in (largest, largest - 1):
        for digit in (5, 2, 1):
            step = digit * 10.0**power
            yield [step * count for count in range(ceil(low / step), floor(high / step) + 1)]


def _apart(ticks: Sequence[float], gap: float) -> list[float]:
    """The numbers without those that are nearer to the one before than `gap` decades."""
    kept = list(ticks[:1])
    for tick in ticks[1:]:
        if log10(tick / kept[-1]) >= gap:
            kept.append(tick)
    return kept
