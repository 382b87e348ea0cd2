"""Diagnosis of a run by rules: one sentence with a number, and a remedy.

Read `observer`, then the `rules` (`rate_rules` are those about the learning rate) and the
`evidence` that they read. `scenarios` are runs that go wrong on purpose.
"""

from mnist_core.diagnosis.observer import diagnose

__all__ = ["diagnose"]
