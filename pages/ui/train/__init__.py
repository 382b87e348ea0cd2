"""What the Train page is made of: controls, the live view of a run, and the runs of a visit."""
