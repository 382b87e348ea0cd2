"""What the home page is made of: the keys of its pieces."""
