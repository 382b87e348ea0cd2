"""Tests of `mnist_core.nn`."""
