"""Tests of `mnist_core.insight`."""
