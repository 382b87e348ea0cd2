"""The panels below an answer, one per file; `details` asks which one to show."""
