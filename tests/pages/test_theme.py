"""The colours: tellable apart by everybody, legible in both modes, the same everywhere."""

import re
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pages.ui.charts.theme import CLASS_COLOURS, LIGHT, LOOKS, Look, class_colour, rgb
from pages.ui.frame import frame
from pages.ui.weights import gallery

CSS = frame.STYLE.read_text(encoding="utf-8")
CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"

# What dichromats see, on linear RGB: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A
# Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.0.
VISION = {
    "full": np.eye(3),
    "no long cones": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no medium cones": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "no short cones": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colour: str) -> NDArray[np.floating]:
    share = rgb(colour) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def cielab(light: NDArray[np.floating]) -> NDArray[np.floating]:
    """CIE 1976 L*a*b* of linear sRGB, white point D65."""
    to_xyz = [[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]]
    xyz = np.array(to_xyz) @ light.clip(0, 1) / [0.9505, 1, 1.0888]
    x, y, z = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    low, high = sorted(float(np.dot([0.2126, 0.7152, 0.0722], linear(c))) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("vision", VISION)
def test_the_class_colours_are_tellable_apart(vision: str) -> None:
    seen = [cielab(np.array(VISION[vision]) @ linear(colour)) for colour in CLASS_COLOURS]
    closest = min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2))
    assert closest > 15, f"Two class colours are only {closest:.1f} apart in CIELAB."


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)
def test_a_sign_is_never_mistaken(vision: str, look: Look) -> None:
    against, zero, speaks_for = (
        cielab(np.array(VISION[vision]) @ linear(colour)) for _, colour in look.diverging()
    )
    for one, other in combinations((against, zero, speaks_for), 2):
        assert np.linalg.norm(one - other) > 30


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)
def test_words_and_ink_are_legible(look: Look) -> None:
    for colour in (look.text, look.muted, look.accent, look.second):
        assert contrast(colour, look.background) >= 4.5
    assert contrast(look.ink, look.paper) >= 7


def mixed(colour: str, share: float, below: str) -> str:
    """What is seen of a colour of which only a share covers another."""
    seen = np.rint(share * rgb(colour) + (1 - share) * rgb(below)).astype(int)
    return "#" + "".join(f"{part:02x}" for part in seen)


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)
def test_what_is_chosen_is_legible(look: Look) -> None:
    """Streamlit writes the value of a slider in the primary colour, a chosen pill on a tenth of it,
    and on a fifth with the mouse over it."""
    primary = tomllib.loads(CONFIG.read_text())["theme"][look.mode]["primaryColor"]
    for share in (0, 0.1, 0.2):
        assert contrast(primary, mixed(primary, share, look.background)) >= 4.5


def styled(selector: str, name: str) -> str:
    """A value in the style of the frame."""
    rule = re.search(
        rf"^{re.escape(selector)} {{[^}}]*?(?<![\w-]){name}: ([^;]+);", CSS, re.MULTILINE
    )
    assert rule
    return rule[1]


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)
def test_captions_are_legible(look: Look) -> None:
    opacity = float(styled('div[data-testid="stCaptionContainer"]', "opacity"))
    caption = mixed(look.text, opacity, look.background)
    assert contrast(caption, look.background) >= 4.5


def test_words_on_a_button_are_legible() -> None:
    filled = styled(":root", "--lab-filled")
    assert filled == LIGHT.accent
    assert contrast("#ffffff", filled) >= 4.5


def test_colours_begin_again_after_ten_classes() -> None:
    assert class_colour(10) == class_colour(0)


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)
def test_charts_and_pages_share_their_colours(look: Look) -> None:
    theme = tomllib.loads(CONFIG.read_text())["theme"][look.mode]
    assert theme["backgroundColor"] == look.background
    assert theme["textColor"] == look.text
    assert theme["borderColor"] == look.line


def test_what_stays_above_the_units_on_a_telephone_has_the_colours_of_the_page() -> None:
    light, dark = LOOKS.values()
    css = gallery.NARROW_SCREEN.read_text(encoding="utf-8")
    for name in ("background", "line"):
        assert f"light-dark({getattr(light, name)}, {getattr(dark, name)})" in css
