"""Pieces that several pages are made of, and the wording of what several pages say."""
