"""Codes are drawn from all there are, and guessing them is slowed down."""

from collections import Counter

import pytest

from mnist_core.drawn.codes import ALPHABET, LENGTH, Brake, as_typed, in_groups, new_code

LOOK_ALIKES = ("0OQ", "0OD", "1IL", "5S", "2Z", "8B", "6G", "UV")


def test_codes_have_all_letters_and_none_twice() -> None:
    codes = [new_code() for _ in range(2_000)]
    assert len(set(codes)) == len(codes)
    assert {len(code) for code in codes} == {LENGTH}
    counts = Counter("".join(codes))
    assert set(counts) == set(ALPHABET)
    expected = 2_000 * LENGTH / len(ALPHABET)
    assert all(0.7 * expected < count < 1.3 * expected for count in counts.values())


@pytest.mark.parametrize("alike", LOOK_ALIKES)
def test_no_two_letters_look_alike(alike: str) -> None:
    assert len(set(alike) & set(ALPHABET)) <= 1


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    assert as_typed(f" {in_groups(code).lower()}\n") == code
    assert as_typed(f"{code[:4]}-{code[4:]}") == code
    assert in_groups("ACDEFHJK") == "ACDE FHJK"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_some_guesses_are_free_then_each_takes_its_time() -> None:
    clock = Clock()
    brake = Brake(3, 10.0, clock)
    for _ in range(3):
        assert brake.wait() == 0
        brake.press()
    assert brake.wait() == pytest.approx(10)
    clock.now = 4
    assert brake.wait() == pytest.approx(6)
    clock.now = 10
    assert brake.wait() == 0
    brake.press()
    assert brake.wait() == pytest.approx(10)
    clock.now = 1_000
    for _ in range(3):
        assert brake.wait() == 0
        brake.press()
    assert brake.wait() > 0, "no more at once than before, however long one has waited"


def test_a_clock_that_is_set_back_makes_nobody_wait_longer() -> None:
    clock = Clock()
    brake = Brake(3, 10.0, clock)
    clock.now = 1_000
    for _ in range(3):
        brake.press()
    clock.now = 0
    assert brake.wait() == pytest.approx(10)
