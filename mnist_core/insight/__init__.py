"""What a network has learnt, and why it gives the answer that it gives.

Read `weight_images` and `units` (what a network has learnt, as images and unit by unit), then
`explanation` (which ink raises or lowers the logit of a class), `neighbours` (which examples are
alike to the network) and `silent_units` (hidden units that no longer learn). `stages` is a network
through time; `contributions` and `window` are the arithmetic behind one answer; `wanted` draws what
a unit answers to; `hidden_space` and `distributions` look at many pictures and all numbers at once;
`operations` changes a network to see what it can do without.
"""

from mnist_core.insight.explanation import erasure, occlusion, saliency
from mnist_core.insight.neighbours import embedding, nearest
from mnist_core.insight.silent_units import silent_share, silent_units
from mnist_core.insight.units import logit_effects, unit_activations
from mnist_core.insight.weight_images import picture_layers, weight_images

__all__ = [
    "embedding",
    "erasure",
    "logit_effects",
    "nearest",
    "occlusion",
    "picture_layers",
    "saliency",
    "silent_share",
    "silent_units",
    "unit_activations",
    "weight_images",
]
