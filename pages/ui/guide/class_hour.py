"""The tour for a teacher: 45 minutes, with questions and expected results."""

from mnist_core.training.presets import PRESETS
from pages.ui.draw import details
from pages.ui.draw import state as draw
from pages.ui.explore import session as explore
from pages.ui.guide import exercises
from pages.ui.guide.tour_step import Tour, TourStep
from pages.ui.visit.site import room

CLASS_HOUR = Tour(
    "A 45-minute class",
    ":material/school:",
    "One screen for all, with a question for the class at every step and what to expect.",
    (
        exercises.draw_something(
            "Who can write a digit it cannot read?",
            "Let two or three pupils write on the paper. Five minutes.",
            "Draw digits, neat ones and sloppy ones.",
            question="How does it know? Did someone tell it what a 4 looks like?",
            expected="Neat digits are read as soon as the pen is up. With sloppy ones it is less "
            "sure, and where no answer is likely enough, it says that it does not know.",
        ),
        exercises.pick_a_picture(
            "A picture is numbers",
            "What a picture is to a computer. Five minutes.",
            "Pick a picture, and point at some of its numbers.",
            question="How many numbers is one picture? Which number is paper, which is ink?",
            expected="28 rows of 28 squares: 784 numbers, from 0 (paper) to 255 (the darkest ink).",
        ),
        TourStep(
            room("explore"),
            "Would you have read these?",
            "People wrote these, and people said which digit each of them is. Five minutes.",
            "Open **Look-alikes and oddities**, and let the class vote on some.",
            exercises.opened(explore.Key.SECTION, explore.ODD_SECTION),
            explore.Key.SECTION,
            question="If you cannot agree on one, what would be the right answer for a computer?",
            expected="Pictures that look unlike all others of their digit, and some whose label is "
            "doubtful.",
        ),
        exercises.train_a_network(
            "It learns, and we watch",
            "Ten units, 500 steps, all pictures in each. Ten minutes, with the guesses.",
            "Let everyone write down a guess first. Then press **Start training**.",
            config=PRESETS["notebook"].config,
            question="It begins by guessing. How many out of 100 does it read correctly then? And "
            "at the end?",
            expected="About 10 out of 100 at the start, since there are ten digits. The curve "
            "rises fast, then ever more slowly, to about 84 out of 100.",
        ),
        exercises.look_back(
            "What it looks for",
            "The numbers it has learned, as pictures. Five minutes.",
            "Drag the **Training replay** slider from the beginning to the end.",
            question="Can you tell from a picture which digit its unit is for? Why is it so hard?",
            expected="Noise at the beginning; blurred strokes and rings at the end. A unit often "
            "serves several digits at once.",
        ),
        exercises.train_a_network(
            "Bigger, and faster",
            "128 units, and a step after every 128 pictures. Five minutes.",
            "Press **Start training**, and compare both curves.",
            config=PRESETS["small_dense"].config,
            question="This network saw each picture five times, the first one 500 times. Why does "
            "it read better?",
            expected="About 98 out of 100 after a few seconds: many small steps, each based on a "
            "few pictures, take it further than a few steps based on all of them.",
        ),
        exercises.pick_a_mistake(
            "What it mixes up",
            "Nobody is perfect. Five minutes.",
            "Pick a number off the diagonal.",
            question="Which two digits does it mix up most? Guess before you look. Would you trust "
            "it with cheques?",
            expected="4 and 9, 7 and 2, 3 and 5 are frequent pairs: they share most of their "
            "strokes.",
        ),
        TourStep(
            room("draw"),
            "Fool it",
            "What does it do with something that is not a digit? Five minutes.",
            "Open **Fool it**, and let the class draw a house, a face, a letter.",
            exercises.opened(draw.Key.DETAILS, details.FOOL),
            draw.Key.DETAILS,
            {draw.Key.DETAILS: None},
            question="It has ten answers to choose from. Which one is “none of them”?",
            expected="Left to itself, the network would still name a digit, and often be quite "
            "sure; a second network, which tells digits from other shapes, holds most such answers "
            "back.",
        ),
    ),
    "That was the hour. The class can go on alone: the lab's address and its QR code are at the "
    "end of the home page.",
)
