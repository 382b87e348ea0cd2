"""What explains the lab on all its pages: guided tours, and the glossary.

A tour is its steps in order, each with its words, its task and a sign that the task is done. An
entry of the glossary is a term, its meaning, and a picture or a number from the lab itself.
"""
