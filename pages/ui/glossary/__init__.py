"""The glossary: the meaning of each term, with a picture or a number from the lab itself."""
