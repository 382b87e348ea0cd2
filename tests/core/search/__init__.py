"""Tests of `mnist_core.search`."""
