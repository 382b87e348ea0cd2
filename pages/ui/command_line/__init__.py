"""The core's command line with charts: `evaluate --html FILE` writes its figures as a page.

The core never draws. Its command line takes its commands as an argument, and gets from here an
`evaluate` that has one more format.
"""
