"""What is said about a run, in words for people."""

from mnist_core.snapshot import Snapshot, Status


def progress(now: Snapshot) -> str:
    """Where a run stands that is not over."""
    if now.status is Status.WAITING and now.place:
        return f"Waiting for a free place: number {now.place} in the queue."
    if not now.iterations:
        return "Getting ready …"
    epoch = min(now.iteration // now.iterations_per_epoch + 1, epochs(now))
    return (
        f"Epoch {epoch:,} of {epochs(now):,} · step {now.iteration:,} of {now.iterations:,} · "
        f"about {seconds(now.seconds_left)} left"
    )


def outcome(now: Snapshot) -> str:
    """How a run ended."""
    if now.status is Status.FINISHED:
        return (
            f"Finished in {seconds(now.seconds)}: it reads {share(now)} of 100 pictures right "
            "that it has never seen."
        )
    if now.status is Status.STOPPED and now.history:
        return f"Stopped: it reads {share(now)} of 100 pictures right. What it has learnt is kept."
    return now.message or "Stopped before it had learnt anything."


def share(now: Snapshot) -> str:
    """The latest accuracy on pictures kept back, out of a hundred."""
    return f"{now.history[-1].dev_accuracy * 100:.1f}"


def epochs(now: Snapshot) -> int:
    """How many times the run goes through its pictures in all."""
    return now.iterations // now.iterations_per_epoch


def seconds(duration: float) -> str:
    """A duration as people say it."""
    if duration < 1:
        return "under a second"
    if duration < 100:
        return f"{duration:.0f} s"
    if duration < 6_000:
        return f"{duration / 60:.0f} min"
    return f"{duration / 3_600:.1f} h"
