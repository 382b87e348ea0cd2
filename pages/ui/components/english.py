"""Numbers and names in an English sentence."""

VOWELS = "AEIOU"


SPOKEN_WITH_VOWEL = "AEFHILMNORSX"
"""Letters whose own names begin with a vowel: an F, an X."""


LIKE_YOU = ("UNI", "USE", "EU", "ONE")
"""Beginnings that are written with a vowel and spoken with a consonant: a uniform."""


def counted(number: int, noun: str) -> str:
    """Write a number of things: "1 digit", "2,000 pictures"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def with_article(name: str) -> str:
    """Write a name with its indefinite article: "a 7", "an 8", "an Ankle boot", "a uniform"."""
    return f"an {name}" if _is_spoken_with_vowel(name.upper()) else f"a {name}"


def _is_spoken_with_vowel(name: str) -> bool:
    if name.isdigit():
        return name.startswith("8") or name in {"11", "18"}
    if len(name) == 1:
        return name in SPOKEN_WITH_VOWEL
    return name.startswith(tuple(VOWELS)) and not name.startswith(LIKE_YOU)
