"""Exports a run as a program of its own, in plain NumPy: a script or a Jupyter notebook.

Read `program`, which joins its sections in their order.
"""

from mnist_core.files.export.data_section import ROUNDING
from mnist_core.files.export.jupyter import notebook
from mnist_core.files.export.program import script

__all__ = ["ROUNDING", "notebook", "script"]
