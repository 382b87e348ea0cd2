"""The home page: the paper with an answer, a network in training, the address for a class."""
