"""The networks that come with the lab, what is measured of them, and the script that makes both."""
