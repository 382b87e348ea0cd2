"""Read the digit in a picture: `python examples/predict_picture.py photo.png`."""

import sys

from mnist_core.drawing import read_image, to_mnist
from mnist_core.files import load_model

model = load_model("dense")
image = to_mnist(read_image(sys.argv[1]))
probabilities = model.network.probabilities(image[None])[:, 0]

print(f"This is a {model.predict(image)}.")
for digit in probabilities.argsort()[::-1][:3]:
    print(f"{digit}: {probabilities[digit]:.1%}")
