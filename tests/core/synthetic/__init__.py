"""Tests of `mnist_core.synthetic`."""
