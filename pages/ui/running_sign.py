"""Where Streamlit says that a page is being made, with its "Stop": beside what stands in the bar.

By itself it stands at the right end of the bar, over the glossary, on a telephone over the menu.
"""

ROOM = "1100px"
"""From this width on, the bar has room for it between the menu and the glossary."""

CSS = f"""<style>
@media (min-width: {ROOM}) {{
  [data-testid=stStatusWidget] {{ margin-right: 10rem; }}
}}
@media (max-width: calc({ROOM} - 1px)) {{
  [data-testid=stStatusWidget] {{
    position: fixed; top: 3.75rem; right: 0.25rem; border-radius: 0.5rem;
    backdrop-filter: blur(8px);
  }}
}}
</style>"""
"""Where the bar has no room, it stands below it."""
