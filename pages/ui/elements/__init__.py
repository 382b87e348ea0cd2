"""Elements and wording that several pages share."""
