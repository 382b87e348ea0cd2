"""The exported program's network: initialization, forward and backward pass, accuracy."""

from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.initializers import INITIALIZERS
from mnist_core.training.config import FILTER_SIZE, POOL_SIZE, TrainingConfig

NETWORK = """
# %% The network: its starting weights, and what it makes of a batch
rng = np.random.default_rng(SEED)
{sides}parameters = []
for {size} in {sizes}:
    {initial}
    parameters += [W.astype(np.float32), b.astype(np.float32)]

f = lambda z: {function}
slope = lambda z: {slope}
"""

CHANCE = """\
begin = (chance := rng.spawn(1)[0]).bit_generator.state  # the random numbers of {drawn}
"""

KEPT = """
def kept(z, drop):  # dropout: 0 for what is dropped, and a factor above 1 for the rest
    return (chance.random(z.shape, np.float32) >= drop) / np.float32(1 - drop)
"""

MASK = "mask = kept(z, drop) if drop and i in range({first}, {end}) else 1\n        "

FORWARD_DENSE = """
def forward(x{drop}):
    memory = []
    for i, (W, b) in enumerate(zip(parameters[::2], parameters[1::2])):
        z = W @ x + b
        {mask}memory.append((x, z{and_mask}))
        x = f(z){times_mask}
    return z, memory

def backward(dz, memory):  # dz: the slope of the loss by z of the last layer
    gradients = []
    for W, (x, z{and_mask}) in reversed(list(zip(parameters[::2], memory))):
        dz = dz{times_mask} * slope(z) if gradients else dz
        gradients[:0] = [dz @ x.T, dz.sum(axis=1, keepdims=True)]
        dz = W.T @ dz
    return gradients
"""

FORWARD_CONVOLUTION = """
def windows(x):  # every 5 x 5 window of the image as a column{apart}
    cut = np.lib.stride_tricks.sliding_window_view(x, (5, 5), axis=(1, 2)){every}
    return cut.transpose(0, 4, 5, 1, 2, 3).reshape(len(x) * 25, -1)
{corners}
def forward(x{drop}):
    memory = []
    for i, (W, b) in enumerate(zip(parameters[::2], parameters[1::2])):
        {answers}
        else:
            x = cols = x.reshape(-1, x.shape[-1])
            {dense}
        {mask}memory.append(({remembered}{and_mask}))
        x = f(z){times_mask}
    return z, memory

def backward(dz, memory):  # dz: the slope of the loss by z of the last layer
    gradients = []
    for W, ({remembered}{and_mask}) in reversed(list(zip(parameters[::2], memory))):
        dz = dz.reshape(z.shape){times_mask} * slope(z) if gradients else dz
        if cols is not x:  {to_columns}
            dz = {flattened}.reshape(len(W), -1)
        gradients[:0] = [dz @ cols.T, dz.sum(axis=1, keepdims=True)]
        dz = W.T @ dz
        if cols is not x:  # back through the windows, to where they were cut out
            back, dz = dz.reshape(len(x), 5, 5, *{map}.shape[1:]), np.zeros_like(x)
            for r, c in np.ndindex(5, 5):
                dz[{rows}, {columns}] += back[:, r, c]
    return gradients
"""

POOLED = {
    "apart": "",
    "every": "",
    "corners": """\
def corners(x, h, w):  # the four numbers of every 2 x 2 tile
    return [x[:, i : 2 * h : 2, j : 2 * w : 2] for i in (0, 1) for j in (0, 1)]
""",
    "answers": """\
if i < {filters}:  # a convolution, then the largest of each 2 x 2 tile
            h, w, cols = x.shape[1] - 4, x.shape[2] - 4, windows(x)
            four = corners((W @ cols + b).reshape(len(W), h, w, -1), h // 2, w // 2)
            z, largest = np.max(four, axis=0), np.argmax(four, axis=0)""",
    "dense": "z, largest = W @ x + b, None",
    "remembered": "x, z, cols, largest",
    "to_columns": """\
# back through the tiles, to the number that was the largest
            dy = np.zeros((len(W), x.shape[1] - 4, x.shape[2] - 4, x.shape[3]), np.float32)
            for k, corner in enumerate(corners(dy, *z.shape[1:3])):
                corner[:] = dz * (largest == k)""",
    "flattened": "dy",
    "map": "dy",
    "rows": ":, r : r + dy.shape[1]",
    "columns": "c : c + dy.shape[2]",
}
"""The parts of the passes where a pool follows each convolution."""

APART = {
    "apart": ", two pixels apart",
    "every": "[:, ::2, ::2]",
    "corners": "",
    "answers": """\
if i < {filters}:  # a convolution
            h, w, cols = (x.shape[1] - 3) // 2, (x.shape[2] - 3) // 2, windows(x)
            z = (W @ cols + b).reshape(len(W), h, w, -1)""",
    "dense": "z = W @ x + b",
    "remembered": "x, z, cols",
    "to_columns": "# one row a filter",
    "flattened": "dz",
    "map": "z",
    "rows": ":, r : r + 2 * z.shape[1] : 2",
    "columns": "c : c + 2 * z.shape[2] : 2",
}
"""The same where the stride of a convolution is 2, and nothing is pooled."""

ACCURACY = """
def accuracy(pictures, answers):
    parts = np.array_split(np.arange(len(answers)), len(answers) // 250 + 1)
    guesses = [forward(columns(pictures[part]))[0].argmax(axis=0) for part in parts]
    return (np.concatenate(guesses) == answers).mean()
"""


def network_section(config: TrainingConfig) -> str:
    """Return the section."""
    activation = ACTIVATIONS[config.activation]
    initial = "\n    ".join(INITIALIZERS[config.initializer].numpy_draw)
    size = ["out", "fan_in", *(["fan_out"] if "fan_out" in initial else [])]
    network = NETWORK.format(
        sides=_sides(config),
        size=", ".join(size),
        sizes=_sizes(config, len(size)),
        initial=initial,
        function=activation.numpy_forward,
        slope=activation.numpy_derivative,
    )
    return network + _chance(config) + _passes(config) + ACCURACY


def _chance(config: TrainingConfig) -> str:
    """Return the generator that dropout and augmentation share, and the masks of dropout."""
    used = {"augmentation": config.augmentation, "dropout": config.dropout}
    drawn = " and ".join(name for name, strength in used.items() if strength)
    if not drawn:
        return ""
    return CHANCE.format(drawn=drawn) + (KEPT if config.dropout else "")


def _passes(config: TrainingConfig) -> str:
    """Return the forward and backward pass, with dropout on the hidden layers where it is used."""
    text = FORWARD_CONVOLUTION if config.filters else FORWARD_DENSE
    parts = POOLED if config.front.pools else APART
    first, end = len(config.filters), len(config.filters) + len(config.hidden)
    return text.format(
        **parts | {"answers": parts["answers"].format(filters=len(config.filters))},
        drop=", drop=0.0" if config.dropout else "",
        mask=MASK.format(first=first, end=end) if config.dropout else "",
        and_mask=", mask" if config.dropout else "",
        times_mask=" * mask" if config.dropout else "",
    )


def _sizes(config: TrainingConfig, length: int) -> str:
    """Return an expression for (units, fan in, fan out)[:length] of every layer, first to last."""
    before = "images[0].size"
    sizes = []
    for out, channels in zip(config.filters, (1, *config.filters), strict=False):
        window = FILTER_SIZE**2
        sizes.append((str(out), str(channels * window), str(out * window)))
        before = f"{out} * h * w"
    for units in (*map(str, config.hidden), "int(labels.max()) + 1"):
        sizes.append((units, before, units))
        before = units
    tuples = (f"({', '.join(size[:length])})" for size in sizes)
    return f"[{', '.join(tuples)}]"


def _sides(config: TrainingConfig) -> str:
    """Return the line that computes the height and width of an image behind the filters."""
    stride = config.front.stride
    step = POOL_SIZE if config.front.pools else stride
    side = "n"
    for _ in config.filters:
        side = f"({side} - {FILTER_SIZE - stride}) // {step}"
    return f"h, w = ({side} for n in images.shape[1:])\n" if side != "n" else ""
