"""How good a network is, how sure one can be of that, and where it fails.

Read `answers` first: what a network says to a set of labelled pictures. All else is worked out
from that: `intervals`, `by_class`, `calibration`, `comparison`.
"""
