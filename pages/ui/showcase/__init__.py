"""What the home page shows of the lab: the paper with an answer, and a network that learns."""
