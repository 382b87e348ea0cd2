"""The exported program's last sections: the training, batch by batch, and the exam."""

from collections.abc import Sequence
from textwrap import indent

from mnist_core.nn.network import CONVOLUTION_PASS, CONVOLUTION_SHARD, DENSE_PASS, DENSE_SHARD
from mnist_core.training.config import TrainingConfig
from mnist_core.training.history import LearningRateChange, Phase
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.random_streams import NUMBERS
from mnist_core.training.schedules import SCHEDULES
from mnist_core.training.shards import MOST_SHARDS

SCHEDULE = """
schedule = lambda t: {factor}
"""

WARM_UP = """
fall = lambda t: {factor}
schedule = lambda t: t / {rise} * fall(0) if t < {rise} else fall((t - {rise}) / (1 - {rise}))
"""

GRADIENT = """
# %% The training
def gradient(chosen, n):  # of the loss of the chosen pictures, as a part of a batch of n
    z, memory = forward(columns({pictures}){drop})
    p = (e := np.exp(z - z.max(axis=0))) / e.sum(axis=0)
    y = labels[chosen], np.arange(len(chosen))
    p[y] = 0  # cross-entropy's slope is p - y: at the label, minus the sum of the others
    p[y] = -p.sum(axis=0)
    return backward(p / np.float32(n), memory)
"""

PARTS = """
def parts(chosen):  # of a batch: up to {most} shares, each in parts of at most {longest} pictures
    cut = lambda some, length: np.split(some, range(length, len(some), length))
    length = -(-len(chosen) // min({most}, max(1, len(chosen) // {smallest})))
    for number, share in enumerate(cut(chosen, length)):{seek}
        yield from cut(share, -(-len(share) // -(-len(share) // {longest})))
"""

SEEK = """
        chance.bit_generator.state = begin  # each share has random numbers of its own
        chance.bit_generator.advance((step * {most} + number) * 2**{power})"""

TRAINING = """
memory_1, memory_2 = [[np.zeros_like(p) for p in parameters] for _ in (1, 2)]
batch = min(BATCH, len(learnt))
per_epoch = -(-len(learnt) // batch)
{loop}
# %% The exams
print(f"practice exam (validation set): {{accuracy(images[dev], labels[dev]):.2%}}")
print(f"final exam (test set): {{accuracy({test}):.2%}}")
"""

TEST = "read('t10k-images-idx3'), read('t10k-labels-idx1')"

WHOLE = """\
steps, step, factor = EPOCHS * per_epoch, 0, 1.0
"""

PHASES = """\
step, factor = 0, 1.0
for asked, made in LEGS:
    begun, steps = step, asked * per_epoch
"""

PHASES_ANEW = """\
step, factor, zero = 0, 1.0, 0
for asked, made, anew in LEGS:
    begun, steps = step, asked * per_epoch
    if anew:  # with the network alone: the optimizer and the order of the pictures begin again
        zero, rng = step, np.random.default_rng(SEED)
        memory_1, memory_2 = [[np.zeros_like(p) for p in parameters] for _ in (1, 2)]
"""

EPOCHS = """\
for epoch in range({epochs}):
    shuffled = rng.permutation(learnt) if batch < len(learnt) else np.sort(learnt)
    for chosen in np.split(shuffled, range(batch, len(learnt), batch)){made}:
        {gradients}
        {rate}
        step += 1
        for i, (w, g, m, v) in enumerate(zip(parameters, gradients, memory_1, memory_2)):
            {update}
    if (epoch + 1) % max(1, {asked} // 10) == 0:
        exam = accuracy(images[dev], labels[dev])
        print(f"after {{step / per_epoch:.3g}} epochs, practice exam: {{exam:.2%}}")
"""

IN_ONE_PASS = ["gradients = gradient(chosen, len(chosen))"]
IN_PARTS = [
    "of_parts = (gradient(part, len(chosen)) for part in parts(chosen))",
    "gradients = [sum(of_one) for of_one in zip(*of_parts)]",
]

L2 = "g += DECAY * w * (i % 2 == 0)  # weights, not biases"
"""The line that adds the gradient of weight decay to that of the loss."""


def training_section(
    config: TrainingConfig, rate_changes: Sequence[LearningRateChange], phases: Sequence[Phase]
) -> str:
    """Return the sections: each step of the run, at the learning rate of that step."""
    parts, anew = _parts(config), any(phase.anew for phase in phases)
    epochs = EPOCHS.format(
        epochs="-(-made // per_epoch)" if phases else "EPOCHS",
        made="[: begun + made - step]" if phases else "",
        asked="asked" if phases else "EPOCHS",
        gradients=_lines(IN_PARTS if parts else IN_ONE_PASS, 8),
        rate=_rate(config, rate_changes, "step - begun" if phases else "step"),
        update=_lines(_update(config, "(step - zero)" if anew else "step"), 12),
    )
    in_phases = (PHASES_ANEW if anew else PHASES) + indent(epochs, "    ")
    loop = in_phases if phases else WHOLE + epochs
    return _gradient(config) + parts + _schedule(config) + TRAINING.format(loop=loop, test=TEST)


def _lines(lines: Sequence[str], indent: int) -> str:
    return f"\n{' ' * indent}".join(lines)


def _parts(config: TrainingConfig) -> str:
    """Return the function that divides a batch into shards, where that makes a difference."""
    longest, smallest = (
        (CONVOLUTION_PASS, CONVOLUTION_SHARD) if config.filters else (DENSE_PASS, DENSE_SHARD)
    )
    by_chance = bool(config.dropout or config.augmentation)
    if not by_chance and (config.batch_size or config.examples) <= longest:
        return ""
    seek = SEEK.format(most=MOST_SHARDS, power=NUMBERS.bit_length() - 1) if by_chance else ""
    return PARTS.format(most=MOST_SHARDS, longest=longest, smallest=smallest, seek=seek)


def _gradient(config: TrainingConfig) -> str:
    return GRADIENT.format(
        pictures="varied(images[chosen])" if config.augmentation else "images[chosen]",
        drop=", DROPOUT" if config.dropout else "",
    )


def _scheduled(config: TrainingConfig) -> bool:
    return config.schedule != "constant" or config.warmup > 0


def _schedule(config: TrainingConfig) -> str:
    factor = SCHEDULES[config.schedule].numpy_factor
    written = WARM_UP if config.warmup else SCHEDULE
    return written.format(rise=config.warmup, factor=factor) if _scheduled(config) else ""


def _rate(config: TrainingConfig, rate_changes: Sequence[LearningRateChange], made: str) -> str:
    """Return the line that sets the learning rate of a step; `made` counts those before it."""
    moved = " * (factor := MOVES.get(step, factor))" if rate_changes else ""
    scheduled = f" * schedule(({made} + 0.5) / steps)" if _scheduled(config) else ""
    return f"rate = RATE{moved}{scheduled}"


def _update(config: TrainingConfig, step: str) -> list[str]:
    """Return the lines that change weights w, given their gradient g, in the optimizer's `step`."""
    optimizer = OPTIMIZERS[config.optimizer]
    coupled = config.weight_decay and not optimizer.decays_weights
    return [*([L2] if coupled else []), *optimizer.numpy_update(config, step)]
