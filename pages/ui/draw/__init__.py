"""What the Draw page is made of: canvas, other inputs, the answer, and its details."""
