"""The sections of the Mistakes page, and the exam that they are about."""
