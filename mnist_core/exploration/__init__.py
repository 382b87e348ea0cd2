"""What a data set holds, before any network looks at it.

Read `shape` (how many pictures of each class, their averages and spreads), then `neighbours` (the
exact distance between pictures) and `pca` (their principal components); on these stand
`look_alikes` (near pairs of different classes), `typicality`, `duplicates` and `suspects` (labels
that neighbours and networks doubt).
"""

from mnist_core.exploration.neighbours import Neighbours, nearest_pictures
from mnist_core.exploration.pca import PrincipalComponents, principal_components
from mnist_core.exploration.shape import ClassShapes, class_shapes, picture_features
from mnist_core.exploration.suspects import Suspect, suspects

__all__ = [
    "ClassShapes",
    "Neighbours",
    "PrincipalComponents",
    "Suspect",
    "class_shapes",
    "nearest_pictures",
    "picture_features",
    "principal_components",
    "suspects",
]
