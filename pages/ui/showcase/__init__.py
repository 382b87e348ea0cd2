"""Parts of the home page: the paper with an answer, and a network that learns."""
