"""Tests of `mnist_core.jobs`."""
