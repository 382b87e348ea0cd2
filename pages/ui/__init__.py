"""What the pages share: colours, charts, pieces of a page, and what a session remembers."""
