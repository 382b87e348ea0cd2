"""Runs that learn on the workers of a Dask cluster: other processes, on this machine or others.

Read `cluster` first (the workers as slots of a scheduler), then `placement` (a run's side of a
training) and the worker's side: `training`, `stretch` and `reporter`. `connection` talks to Dask,
`versions` says which workers fit, `joining` is for a helping PC. Dask is imported where it is used
first.
"""

from mnist_core.cluster.cluster import Cluster

__all__ = ["Cluster"]
