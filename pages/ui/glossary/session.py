"""The keys of the glossary."""

PLACE = "words"
BOOK = "words_book"
TERM = "words_term"
CARD = "words_card"


def term_key(page: str) -> str:
    """Return the key of the control of terms on the page of this title."""
    return f"{TERM}_{page}"
