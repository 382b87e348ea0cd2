"""Runs on a Dask cluster: a scheduler and workers in processes of their own, on this machine."""
