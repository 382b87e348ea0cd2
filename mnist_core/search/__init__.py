"""A search for better hyperparameters.

Read `sweep` (what is searched, and how trials are given out), `trial` (one of them, in a process
of its own) and `executors` (where they run).
"""

from mnist_core.search.sweep import Span, Sweep

__all__ = ["Span", "Sweep"]
