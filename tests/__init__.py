"""Every test of the lab, one folder a room."""
