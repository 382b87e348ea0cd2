"""Insight into a trained network: its weights and units, and the reasons of its predictions.

Read `weight_images` and `units` (the weights as images, and unit by unit), then `explanation` (the
ink that raises or lowers the logit of a class), `neighbours` (examples that are alike to the
network) and `dead_units` (hidden units that no longer learn). `timeline` is a network at its
checkpoints; `contributions` and `receptive_field` are the arithmetic of one prediction;
`activation_maximisation` draws the picture that a unit responds to most; `hidden_space` and
`distributions` cover many pictures and all numbers at once; `operations` changes a network to test
which of its parts it needs.
"""

from mnist_core.insight.activation_maximisation import maximize_activation
from mnist_core.insight.contributions import LayerContributions, contributions
from mnist_core.insight.dead_units import dead_share, dead_units, saturated_units
from mnist_core.insight.distributions import LayerNumbers, layer_numbers
from mnist_core.insight.explanation import erasure, occlusion, saliency
from mnist_core.insight.hidden_space import Space, spaces
from mnist_core.insight.neighbours import embedding, nearest
from mnist_core.insight.one_step import PassTrace, take_apart
from mnist_core.insight.operations import Operation
from mnist_core.insight.patches import Patches, strongest_patches
from mnist_core.insight.timeline import Stage, stages
from mnist_core.insight.units import feature_maps, logit_attribution, unit_activations
from mnist_core.insight.weight_images import (
    before_learning,
    change,
    colour_limit,
    picture_layers,
    weight_images,
)

__all__ = [
    "LayerContributions",
    "LayerNumbers",
    "Operation",
    "PassTrace",
    "Patches",
    "Space",
    "Stage",
    "before_learning",
    "change",
    "colour_limit",
    "contributions",
    "dead_share",
    "dead_units",
    "embedding",
    "erasure",
    "feature_maps",
    "layer_numbers",
    "logit_attribution",
    "maximize_activation",
    "nearest",
    "occlusion",
    "picture_layers",
    "saliency",
    "saturated_units",
    "spaces",
    "stages",
    "strongest_patches",
    "take_apart",
    "unit_activations",
    "weight_images",
]
