"""The lab in a real Chromium, against a real server."""
