"""Code between Streamlit's server and the pages: headers, routes, order of scripts, memory.

`streamlit_internals` lists what the lab uses of other packages that they do not promise to keep.
"""
