"""The commands of `python -m mnist_core`, a module each.

Each module has `add`, which describes the command's options to argparse, and `run`, which does the
work and returns the exit code.
"""
