"""What the Weights page is made of: one layer under study, its gallery, and words for it."""
