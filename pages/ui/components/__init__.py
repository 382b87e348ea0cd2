"""Components that Streamlit lacks, each with its script and style beside it.

`registry` loads them, `browser` reads their reports. Nothing here imports from the visit, the
elements or a page.
"""
