"""Panels below an answer, one a file; `details` asks which to show."""
