"""Tests of `mnist_core.diagnosis`."""
