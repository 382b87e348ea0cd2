"""A visit: how it is found again, what it remembers, and what it works on.

`store` keeps all visits, `current` finds the one of the running script, `shared` says what several
pages keep in it.
"""
