"""What the Train page is made of.

| to find | read |
|---|---|
| what the page remembers, the keys of its widgets | `session` |
| the whole page: for one visitor, for an audience | `page` |
| the settings of the next run, and its start | `presets`, `controls`, `exact`, `starting` |
| a run: its view, its buttons | `run_view`, `run_controls`, `run_tools` |
| how often a part of the page follows a run | `poll_interval` |
| what is beside the curve | `panels`, `example_progress` |
| all runs in a table | `run_table` |
| charts, from arrays and a `Look` | `curves`, `curve_lines`, `panel_charts` |
| a search | `search` |
| files and links | `downloads`, `uploads`, `address` |
| sentences and numbers | `messages` |
"""
