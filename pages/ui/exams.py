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


def told(practice: float | None, final: float | None = None) -> str:
    """What came of the exams, each as a share of pictures read right, in one sentence."""
    results = [
        (f"{share * 100:.1f}", exam)
        for share, exam in ((practice, PRACTICE), (final, FINAL))
        if share is not None
    ]
    if not results:
        return ""
    (share, exam), *others = results
    more = "".join(f" and {share} in the {exam}" for share, exam in others)
    return f"It reads {share} of 100 pictures right in the {exam}{more}."
