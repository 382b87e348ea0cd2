"""What a network has learnt, and why it answers as it does.

Read `weight_images` (weights and units as pictures), then `saliency` (which ink spoke for an
answer, and which training pictures are alike).
"""

from mnist_core.insight.saliency import nearest, occlusion, saliency
from mnist_core.insight.weight_images import picture_layers, weight_images

__all__ = ["nearest", "occlusion", "picture_layers", "saliency", "weight_images"]
