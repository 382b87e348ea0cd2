"""A class makes a data set together: the teacher's view, and the page of the pupils."""
