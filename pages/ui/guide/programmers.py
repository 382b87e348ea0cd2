"""The tour for programmers: each step with its formula and its source file."""

from mnist_core.training.presets import PRESETS
from pages.ui.guide import exercises
from pages.ui.guide.tour_step import Tour, TourStep
from pages.ui.mistakes import session as mistakes
from pages.ui.step import session as one_step
from pages.ui.visit.site import room

PROGRAMMERS = Tour(
    "For programmers",
    ":material/code:",
    "Backpropagation with real numbers; each step with its formula and the file it lives in.",
    (
        exercises.pick_a_picture(
            "The input",
            "A picture is 784 numbers from 0 to 255. The network gets them scaled to 0 to 1, one "
            "column per picture.",
            "Pick a picture, and look at its numbers.",
            formula=r"X = \text{pixels} / 255 \in \mathbb{R}^{784 \times n}",
            source="mnist_core/nn/network.py, prepare_input",
        ),
        TourStep(
            room("step"),
            "Forward",
            "A layer is a matrix product, a bias and a function. The last one has no function: "
            "its numbers are the *logits*.",
            "Pick a **unit** in the diagram, and check one product of its sum by hand.",
            exercises.unit_chosen,
            one_step.Key.DIAGRAM,
            {one_step.Key.SECTION: one_step.FORWARD},
            formula=r"Z_1 = W_1 X + b_1, \quad A_1 = \max(Z_1, 0), \quad Z_2 = W_2 A_1 + b_2",
            source="mnist_core/nn/layers.py, Dense.forward",
        ),
        TourStep(
            room("step"),
            "Backward",
            "The gradient of the loss by the logits is the answer minus what it should have been. "
            "From there the chain rule leads back, layer by layer.",
            "Open **Backward: the blame**, and follow the error to one weight.",
            exercises.opened(one_step.Key.SECTION, one_step.BACKWARD),
            one_step.Key.SECTION,
            {one_step.Key.SECTION: one_step.FORWARD},
            formula=r"\delta_2 = p - y, \quad \delta_1 = W_2^\top \delta_2 \odot f'(Z_1), \quad "
            r"\frac{\partial L}{\partial W} = \delta\, a^\top",
            source="mnist_core/nn/losses.py, and Network.backward in mnist_core/nn/network.py",
        ),
        exercises.take_a_step(
            "The update",
            "Every weight moves against its gradient. Too far, and the loss rises again: try a "
            "learning rate of 10.",
            "Press **One step with this picture**, and compare the loss before and after.",
            formula=r"W \leftarrow W - \eta\, \frac{\partial L}{\partial W}",
            source="mnist_core/training/optimizers.py",
        ),
        exercises.train_a_network(
            "The loop",
            "Shuffle, cut into batches, gradient, update; now and then a point on the curve.",
            "Press **Start training**, then open **Export** below the run, and take the program.",
            config=PRESETS["small_dense"].config,
            formula=r"\hat g = \frac{1}{|B|} \sum_{i \in B} \nabla L_i",
            source="mnist_core/training/loop.py, _steps",
        ),
        exercises.look_back(
            "The starting weights",
            "Before the first step they are noise of a chosen width; the difference is what the "
            "network has learned.",
            "Drag the **Training replay** slider to the very beginning.",
            formula=r"W_{ij} \sim \mathcal{N}(0,\ 2 / \text{inputs})",
            source="mnist_core/nn/initializers.py, he",
        ),
        TourStep(
            room("mistakes"),
            "How good is it?",
            "Accuracy is measured on a sample, so it comes with an interval. And answers given 90% "
            "should be right nine times out of ten.",
            "Open **Can you trust how sure it is?**",
            exercises.opened(mistakes.Key.SECTION, mistakes.SURE_SECTION),
            mistakes.Key.SECTION,
            {mistakes.Key.SECTION: mistakes.FIGURE_SECTION},
            formula=r"\text{ECE} = \sum_b \frac{n_b}{n}\, |\text{acc}_b - \text{conf}_b|",
            source="mnist_core/evaluation/calibration.py",
        ),
    ),
    "The core is a package of its own: `from mnist_core.training import train`. The README says "
    "how to use it from a script, and docs/architecture.md how the house is built.",
)
