"""What the Train page is made of.

| to find | read |
|---|---|
| what the page remembers of a visit | `session` |
| the settings of the next run | `presets` (where to begin), `controls`, `exact`, `slider_stops` |
| how large it is and how long it takes, and how it is started | `cost`, `starting` |
| a run: which one, its view, its buttons | `run_choice`, `run_view`, `run_controls`, `run_tools` |
| the whole page: for one visitor, for an audience, the run in both | `desk`, `audience`, `stage` |
| all runs in a table | `run_table` |
| charts, from arrays and a `Look` | `curves`, `curve_lines`, `panel_charts`, `search_charts` |
| what is beside the curve | `panels`, `advice` |
| a search | `search`, `search_setup`, `search_progress` |
| where to go from here | `leading_on` |
| how long runs are kept, all as a file | `keeping` |
| files and links | `downloads`, `uploads`, `address` |
| sentences and numbers | `words` |
"""
