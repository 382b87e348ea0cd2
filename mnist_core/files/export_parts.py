"""The pieces of NumPy that an exported program is put together from: formulas, written out.

The words in braces are filled in by `mnist_core.export`.
"""

DATA = '''\
"""{title}: a training run of MNIST Lab in NumPy. python run.py FOLDER_OF_THE_MNIST_FILES"""
import gzip, sys
from pathlib import Path
import numpy as np

FOLDER = {folder}
{constants}

# %% The pictures: a column is a picture, 0 is paper and 1 is ink
def read(name):
    plain, packed = FOLDER / f"{{name}}-ubyte", FOLDER / f"{{name}}-ubyte.gz"
    raw = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
    shape = np.frombuffer(raw, ">u4", raw[3], 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)

images, labels = read("train-images-idx3"), read("train-labels-idx1")
order = np.random.default_rng(SEED).permutation(len(images))
dev, learnt = order[:{dev_size}], order[{dev_size}:][:EXAMPLES]
columns = lambda pictures: pictures.{columns}.astype(np.float32) / 255
'''

NETWORK = """
# %% The network: its first weights, and what it makes of a batch
rng = np.random.default_rng(SEED)
{before}parameters = []
for out, fan_in in {sizes}:
    {initial}
    parameters += [W.astype(np.float32), b.astype(np.float32)]

f = lambda z: {function}
slope = lambda z: {slope}
"""

MASKS = "masks = rng.spawn(1)[0]  # where dropout draws from\n"

FORWARD_DENSE = """
def forward(x{drop}):
    memory = []
    for i in range(0, len(parameters), 2):
        z, mask = parameters[i] @ x + parameters[i + 1], 1{mask}
        memory.append((x, z, mask))
        x = f(z) * mask
    return z, memory

def backward(dz, memory):  # dz: the slope of the loss by z of the last layer
    gradients = []
    for W, (x, z, mask) in reversed(list(zip(parameters[::2], memory))):
        dz = dz * mask * slope(z) if gradients else dz
        gradients[:0] = [dz @ x.T, dz.sum(axis=1, keepdims=True)]
        dz = W.T @ dz
    return gradients
"""

MASK = """
        if drop and i < len(parameters) - 2:
            mask = (masks.random(z.shape, np.float32) >= drop) / np.float32(1 - drop)"""

FORWARD_CONVOLUTION = """
def windows(x):  # every 5 x 5 window of the image as a column
    cut = np.lib.stride_tricks.sliding_window_view(x, (5, 5), axis=(1, 2))
    return cut.transpose(0, 4, 5, 1, 2, 3).reshape(len(x) * 25, -1)
def corners(x, h, w):  # the four numbers of every 2 x 2 tile
    return [x[:, i : 2 * h : 2, j : 2 * w : 2] for i in (0, 1) for j in (0, 1)]

def forward(x):
    memory = []
    for i, (W, b) in enumerate(zip(parameters[::2], parameters[1::2])):
        if i < {filters}:  # a convolution, then the largest of each 2 x 2 tile
            h, w, cols = x.shape[1] - 4, x.shape[2] - 4, windows(x)
            four = corners((W @ cols + b).reshape(len(W), h, w, -1), h // 2, w // 2)
            memory.append((x, z := np.max(four, axis=0), cols, np.argmax(four, axis=0)))
        else:
            x = x.reshape(-1, x.shape[-1])
            memory.append((x, z := W @ x + b, x, None))
        x = f(z)
    return z, memory

def backward(dz, memory):  # dz: the slope of the loss by z of the last layer
    gradients = []
    for W, (x, z, cols, largest) in reversed(list(zip(parameters[::2], memory))):
        dz = dz.reshape(z.shape) * slope(z) if gradients else dz
        if cols is not x:  # back through the tiles, to the number that was the largest
            dy = np.zeros((len(W), x.shape[1] - 4, x.shape[2] - 4, x.shape[3]), np.float32)
            for k, corner in enumerate(corners(dy, *z.shape[1:3])):
                corner[:] = dz * (largest == k)
            dz = dy.reshape(len(W), -1)
        gradients[:0] = [dz @ cols.T, dz.sum(axis=1, keepdims=True)]
        dz = W.T @ dz
        if cols is not x:  # back through the windows, to where they were cut out
            back, dz = dz.reshape(len(x), 5, 5, *dy.shape[1:]), np.zeros_like(x)
            for r, c in np.ndindex(5, 5):
                dz[:, r : r + dy.shape[1], c : c + dy.shape[2]] += back[:, r, c]
    return gradients
"""

ACCURACY = """
def accuracy(pictures, answers):
    parts = np.array_split(np.arange(len(answers)), len(answers) // 250 + 1)
    guesses = [forward(columns(pictures[part]))[0].argmax(axis=0) for part in parts]
    return (np.concatenate(guesses) == answers).mean()
"""

SCHEDULE = """
fall = lambda t: {factor}
schedule = lambda t: t / {warmup} if t < {warmup} else fall((t - {warmup}) / (1 - {warmup}))
"""

TRAINING = """
# %% The training
memory_1, memory_2 = [[np.zeros_like(p) for p in parameters] for _ in (1, 2)]
batch = min(BATCH, len(learnt))
steps, step, factor = EPOCHS * -(-len(learnt) // batch), 0, 1.0
for epoch in range(EPOCHS):
    shuffled = rng.permutation(learnt) if batch < len(learnt) else learnt
    for chosen in np.split(shuffled, range(batch, len(learnt), batch)):
        z, memory = forward(columns(images[chosen]){drop})
        p = (e := np.exp(z - z.max(axis=0))) / e.sum(axis=0)
        p[labels[chosen], np.arange(len(chosen))] -= 1  # cross-entropy's slope: p - y
        gradients = backward(p / np.float32(len(chosen)), memory)
        {rate}
        step += 1
        for i, (w, g, m, v) in enumerate(zip(parameters, gradients, memory_1, memory_2)):
            {update}
    if (epoch + 1) % max(1, EPOCHS // 10) == 0:
        print(f"epoch {{epoch + 1}}: {{accuracy(images[dev], labels[dev]):.2%}} of new pictures")

# %% The exam
print(f"dev accuracy {{accuracy(images[dev], labels[dev]):.4f}}")
print(f"test accuracy {{accuracy(read('t10k-images-idx3'), read('t10k-labels-idx1')):.4f}}")
"""

L2 = "g += DECAY * w * (i % 2 == 0)  # weights, not biases"
"""The line that adds the slope of weight decay to the gradient."""
