"""Finds pictures that occur more than once, pixel for pixel."""

from collections import defaultdict

from mnist_core.arrays import Pixels


def duplicates(*parts: Pixels) -> list[list[tuple[int, int]]]:
    """Group equal pictures, within and across the parts, each `(n, h, w)`.

    Returns:
        a list for each picture that occurs more than once: its places as (part, index), in order.
    """
    places: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    for part, images in enumerate(parts):
        for index, image in enumerate(images):
            places[image.tobytes()].append((part, index))
    return [group for group in places.values() if len(group) > 1]
