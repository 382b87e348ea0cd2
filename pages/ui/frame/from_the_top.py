"""Makes a script write from the top of its page, whatever its thread has written before.

A fragment leaves its container as the current one. Streamlit resets that if a rerun interrupts the
fragment, but not if the fragment has just ended: a page that is requested at that time, on the same
thread, would be written into the fragment's container, and the browser would discard the rest
("Bad delta path index"). Only without `fastReruns`; Streamlit 1.67.
"""

from streamlit.delta_generator_singletons import context_dg_stack, get_default_dg_stack_value


def begin() -> None:
    """Write to the page itself from now on, not to one of its containers."""
    context_dg_stack.set(get_default_dg_stack_value())
