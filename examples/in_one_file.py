"""The lab's network of 128 units in one file: a training run of MNIST Lab in NumPy. python run.py FOLDER_OF_MNIST

The program takes the same steps with the same random numbers, but it rounds differently: its
results may differ from the lab's by a tenth or two of a percentage point."""
import gzip, sys
from pathlib import Path
import numpy as np

FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
SEED, EPOCHS, EXAMPLES, BATCH, RATE = 0, 5, 55000, 128, 0.006

# %% The pictures: a column is a picture, 0 is paper and 1 is ink
def read(name):
    plain, packed = FOLDER / f"{name}-ubyte", FOLDER / f"{name}-ubyte.gz"
    raw = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
    shape = np.frombuffer(raw, ">u4", raw[3], 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)

images, labels = read("train-images-idx3"), read("train-labels-idx1")
order = np.random.default_rng(SEED).permutation(len(images))
dev, learnt = order[:(kept := min(5_000, len(order) // 6))], order[kept:][:EXAMPLES]
columns = lambda pictures: pictures.reshape(len(pictures), -1).T.astype(np.float32) / 255

# %% The network: its starting weights, and what it makes of a batch
rng = np.random.default_rng(SEED)
parameters = []
for out, fan_in in [(128, images[0].size), (int(labels.max()) + 1, 128)]:
    W, b = rng.normal(0, (2 / fan_in) ** 0.5, (out, fan_in)), np.zeros((out, 1))
    parameters += [W.astype(np.float32), b.astype(np.float32)]

f = lambda z: np.maximum(z, 0)
slope = lambda z: (z > 0).astype(z.dtype)

def forward(x):
    memory = []
    for i, (W, b) in enumerate(zip(parameters[::2], parameters[1::2])):
        z = W @ x + b
        memory.append((x, z))
        x = f(z)
    return z, memory

def backward(dz, memory):  # dz: the slope of the loss by z of the last layer
    gradients = []
    for W, (x, z) in reversed(list(zip(parameters[::2], memory))):
        dz = dz * slope(z) if gradients else dz
        gradients[:0] = [dz @ x.T, dz.sum(axis=1, keepdims=True)]
        dz = W.T @ dz
    return gradients

def accuracy(pictures, answers):
    parts = np.array_split(np.arange(len(answers)), len(answers) // 250 + 1)
    guesses = [forward(columns(pictures[part]))[0].argmax(axis=0) for part in parts]
    return (np.concatenate(guesses) == answers).mean()

# %% The training
def gradient(chosen, n):  # of the loss of the chosen pictures, as a part of a batch of n
    z, memory = forward(columns(images[chosen]))
    p = (e := np.exp(z - z.max(axis=0))) / e.sum(axis=0)
    y = labels[chosen], np.arange(len(chosen))
    p[y] = 0  # cross-entropy's slope is p - y: at the label, minus the sum of the others
    p[y] = -p.sum(axis=0)
    return backward(p / np.float32(n), memory)

schedule = lambda t: (1 - 0.48 * (1 + np.cos(np.pi * t / 0.3)) if t < 0.3 else 1e-4 + 0.49995 * (1 + np.cos(np.pi * (t - 0.3) / 0.7)))

memory_1, memory_2 = [[np.zeros_like(p) for p in parameters] for _ in (1, 2)]
batch = min(BATCH, len(learnt))
per_epoch = -(-len(learnt) // batch)
steps, step, factor = EPOCHS * per_epoch, 0, 1.0
for epoch in range(EPOCHS):
    shuffled = rng.permutation(learnt) if batch < len(learnt) else np.sort(learnt)
    for chosen in np.split(shuffled, range(batch, len(learnt), batch)):
        gradients = gradient(chosen, len(chosen))
        rate = RATE * schedule((step + 0.5) / steps)
        step += 1
        for i, (w, g, m, v) in enumerate(zip(parameters, gradients, memory_1, memory_2)):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            w -= rate * m / (1 - 0.9**step) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    if (epoch + 1) % max(1, EPOCHS // 10) == 0:
        exam = accuracy(images[dev], labels[dev])
        print(f"after {step / per_epoch:.3g} epochs, practice exam: {exam:.2%}")

# %% The exams
print(f"practice exam (validation set): {accuracy(images[dev], labels[dev]):.2%}")
print(f"final exam (test set): {accuracy(read('t10k-images-idx3'), read('t10k-labels-idx1')):.2%}")
