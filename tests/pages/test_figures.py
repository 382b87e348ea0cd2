"""Numbers as One step shows them: read again, they are what they stand for, and add up."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.ui.elements.figures import Figure, apart, giving, number, percentage, share

SOME = st.floats(1e-9, 1e9) | st.floats(-1e9, -1e-9)
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read(text: str) -> Decimal:
    """A number as a visitor reads it."""
    mantissa, _, power = text.replace(",", "").partition(" × 10")
    return Decimal(f"{mantissa}e{power.translate(POWERS) or 0}")


@given(value=SOME, digits=st.integers(1, 12))
def test_what_is_shown_is_the_number_to_so_many_digits(value: float, digits: int) -> None:
    figure = Figure(value, digits)
    shown = read(str(figure))
    assert float(shown) == figure.seen
    assert abs(shown - Decimal(value)) <= abs(Decimal(value)) * Decimal(10) ** (1 - digits) / 2
    assert read(figure.signed) == shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.0, "1.00"),
        (-0.04163, "-0.0416"),
        (0.00000123, "0.00000123"),
        (0.000000123, "1.23 × 10⁻⁷"),
        (9.9996, "10.0"),
        (1234.5678, "1,235"),
        (1.5e12, "1.50 × 10¹²"),
    ],
)
def test_numbers_are_written_as_people_read_them(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("of", [prod, sum])
@given(values=st.lists(SOME, min_size=2, max_size=5))
def test_numbers_give_the_one_beside_them_as_they_are_shown(
    of: Callable[[Iterable[float]], float], values: list[float]
) -> None:
    result = Figure(of(values))
    if abs(result.value) < 1e-3 * max(map(abs, values)) or abs(result.value) > 1e20:
        return  # nearly cancelled out, or beyond what is written on a page
    shown = [read(str(one)) for one in giving(result, lambda *seen: of(seen), *values)]
    assert number(float(of(shown))) == str(result)


@given(value=st.floats(1e-6, 1 - 1e-6))
def test_a_share_near_one_has_the_digits_of_what_it_lacks(value: float) -> None:
    lacking = 1 - read(str(share(value)))
    assert float(lacking) == pytest.approx(1 - value, rel=6e-3)


def test_two_numbers_are_told_apart_if_anything_tells_them() -> None:
    assert apart(0.00012345, 0.00012344) == ("0.00012345", "0.00012344")
    assert apart(0.9999, 0.99991, percentage) == ("99.99%", "99.991%")
    assert apart(0.5, 0.5) == ("0.500", "0.500")
    assert percentage(0.0) == "less than 0.0001%"
    assert percentage(1.0) == "more than 99.9999%"
