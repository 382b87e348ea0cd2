"""The lab's glossary: what its terms mean, each with a picture or a number from the lab itself."""
