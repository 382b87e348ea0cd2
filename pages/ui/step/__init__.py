"""The parts of the page One step: the trained network, its forward and its backward pass."""
