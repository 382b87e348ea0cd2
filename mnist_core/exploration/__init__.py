"""The analysis of a data set without any network.

Read `statistics` (the numbers of pictures of each class, averages, spreads), then `neighbours`
(the exact distance between pictures) and `pca` (their principal components); on these stand
`look_alikes` (near pairs of different classes), `typicality`, `duplicates` and `label_errors`
(labels that neighbours and networks doubt).
"""

from mnist_core.exploration.changes import add_noise, blur, lower_contrast, occlude
from mnist_core.exploration.duplicates import duplicates
from mnist_core.exploration.label_errors import SuspectedLabel, label_errors
from mnist_core.exploration.look_alikes import Pair, look_alikes
from mnist_core.exploration.neighbours import Neighbours, nearest_pictures
from mnist_core.exploration.pca import PrincipalComponents, principal_components
from mnist_core.exploration.statistics import (
    ClassShapes,
    PictureFeatures,
    class_shapes,
    picture_features,
)
from mnist_core.exploration.typicality import Typicality, typicality

__all__ = [
    "ClassShapes",
    "Neighbours",
    "Pair",
    "PictureFeatures",
    "PrincipalComponents",
    "SuspectedLabel",
    "Typicality",
    "add_noise",
    "blur",
    "class_shapes",
    "duplicates",
    "label_errors",
    "look_alikes",
    "lower_contrast",
    "nearest_pictures",
    "occlude",
    "picture_features",
    "principal_components",
    "typicality",
]
