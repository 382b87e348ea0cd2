"""Exports and imports: networks, links and programs.

Read `storage` (networks as safetensors files), `links` (a configuration as URL parameters),
`plain_text` (settings as JSON) and `export` (a run as a program of its own).
"""

from mnist_core.files.storage import bundled, load_model, save_model
from mnist_core.training.model import Model

__all__ = ["Model", "bundled", "load_model", "save_model"]
