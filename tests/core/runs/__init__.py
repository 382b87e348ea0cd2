"""Tests of `mnist_core.runs`."""
