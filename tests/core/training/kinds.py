"""Values that a hyperparameter of each kind may have, for hypothesis to choose from."""

from typing import Any

from hypothesis import strategies as st

from mnist_core.training.settings import (
    Kind,
    OneOf,
    RealNumber,
    Sizes,
    Switch,
    WholeNumber,
    WholeNumberOrAll,
)


def values_of(kind: Kind) -> st.SearchStrategy[Any]:
    """Anything that a hyperparameter of this kind may be."""
    match kind:
        case OneOf():
            return st.sampled_from(kind.names)
        case Switch():
            return st.booleans()
        case Sizes():
            return st.lists(values_of(kind.size), max_size=kind.most).map(tuple)
        case RealNumber():
            whole = st.integers(0, 1).filter(lambda value: kind.low <= value <= kind.high)
            return st.floats(kind.low, kind.high) | whole
        case WholeNumberOrAll():
            return st.none() | st.integers(kind.low, kind.high)
        case WholeNumber():
            return st.integers(kind.low, kind.high)
    raise TypeError(kind)
