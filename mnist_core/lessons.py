"""Where to begin: what to look for in each preset."""

from collections.abc import Mapping
from types import MappingProxyType

PRESET_NOTES: Mapping[str, str] = MappingProxyType(
    {
        "notebook": "Ten hidden units that look at all pictures before each of 500 small steps. "
        "Watch how slowly and smoothly it climbs, to about 84 of 100.",
        "dense": "One layer of 128 units, a step after every 128 pictures. Watch it pass 9 of 10 "
        "within the first second, and reach about 98 of 100.",
        "conv": "Small filters slide over the picture before a layer decides. Slower, and the "
        "best of the three: about 99 of 100.",
    }
)
"""What to look for, for each name in `PRESETS`."""
