"""Code between Streamlit's server and the pages: headers, routes, order of scripts, memory.

`streamlit_internals` lists the names of other packages that the lab uses though they may change.
"""
