"""Lets a page be written from its top, whatever its thread has written before.

A fragment leaves its container as the place to write to. Streamlit resets that where a rerun breaks
the fragment off, but not where the fragment has just come to its end: a page that is asked for in
that moment, on the same thread, would write itself into the fragment's container, and the browser
would clear all the rest away ("Bad delta path index"). Only without `fastReruns`; Streamlit 1.67.
"""

from streamlit.delta_generator_singletons import context_dg_stack, get_default_dg_stack_value


def begin() -> None:
    """Write to the page itself from now on, not to a container of it."""
    context_dg_stack.set(get_default_dg_stack_value())
