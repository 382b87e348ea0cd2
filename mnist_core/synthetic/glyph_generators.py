"""Glyph generators: distributions of the digit shapes in which people differ most.

A style in `pen_styles.json` is one shape. A generator draws from a family of shapes: the length and
steepness of a flag, the height of a bar, the opening of a head. Its parameters are random for each
digit. Points are those of a style: in a square of side 1, y pointing down, a point given twice is a
corner.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from mnist_core.synthetic.styles import Style

Point: TypeAlias = tuple[float, float]

CORNER = 0.7
"""The share of hands that write a corner where others write a bend."""


def stroke(*parts: Sequence[Point]) -> np.ndarray:
    """Return one stroke through the points of all parts."""
    return np.array([point for part in parts for point in part], np.float64)


def turn_at(point: Point, rng: np.random.Generator) -> list[Point]:
    """Return a point as a corner in most hands, as a bend in others."""
    return [point] * (2 if rng.random() < CORNER else 1)


def one_with_flag(rng: np.random.Generator) -> Style:
    """Draw a stem with a flag, which may be longer than half of it or so steep that it lies on it.

    The flatter a flag, the shorter: a long flat one makes a 7.
    """
    steep = rng.uniform(8, 60)
    longest = 0.66 if steep < 48 else 0.4
    across, down = np.sin(np.radians(steep)), np.cos(np.radians(steep))
    long = rng.uniform(0.12, longest)
    arch = rng.normal(0.04, 0.1) * long
    top = 0.55 + rng.uniform(0, 0.3), 0.0
    start = top[0] - long * across, long * down
    middle = top[0] - long * across / 2 - arch * down, long * down / 2 - arch * across
    belly = (top[0] + 0.55) / 2 + rng.normal(0, 0.03), 0.5
    stem = stroke([start, middle], turn_at(top, rng), [belly, (0.55, 1.0)])
    return (stem, *_foot(rng))


def _foot(rng: np.random.Generator) -> Style:
    """Draw the bar below a 1, which a quarter of the hands write."""
    if rng.random() > 0.25:
        return ()
    left, right = rng.uniform(0.08, 0.45), rng.uniform(0, 0.42)
    return (stroke([(0.55 - left, 1.0), (0.55 + right, rng.normal(1, 0.02))]),)


def seven(rng: np.random.Generator) -> Style:
    """Draw a bar, in many hands with a hook or a wave, a stem, and in most a bar across it."""
    left, right = rng.uniform(0.05, 0.2), rng.uniform(0.7, 0.9)
    bar: list[Point] = [(left, rng.uniform(0.0, 0.14))]
    if rng.random() < 0.4:
        bar = [(left - rng.uniform(0, 0.06), rng.uniform(0.14, 0.36)), *turn_at(bar[0], rng)]
    if rng.random() < 0.4:
        bar.append(((left + right) / 2, rng.uniform(-0.02, 0.14)))
    corner = right, rng.uniform(0, 0.12)
    foot = rng.uniform(0.2, 0.6)
    middle = (right + foot) / 2 + rng.normal(0.02, 0.06), 0.5
    bars = () if rng.random() < 0.3 else (_bar_across(rng),)
    return (stroke(bar, turn_at(corner, rng), [middle, (foot, 1.0)]), *bars)


def _bar_across(rng: np.random.Generator) -> np.ndarray:
    """Draw the bar across a 7: high or low, level or slanting, in some hands begun with a hook."""
    left, right, height = rng.uniform(0.05, 0.4), rng.uniform(0.7, 1.0), rng.uniform(0.4, 0.76)
    begin = left, height + rng.normal(0.02, 0.04)
    end = right, height + rng.normal(-0.03, 0.05)
    if rng.random() < 0.3:
        hook = left + rng.uniform(-0.02, 0.16), begin[1] + rng.uniform(-0.16, 0.12)
        return stroke([hook, begin, end])
    return stroke([begin, end])


def seven_in_one_stroke(rng: np.random.Generator) -> Style:
    """Draw the same without lifting the pen: from the stem's end back up, and across."""
    left, right, foot = rng.uniform(0.05, 0.2), rng.uniform(0.7, 0.88), rng.uniform(0.25, 0.5)
    height = rng.uniform(0.42, 0.56)
    head = [(left, rng.uniform(0.02, 0.2)), (0.45, rng.uniform(0, 0.08))]
    back = foot - rng.uniform(0.02, 0.2), rng.uniform(height + 0.04, 0.72)
    across = [(foot, height + rng.normal(0, 0.03)), (rng.uniform(0.75, 1), height - 0.04)]
    corner = turn_at((right, rng.uniform(0.02, 0.14)), rng)
    return (stroke(head, corner, [(foot + 0.18, 0.5), (foot, 1.0)], [back], across),)


def open_four(rng: np.random.Generator) -> Style:
    """Draw an elbow, and a second stroke that begins above it, in it, or a good way off."""
    elbow = rng.uniform(0.05, 0.25), rng.uniform(0.48, 0.74)
    start = elbow[0] + rng.uniform(0, 0.55), rng.uniform(0, 0.1)
    right = rng.uniform(0.66, 0.98), elbow[1] + rng.normal(-0.03, 0.05)
    top, foot = rng.uniform(0.42, 0.84), rng.normal(-0.06, 0.06)
    down = [(top, rng.uniform(-0.06, 0.56)), (top + foot / 2, 0.7), (top + foot, 1.0)]
    return (stroke([start], turn_at(elbow, rng), [right]), stroke(down))


def four_in_one_stroke(rng: np.random.Generator) -> Style:
    """Draw down to the elbow, across, then up and down again: a head open or nearly closed."""
    elbow = rng.uniform(0.05, 0.25), rng.uniform(0.45, 0.7)
    start = elbow[0] + rng.uniform(0.0, 0.35), rng.uniform(0, 0.1)
    side = rng.uniform(0.6, 0.82)
    across = side, elbow[1] + rng.normal(-0.02, 0.04)
    up = side + rng.normal(0.02, 0.03), rng.uniform(0, 0.4)
    down = side + rng.normal(-0.06, 0.06), 1.0
    bend = turn_at(elbow, rng)
    return (stroke([start], bend, [across], [up, up], [(side, 0.6), down]),)


def nine(rng: np.random.Generator) -> Style:
    """Draw a head, closed, open or flat, and a stem: straight, hooked, or with a foot."""
    low, left = rng.uniform(0.3, 0.52), rng.uniform(0.1, 0.3)
    begin = rng.uniform(0.45, 0.82), rng.uniform(0.0, 0.28)
    middle = rng.uniform(0.38, 0.52)
    meet = rng.uniform(0.56, 0.78), rng.uniform(0.1, low)
    head = [begin, (middle, 0.0), (left, low / 2), (middle, low), meet]
    side = rng.uniform(0.68, 0.82)
    stem = [(side, rng.uniform(0.02, 0.2)), (side - 0.02, 0.6)]
    if rng.random() < 0.5:
        return (
            stroke(head, turn_at(stem[0], rng), [stem[1], (side + rng.normal(-0.12, 0.08), 1)]),
        )
    hook = [(side - rng.uniform(0.1, 0.3), 1.0), (rng.uniform(0.05, 0.3), rng.uniform(0.8, 0.98))]
    return (stroke(head, turn_at(stem[0], rng), [stem[1]], hook),)


def three(rng: np.random.Generator) -> Style:
    """Draw two bows or a roof and a bow, which meet in a corner, a loop, or only a dent."""
    head: list[Point] = [(rng.uniform(0.02, 0.22), rng.uniform(0.02, 0.26))]
    dent = rng.uniform(0.34, 0.48), rng.uniform(0.36, 0.54)
    if rng.random() < 0.35:
        roof = rng.uniform(0.66, 0.88), rng.uniform(0, 0.08)
        head = [(head[0][0], rng.uniform(0, 0.1)), *turn_at(roof, rng)]
    else:
        head += [(rng.uniform(0.4, 0.55), 0.0), (rng.uniform(0.65, 0.85), rng.uniform(0.12, 0.26))]
    belly = [(rng.uniform(0.65, 0.9), rng.uniform(0.6, 0.78)), (rng.uniform(0.35, 0.6), 1.0)]
    tail = rng.uniform(0, 0.3), rng.uniform(0.74, 0.98)
    return (stroke(head, turn_at(dent, rng), belly, [tail]),)


def eight(rng: np.random.Generator) -> Style:
    """Draw one stroke that crosses itself in the middle: heads open, narrow or far apart."""
    waist = rng.uniform(0.4, 0.52)
    top, bottom = rng.uniform(0.1, 0.32), rng.uniform(0.08, 0.36)
    begin = 0.5 + rng.uniform(0, top + 0.1), rng.uniform(0.02, 0.2)
    end = 0.5 + rng.uniform(0.0, top + 0.12), rng.uniform(-0.02, 0.3)
    left = [(0.5 - top, waist / 2), (0.5, waist), (0.5 + bottom, (1 + waist) / 2)]
    right = [(0.5, 1.0), (0.5 - bottom, (1 + waist) / 2), (0.5, waist)]
    return (stroke([begin, (0.5, 0.0)], left, right, [end]),)


def two(rng: np.random.Generator) -> Style:
    """Draw a bow and a short or long foot, which meet in a corner, a loop or a bend."""
    begin = rng.uniform(0.05, 0.3), rng.uniform(0.06, 0.34)
    right = rng.uniform(0.65, 0.85), rng.uniform(0.18, 0.34)
    foot = rng.uniform(0.02, 0.25), rng.uniform(0.9, 1.0)
    end = rng.uniform(0.72, 1.0), rng.uniform(0.86, 1.04)
    neck = (right[0] + foot[0]) / 2 + rng.normal(0.04, 0.05), rng.uniform(0.55, 0.7)
    bow = [begin, (0.42, 0.0), right, neck]
    if rng.random() < 0.3:
        loop = [(foot[0] + 0.02, foot[1] - rng.uniform(0.06, 0.24)), (0.45, foot[1] - 0.06)]
        return (stroke(bow, [foot], loop, [end]),)
    return (stroke(bow, turn_at(foot, rng), [end]),)


def six(rng: np.random.Generator) -> Style:
    """Draw a stroke that ends in a loop: large or small, closed, open, or crossing the stroke."""
    begin = rng.uniform(0.3, 0.85), rng.uniform(0, 0.06)
    left, high = rng.uniform(0.05, 0.25), rng.uniform(0.42, 0.68)
    right = rng.uniform(0.6, 0.88), rng.uniform(0.72, 0.88)
    end = left + rng.uniform(-0.22, 0.25), rng.uniform(high + 0.08, 0.9)
    body = [(left + 0.08, 0.35), (left, 0.72), (0.42, 1.0), right, (0.48, high)]
    return (stroke([begin], body, [end]),)


def zero(rng: np.random.Generator) -> Style:
    """Draw a ring, open or closed: in some hands begun above it, or ended within or across it."""
    wide, begin = rng.uniform(0.25, 0.45), rng.uniform(-0.5, 0.9)
    turns = np.linspace(begin, begin + 2 * np.pi + rng.normal(0.3, 0.5), 11)
    size = np.where(turns > begin + 2 * np.pi - 0.6, rng.uniform(0.7, 1.05), 1.0)
    ring = 0.5 - size[:, None] * np.stack([wide * np.sin(turns), 0.5 * np.cos(turns)], axis=1)
    if rng.random() < 0.2:
        ring = np.concatenate([[ring[0] + rng.normal((0, -0.03), 0.1)], ring])
    if rng.random() < 0.2:
        ring = np.concatenate([ring, [ring[-1] + rng.normal(0, 0.16, 2)]])
    return (ring,)


def five(rng: np.random.Generator) -> Style:
    """Draw a neck, a belly, and a bar: at the neck, beside it, or missing but for a hook."""
    neck = rng.uniform(0.15, 0.35), rng.uniform(0.0, 0.14)
    low = neck[0] - rng.uniform(-0.02, 0.12), rng.uniform(0.34, 0.54)
    belly = [(rng.uniform(0.65, 0.9), rng.uniform(0.58, 0.76)), (rng.uniform(0.35, 0.6), 1.0)]
    bow = [(rng.uniform(0.4, 0.6), low[1] - rng.uniform(-0.03, 0.08)), *belly]
    tail = rng.uniform(0, 0.22), rng.uniform(0.8, 0.98)
    body = [*turn_at(neck, rng), *turn_at(low, rng), *bow, tail]
    end = rng.uniform(0.6, 1.0), neck[1] + rng.normal(-0.03, 0.05)
    if rng.random() < 0.5:
        return (stroke([end], body),)
    start = neck[0] + rng.uniform(-0.06, 0.22), neck[1] + rng.normal(-0.02, 0.05)
    return (stroke(body), stroke([start, end]))


GLYPH_GENERATORS: dict[int, tuple[Callable[[np.random.Generator], Style], ...]] = {
    0: (zero,),
    1: (one_with_flag,),
    2: (two,),
    3: (three,),
    4: (open_four, four_in_one_stroke),
    5: (five,),
    6: (six,),
    7: (*[seven] * 5, seven_in_one_stroke),
    8: (eight,),
    9: (nine,),
}
"""The generators of each digit, all equally likely."""
