"""Data sets that people draw: by one person, or by a class together.

Read `drawing_set` (classes and their drawings), then `halves` (the data set that a network learns
from), `suited` (settings for so few pictures) and `drawing_file` (the file that keeps them).
"""
