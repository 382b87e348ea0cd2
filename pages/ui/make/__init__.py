"""The modules of the Make page: drawing a data set with classes of one's own."""
