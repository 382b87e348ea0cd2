"""The modules of the Train page.

| to find | read |
|---|---|
| the state of the page, the keys of its widgets | `session` |
| the layouts: the whole page, presentation mode | `page` |
| the hyperparameters of the next run, and its start | `controls`, `exact`, `starting` |
| a run: its view, its buttons | `run_view`, `run_controls`, `run_tools` |
| the refresh intervals of the parts that follow a run | `poll_interval` |
| the panels beside the curve | `panels` |
| all runs in a table | `run_table` |
| the charts, from arrays and a `Look` | `curves`, `curve_lines`, `panel_charts` |
| the hyperparameter search | `search` |
| files and links | `downloads`, `uploads`, `address` |
| sentences and numbers | `messages` |
"""
