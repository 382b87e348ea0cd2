"""What a network has learnt, and why it gives the answer that it gives.

Read `weight_images` (weights and units as pictures), then `explanation` (which ink raises or lowers
the logit of a class), `neighbours` (which training images are alike to it) and `silent_units`
(which hidden units are always 0).
"""

from mnist_core.insight.explanation import occlusion, saliency
from mnist_core.insight.neighbours import embedding, nearest
from mnist_core.insight.silent_units import silent_share, silent_units
from mnist_core.insight.weight_images import picture_layers, weight_images

__all__ = [
    "embedding",
    "nearest",
    "occlusion",
    "picture_layers",
    "saliency",
    "silent_share",
    "silent_units",
    "weight_images",
]
