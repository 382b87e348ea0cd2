"""Things to touch and see that Streamlit lacks, each with its script and style beside it.

`registry` loads them, `browser` reads what they report. Nothing here imports from the visit, the
elements or a page.
"""
