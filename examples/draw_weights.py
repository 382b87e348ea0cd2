"""Draw the weights of each of ten units: `python examples/draw_weights.py out.png`."""

import sys

import numpy as np
from PIL import Image

from mnist_core.files import load_model
from mnist_core.insight import colour_limit, picture_layers, weight_images

network = load_model("notebook").network
weights = weight_images(network, picture_layers(network)[0])[:, 0]  # (units, height, width)

# Grey stands for 0, white for positive weights, black for negative ones.
grey = 127.5 + 127.5 * np.clip(weights / colour_limit(weights), -1, 1)
side_by_side = np.hstack(list(grey)).astype(np.uint8)
picture = Image.fromarray(side_by_side)
picture.resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST).save(sys.argv[1])
print(f"{len(weights)} units in {sys.argv[1]}")
