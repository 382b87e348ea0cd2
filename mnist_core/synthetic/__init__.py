"""Synthetic images: digits as people around the world write them, and images of no digit.

Read `synthetic`, which makes the images. `styles` reads templates from `pen_styles.json`,
`glyph_generators` draws styles at random, `stroke_jitter` varies each as a hand would.
`out_of_distribution` and `bad_cuts` make the images that the detector has to reject.
"""

from mnist_core.synthetic.synthetic import synthetic_digits

__all__ = ["synthetic_digits"]
