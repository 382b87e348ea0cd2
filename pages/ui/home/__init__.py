"""The home page: the paper with an answer, and a network in training."""
