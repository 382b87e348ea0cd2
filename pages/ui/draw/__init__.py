"""The modules of the Draw page: canvas, other inputs, the answer, and its panels."""
