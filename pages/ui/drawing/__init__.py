"""The Draw page's own pieces: the pad, the answer, and what stands behind it."""
