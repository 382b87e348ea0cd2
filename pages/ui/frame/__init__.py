"""The frame of every page: errors, menu, notices, next steps, workarounds in the browser.

`frame` mounts the stylesheet and the script around a page.
"""
