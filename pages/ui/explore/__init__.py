"""What the Explore page is made of: the gallery and one picture close up."""
