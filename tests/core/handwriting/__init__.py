"""Tests of `mnist_core.handwriting`."""
