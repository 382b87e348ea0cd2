"""A search for better hyperparameters.

Read `space` (what may be searched), `trial` (one training, in a process of its own), `study` (what
is known of all of them), `executors` and `running` (where trials run, and one that does), then
`sweep` (the search, on its thread).
"""

from mnist_core.search.space import Span
from mnist_core.search.sweep import Sweep

__all__ = ["Span", "Sweep"]
