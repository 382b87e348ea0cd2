"""A search for better hyperparameters.

Read `space` (the hyperparameters and their ranges), `trial` (one training, in a process of its
own), `study` (the results of all trials), `executors` and `running` (the processes of trials, and a
submitted trial), then `sweep` (the search, on its thread).
"""

from mnist_core.search.space import Span
from mnist_core.search.sweep import Sweep

__all__ = ["Span", "Sweep"]
