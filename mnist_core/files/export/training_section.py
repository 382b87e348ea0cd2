"""The exported program's last sections: the training, batch by batch, and the exam."""

from collections.abc import Sequence

from mnist_core.nn.network import CONVOLUTION_PASS, DENSE_PASS
from mnist_core.runs.snapshot import RateMove
from mnist_core.training.config import TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.schedules import SCHEDULES

SCHEDULE = """
fall = lambda t: {factor}
schedule = lambda t: t / {warmup} if t < {warmup} else fall((t - {warmup}) / (1 - {warmup}))
"""

GRADIENT = """
# %% The training
def gradient(chosen, n):  # of the loss of the chosen pictures, as a part of a batch of n
    z, memory = forward(columns({pictures}){drop})
    p = (e := np.exp(z - z.max(axis=0))) / e.sum(axis=0)
    p[labels[chosen], np.arange(len(chosen))] -= 1  # cross-entropy's slope: p - y
    return backward(p / np.float32(n), memory)
"""

PASSES = """
def passes(chosen):  # a large batch in as few parts of at most {longest} pictures as can be
    length = -(-len(chosen) // -(-len(chosen) // {longest}))
    return np.split(chosen, range(length, len(chosen), length))
"""

TRAINING = """
memory_1, memory_2 = [[np.zeros_like(p) for p in parameters] for _ in (1, 2)]
batch = min(BATCH, len(learnt))
per_epoch = -(-len(learnt) // batch)
steps, step, factor = EPOCHS * per_epoch, 0, 1.0
for epoch in range({epochs}):
    shuffled = rng.permutation(learnt) if batch < len(learnt) else np.sort(learnt)
    for chosen in np.split(shuffled, range(batch, len(learnt), batch)){made}:
        {gradients}
        {rate}
        step += 1
        for i, (w, g, m, v) in enumerate(zip(parameters, gradients, memory_1, memory_2)):
            {update}
    if step % (per_epoch * max(1, EPOCHS // 10)) == 0:
        print(f"epoch {{epoch + 1}}, practice exam: {{accuracy(images[dev], labels[dev]):.2%}}")

# %% The exam
print(f"dev accuracy {{accuracy(images[dev], labels[dev]):.4f}}")
print(f"test accuracy {{accuracy(read('t10k-images-idx3'), read('t10k-labels-idx1')):.4f}}")
"""

IN_ONE_PASS = ["gradients = gradient(chosen, len(chosen))"]
IN_PASSES = [
    "first, *others = passes(chosen)",
    "gradients = gradient(first, len(chosen))",
    "for part in others:",
    "    gradients = [g + more for g, more in zip(gradients, gradient(part, len(chosen)))]",
]

L2 = "g += DECAY * w * (i % 2 == 0)  # weights, not biases"
"""The line that adds the slope of weight decay to the gradient."""


def training_section(config: TrainingConfig, moves: Sequence[RateMove], steps: int | None) -> str:
    """The sections: each step that was made, at the learning rate that it was made with."""
    longest = CONVOLUTION_PASS if config.filters else DENSE_PASS
    large = (config.batch_size or config.examples) > longest
    training = TRAINING.format(
        epochs="EPOCHS" if steps is None else "-(-STEPS // per_epoch)",
        made="" if steps is None else "[: STEPS - step]",
        gradients=_lines(IN_PASSES if large else IN_ONE_PASS, 8),
        rate=_rate(config, moves),
        update=_lines(_update(config), 12),
    )
    passes = PASSES.format(longest=longest) if large else ""
    return _gradient(config) + passes + _schedule(config) + training


def _lines(lines: Sequence[str], indent: int) -> str:
    return f"\n{' ' * indent}".join(lines)


def _gradient(config: TrainingConfig) -> str:
    return GRADIENT.format(
        pictures="varied(images[chosen])" if config.augmentation else "images[chosen]",
        drop=", DROPOUT" if config.dropout else "",
    )


def _scheduled(config: TrainingConfig) -> bool:
    return config.schedule != "constant" or config.warmup > 0


def _schedule(config: TrainingConfig) -> str:
    factor = SCHEDULES[config.schedule].numpy_factor
    written = SCHEDULE.format(warmup=repr(config.warmup), factor=factor)
    return written if _scheduled(config) else ""


def _rate(config: TrainingConfig, moves: Sequence[RateMove]) -> str:
    """The line that sets the learning rate of a step."""
    moved = " * (factor := MOVES.get(step, factor))" if moves else ""
    scheduled = " * schedule((step + 0.5) / steps)" if _scheduled(config) else ""
    return f"rate = RATE{moved}{scheduled}"


def _update(config: TrainingConfig) -> list[str]:
    """The lines that change weights w, given their gradient g."""
    optimizer = OPTIMIZERS[config.optimizer]
    coupled = config.weight_decay and not optimizer.decays_weights
    return [*([L2] if coupled else []), *optimizer.numpy_update(config)]
