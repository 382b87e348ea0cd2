"""Learning rate schedules: factors from 0 to 1 by the progress of a training.

`progress` runs from 0 at the first iteration to 1 after the last.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi

from mnist_core.program_numbers import written

STEP_FACTOR = 0.1
FIRST_STEP = 0.5
SECOND_STEP = 0.75
ONE_CYCLE_RISE = 0.3
ONE_CYCLE_START = 1 / 25
ONE_CYCLE_END = 1e-4


@dataclass(frozen=True)
class Schedule:
    """A factor for the learning rate by the progress of the training.

    `numpy_factor` is the same as an expression of the progress t, for an exported program.
    """

    title: str
    factor: Callable[[float], float]
    numpy_factor: str


def constant(_progress: float) -> float:
    """Return 1 throughout."""
    return 1.0


def step(progress: float) -> float:
    """Return 1, from half of the training on a tenth, from three quarters on a hundredth."""
    return STEP_FACTOR ** sum(progress >= begins for begins in (FIRST_STEP, SECOND_STEP))


def cosine(progress: float) -> float:
    """Fall from 1 to 0 along half a cosine. Loshchilov & Hutter 2017, equation 5, no restarts."""
    return (1 + cos(pi * progress)) / 2


def one_cycle(progress: float) -> float:
    """Rise from 1/25 to 1 in the first 30%, then fall to almost 0, along cosines.

    The cycle is Smith's (2018, "A disciplined approach to neural network hyper-parameters"), whose
    lines are straight; the cosines and the three numbers are those of fastai and PyTorch.
    """
    if progress < ONE_CYCLE_RISE:
        return 1 - (1 - ONE_CYCLE_START) * cosine(progress / ONE_CYCLE_RISE)
    fall = (progress - ONE_CYCLE_RISE) / (1 - ONE_CYCLE_RISE)
    return ONE_CYCLE_END + (1 - ONE_CYCLE_END) * cosine(fall)


_STEPS = f"(t >= {written(FIRST_STEP)}) + (t >= {written(SECOND_STEP)})"
_RISE, _FALL = written(ONE_CYCLE_RISE), written(1 - ONE_CYCLE_RISE)

SCHEDULES = {
    "constant": Schedule("Constant", constant, "1.0"),
    "step": Schedule("In steps", step, f"{written(STEP_FACTOR)} ** ({_STEPS})"),
    "cosine": Schedule("Cosine", cosine, "(1 + np.cos(np.pi * t)) / 2"),
    "one_cycle": Schedule(
        "One cycle",
        one_cycle,
        f"(1 - {written((1 - ONE_CYCLE_START) / 2)} * (1 + np.cos(np.pi * t / {_RISE})) "
        f"if t < {_RISE} else {written(ONE_CYCLE_END)} + {written((1 - ONE_CYCLE_END) / 2)} * "
        f"(1 + np.cos(np.pi * (t - {_RISE}) / {_FALL})))",
    ),
}


def learning_rate_factor(schedule: str, warmup: float, progress: float) -> float:
    """Return the factor of `schedule`, preceded by a linear warm-up to its first value.

    The rise from 0 takes the first `warmup` of the run; the whole schedule follows. Goyal et al.
    2017, section 2.2.
    """
    factor = SCHEDULES[schedule].factor
    if progress < warmup:
        return progress / warmup * factor(0)
    return factor((progress - warmup) / (1 - warmup))
