"""Several processes for one training, started only where `Controls.threads` asks for them.

Read `several` first, then `process` and `memory`.
"""

from mnist_core.training.parallel.several import SeveralProcesses

__all__ = ["SeveralProcesses"]
