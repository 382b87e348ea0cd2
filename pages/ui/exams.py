"""How well a network reads, in the words of all pages: a practice exam and a final exam.

The practice exam is made of the development pictures, which are kept back from learning and with
which settings are compared; the final exam of the test pictures, which nothing was chosen with.
"""

from mnist_core.data import Data
from mnist_core.files.storage import Model

PRACTICE = "practice exam"
FINAL = "final exam"

EXPLAINED = (
    "The practice exam: pictures kept back from learning, with which settings are compared "
    "(development set). The final exam: the test pictures, which nobody has learnt from or chosen "
    "with (test set). A network has seen the pictures of neither."
)


def reads(model: Model, data: Data) -> str:
    """How well a network reads the pictures of this data set, if that was ever measured."""
    return told(model.accuracy_on(data, "dev_accuracy"), model.accuracy_on(data, "test_accuracy"))


def told(practice: float | None, final: float | None) -> str:
    """What came of the exams, each as a share of pictures read right, in one sentence."""
    parts = [
        f"{share * 100:.1f} of 100 pictures in the {exam}"
        for exam, share in ((PRACTICE, practice), (FINAL, final))
        if share is not None
    ]
    return f"It reads {' and '.join(parts)}." if parts else ""
