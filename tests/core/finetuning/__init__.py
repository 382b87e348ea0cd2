"""Tests of `mnist_core.finetuning`."""
