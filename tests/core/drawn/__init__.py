"""Tests of `mnist_core.drawn`."""
