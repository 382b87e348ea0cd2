"""What the Mistakes page is made of: an exam that a network has taken, and a module a section."""
