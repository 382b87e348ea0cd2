"""The sections of the Explore page, and what is computed once for a data set."""
