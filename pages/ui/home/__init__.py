"""The home page: the paper with an answer, a network that learns, the way in for a class."""
