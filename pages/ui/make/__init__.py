"""The modules of Make and Join: a person or a class draws a data set with classes of its own."""
