"""The home page: the paper with an answer, a network in training."""
