"""What a visitor is asked in the quiz, and what was answered."""

from dataclasses import dataclass, field


@dataclass
class Quiz:
    """What a visitor is asked, and what was answered so far.

    Attributes:
        of: the network and the exam.
        numbers: the pictures, by their numbers in the exam.
        said: the class that the visitor named, picture by picture.
    """

    of: tuple[str, str]
    numbers: tuple[int, ...]
    said: list[int] = field(default_factory=list)
