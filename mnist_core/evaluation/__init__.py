"""How good a network is, how sure one can be of that, and where it fails.

Read `answers` first: what a network says to a set of labelled pictures. All else is worked out
from that: `intervals`, `by_class`, `calibration`, `comparison`. `held_out` asks networks about the
pictures that they have not learned from, for a whole data set.
"""
