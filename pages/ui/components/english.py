"""Numbers and names in an English sentence."""

SPOKEN_WITH_VOWEL = "AEFHILMNORSX"
"""Letters whose own names begin with a vowel: an F, an X."""

LIKE_YOU = ("UNI", "USE", "EU", "ONE")
"""Beginnings that are written with a vowel and spoken with a consonant: a uniform."""


def counted(number: int, noun: str) -> str:
    """Write a number of things: "1 digit", "2,000 pictures"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def with_article(name: str) -> str:
    """Write a name with its indefinite article: "a 7", "an 8", "an Ankle boot", "a uniform"."""
    upper = name.upper()
    if upper.isdigit():
        vowel = upper.startswith("8") or upper in {"11", "18"}
    elif len(upper) == 1:
        vowel = upper in SPOKEN_WITH_VOWEL
    else:
        vowel = upper.startswith(tuple("AEIOU")) and not upper.startswith(LIKE_YOU)
    return f"an {name}" if vowel else f"a {name}"
