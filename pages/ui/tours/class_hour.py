"""The tour for a teacher: 45 minutes, with what to ask and what to expect."""

from mnist_core.training.presets import PRESETS
from pages.ui.draw import details
from pages.ui.draw import session as draw
from pages.ui.explore import session as explore
from pages.ui.mistakes import session as mistakes
from pages.ui.site import room
from pages.ui.tours import signs
from pages.ui.tours.step import Step, Tour
from pages.ui.train import session as train
from pages.ui.weights import session as weights

CLASS_HOUR = Tour(
    "A class of 45 minutes",
    ":material/school:",
    "One screen for all, with a question for the class at every step and what to expect.",
    (
        Step(
            room("draw"),
            "Who can write so that it cannot read?",
            "Let two or three pupils write on the paper. Five minutes.",
            "Draw digits, neat ones and sloppy ones.",
            signs.drawn,
            draw.PAPER,
            {draw.DETAILS: None},
            question="How does it know? Did somebody tell it what a 4 looks like?",
            expected="Neat digits are read as soon as the pen is up. Sloppy ones get less than "
            "100 %, and where no answer is likely enough it says that it does not know.",
        ),
        Step(
            room("explore"),
            "A picture is numbers",
            "What a picture is to a computer. Five minutes.",
            "Touch a picture, and point at some of its numbers.",
            signs.picture_chosen,
            explore.GALLERY,
            {explore.SECTION: explore.GALLERY_SECTION, explore.CHOSEN: 0},
            question="How many numbers is one picture? Which number is paper, which is ink?",
            expected="28 rows of 28 squares: 784 numbers, from 0 (paper) to 255 (the darkest ink).",
        ),
        Step(
            room("explore"),
            "Would you have read these?",
            "People wrote these, and people said which digit each of them is. Five minutes.",
            "Open **Look-alikes and oddities**, and let the class vote on some.",
            signs.opened(explore.SECTION, explore.ODD_SECTION),
            explore.SECTION,
            question="If you cannot agree on one, what would be the right answer for a computer?",
            expected="Pictures that lie far from all others of their digit, and some whose given "
            "answer can be doubted.",
        ),
        Step(
            room("train"),
            "It learns, and we watch",
            "Ten units, 500 steps, all pictures in each. Ten minutes, with the guesses.",
            "Let everybody write down a guess first. Then press **Start training**.",
            signs.trained,
            train.START,
            config=PRESETS["notebook"].config,
            question="It begins by guessing. How many of 100 does it read right then? And at the "
            "end?",
            expected="About 10 of 100 at the start, since there are ten digits. The curve rises "
            "fast, then ever more slowly, to about 84 of 100.",
        ),
        Step(
            room("weights"),
            "What it looks for",
            "The numbers that have been learnt, as pictures. Five minutes.",
            "Move the slider **through time** from the beginning to the end.",
            signs.looked_back,
            weights.TIME,
            {weights.SECTION: weights.LOOKS},
            question="Can you see in one of them which digit it is for? Why is it so hard?",
            expected="Noise at the beginning; blurred strokes and rings at the end. A unit often "
            "serves several digits at once.",
        ),
        Step(
            room("train"),
            "Bigger, and faster",
            "128 units, and a step after every 128 pictures. Five minutes.",
            "Press **Start training**, and compare both curves.",
            signs.trained,
            train.START,
            config=PRESETS["small_dense"].config,
            question="It has seen each picture five times, the first one 500 times. Why is it "
            "better?",
            expected="About 98 of 100 after some seconds: many small steps, each from a few "
            "pictures, take it further than few steps from all of them.",
        ),
        Step(
            room("mistakes"),
            "What it mixes up",
            "Nobody is perfect. Five minutes.",
            "Touch a number beside the diagonal.",
            signs.mistake_chosen,
            mistakes.MATRIX,
            {mistakes.SECTION: mistakes.MATRIX_SECTION},
            question="Which two digits does it mix up most? Guess before you look. Would you trust "
            "it with cheques?",
            expected="4 and 9, 7 and 2, 3 and 5 are frequent pairs: they share most of their "
            "strokes.",
        ),
        Step(
            room("draw"),
            "Fool it",
            "What does it do with something that is no digit? Five minutes.",
            "Open **Fool it**, and let the class draw a house, a face, a letter.",
            signs.opened(draw.DETAILS, details.FOOL),
            draw.DETAILS,
            {draw.DETAILS: None},
            question="It has ten answers to choose from. Which one is “none of them”?",
            expected="The network alone would name a digit all the same, often quite surely; a "
            "second one, which knows digits from other shapes, holds most such answers back.",
        ),
    ),
    "That was the hour. The class can go on alone: its address, and a QR code of it, stand at the "
    "end of the home page.",
)
