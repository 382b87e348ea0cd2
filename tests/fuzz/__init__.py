"""Hostile input: whatever is brought is accepted or refused in a sentence, soon and in little room.

    python -m tests.fuzz [KIND ...] [--seconds N] [--inputs N] [--seed N]

Files of every kind that the lab reads are damaged at random and read. What is neither accepted nor
refused with a `LabError`, takes too long or too much memory, is printed and kept as a file.
"""
