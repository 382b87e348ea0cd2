"""What can be looked at below an answer, one panel a file; `details` asks which to show."""
