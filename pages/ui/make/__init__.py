"""The pieces of the page Make a data set: one draws the examples of one's own classes."""
