"""The networks that come with the lab, and the script that makes them: `make models`."""
