"""The tour for newcomers on their own: how a computer learns to read, in ten minutes."""

from dataclasses import replace

from mnist_core.training.presets import PRESETS
from pages.ui.draw import details
from pages.ui.draw import state as draw
from pages.ui.explore import session as explore
from pages.ui.mistakes import session as mistakes
from pages.ui.step import session as one_step
from pages.ui.tours import signs
from pages.ui.tours.step import Tour, TourStep
from pages.ui.train import session as train
from pages.ui.visit.site import room
from pages.ui.weights import session as weights

FEWER_PICTURES = replace(PRESETS["notebook"].config, examples=5_500)
"""A tenth of all: the same curve within a percent or two, in a tenth of the time."""

TEN_MINUTES = Tour(
    "Ten minutes",
    ":material/directions_walk:",
    "From your first drawing to a network of your own that reads it. For everyone.",
    (
        TourStep(
            room("draw"),
            "Draw a digit",
            "Some networks here can already read. Begin by giving one something to read.",
            "Draw a **7** on the paper. Clear it, and draw a sloppy one.",
            signs.drawn,
            draw.Key.PAPER,
            {draw.Key.DETAILS: None},
        ),
        TourStep(
            room("draw"),
            "What the computer saw",
            "It does not see a 7. It sees 28 by 28 squares (*pixels*), and for each one a number: "
            "how dark it is.",
            "Below the paper, open **Step by step**, and follow your drawing until it is numbers.",
            signs.opened(draw.Key.DETAILS, details.STEPS),
            draw.Key.DETAILS,
        ),
        TourStep(
            room("explore"),
            "What it learned from",
            "Nobody explained to it what a 7 is. It was shown thousands of pictures like these, "
            "and was told each time which digit it was.",
            "Pick a picture you would hesitate over, and look at its numbers.",
            signs.picture_chosen,
            explore.Key.GALLERY,
            {explore.Key.SECTION: explore.GALLERY_SECTION, explore.Key.CHOSEN: 0},
        ),
        TourStep(
            room("train"),
            "Let one learn",
            "This small network knows nothing yet: its numbers (*weights*) are drawn at random. It "
            f"looks at {FEWER_PICTURES.examples:,} pictures, nudges every number a little, and "
            f"starts again: {FEWER_PICTURES.epochs} times.",
            "Press **Start training**, and watch the curve until it ends.",
            signs.trained,
            train.Key.START,
            config=FEWER_PICTURES,
        ),
        TourStep(
            room("weights"),
            "What it looks for",
            "Now its numbers, as pictures: one for each of its ten *units*. Ink on orange excites "
            "a unit, ink on blue calms it.",
            "Drag the **Training replay** slider to the very beginning, and press ▶.",
            signs.looked_back,
            weights.Key.TIME,
            {weights.Key.SECTION: weights.LOOKS},
        ),
        TourStep(
            room("step"),
            "One step, with its numbers",
            "This is all that learning is: compare the answer with what it should have been, and "
            "nudge each number in the direction that makes the answer better (*gradient descent*).",
            "Press **One step with this picture**, and see how far the answer has moved.",
            signs.step_made,
            one_step.Key.LEARN,
        ),
        TourStep(
            room("train"),
            "A bigger one",
            "128 units instead of ten, and a step after every 128 pictures (a *batch*) instead of "
            "after all of them.",
            "Press **Start training** again, and compare the two curves.",
            signs.trained,
            train.Key.START,
            config=PRESETS["small_dense"].config,
        ),
        TourStep(
            room("mistakes"),
            "What still goes wrong",
            "It is good, but not perfect. In this table each row is a digit, each column what the "
            "network took it for (a *confusion matrix*).",
            "Pick a number off the diagonal, and look at the pictures behind it.",
            mistakes.mixed_up,
            mistakes.Key.MATRIX,
            {mistakes.Key.SECTION: mistakes.MATRIX_SECTION},
        ),
        TourStep(
            room("draw"),
            "Your own handwriting",
            "Your network has never seen your handwriting, and now it reads it: find out what it "
            "gets right, and what it does not.",
            "Draw a few digits for your own network. Then something that is not a digit at all.",
            signs.drawn_for_own_network,
            draw.Key.READER,
            {draw.Key.DETAILS: None},
        ),
    ),
    "You have drawn, trained, looked inside and found mistakes: that is how a computer learns to "
    "read. Everything is open to you now; change one thing, and see what it does.",
)
