"""The tour for newcomers on their own: how a computer learns to read, in ten minutes."""

from dataclasses import replace

from mnist_core.training.presets import PRESETS
from pages.ui.draw import details
from pages.ui.draw import state as draw
from pages.ui.guide import exercises
from pages.ui.guide.tour_step import Tour, TourStep
from pages.ui.visit.site import room

FEWER_PICTURES = replace(PRESETS["notebook"].config, examples=5_500)
"""A tenth of all: the same curve within a percent or two, in a tenth of the time."""

TEN_MINUTES = Tour(
    "Ten minutes",
    ":material/directions_walk:",
    "From your first drawing to a network of your own that reads it. For everyone.",
    (
        exercises.draw_something(
            "Draw a digit",
            "Some networks here can already read. Begin by giving one something to read.",
            "Draw a **7** on the paper. Clear it, and draw a sloppy one.",
        ),
        TourStep(
            room("draw"),
            "What the computer saw",
            "It does not see a 7. It sees 28 by 28 squares (*pixels*), and for each one a number: "
            "how dark it is.",
            "Below the paper, open **Step by step**, and follow your drawing until it is numbers.",
            exercises.opened(draw.Key.DETAILS, details.STEPS),
            draw.Key.DETAILS,
        ),
        exercises.pick_a_picture(
            "What it learned from",
            "Nobody explained to it what a 7 is. It was shown thousands of pictures like these, "
            "and was told each time which digit it was.",
            "Pick a picture you would hesitate over, and look at its numbers.",
        ),
        exercises.train_a_network(
            "Let one learn",
            "This small network knows nothing yet: its numbers (*weights*) are drawn at random. It "
            f"looks at {FEWER_PICTURES.examples:,} pictures, nudges every number a little, and "
            f"starts again: {FEWER_PICTURES.epochs} times.",
            "Press **Start training**, and watch the curve until it ends.",
            config=FEWER_PICTURES,
        ),
        exercises.look_back(
            "What it looks for",
            "Now its numbers, as pictures: one for each of its ten *units*. Ink on orange excites "
            "a unit, ink on blue calms it.",
            "Drag the **Training replay** slider to the very beginning, and press ▶.",
        ),
        exercises.take_a_step(
            "One step, with its numbers",
            "This is all that learning is: compare the answer with what it should have been, and "
            "nudge each number in the direction that makes the answer better (*gradient descent*).",
            "Press **One step with this picture**, and see how far the answer has moved.",
        ),
        exercises.train_a_network(
            "A bigger one",
            "128 units instead of ten, and a step after every 128 pictures (a *batch*) instead of "
            "after all of them.",
            "Press **Start training** again, and compare the two curves.",
            config=PRESETS["small_dense"].config,
        ),
        exercises.pick_a_mistake(
            "What still goes wrong",
            "It is good, but not perfect. In this table each row is a digit, each column what the "
            "network took it for (a *confusion matrix*).",
            "Pick a number off the diagonal, and look at the pictures behind it.",
        ),
        TourStep(
            room("draw"),
            "Your own handwriting",
            "Your network has never seen your handwriting, and now it reads it: find out what it "
            "gets right, and what it does not.",
            "Draw a few digits for your own network. Then something that is not a digit at all.",
            exercises.drawn_for_own_network,
            draw.Key.READER,
            {draw.Key.DETAILS: None},
        ),
    ),
    "You have drawn, trained, looked inside and found mistakes: that is how a computer learns to "
    "read. Everything is open to you now; change one thing, and see what it does.",
)
