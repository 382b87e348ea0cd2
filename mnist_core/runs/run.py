"""A training run on a thread of its own: started, paused, stepped, stopped, and observed.

Only its thread touches the network in training. Other threads get a `Snapshot`, which never
changes.
"""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from time import monotonic, sleep

from mnist_core.data import Dataset, Split
from mnist_core.errors import LabError
from mnist_core.jobs.forecast import expected_wait
from mnist_core.jobs.gate import Gate
from mnist_core.jobs.job import Job, seconds_left_of
from mnist_core.jobs.liveness import ALWAYS_PRESENT, Client
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.jobs.spill import DiskBacked
from mnist_core.runs.elsewhere import (
    ClusterGoneError,
    NoWorkerError,
    Placement,
    PlacementOpener,
    WorkerLostError,
    nowhere,
)
from mnist_core.runs.recorder import RunRecorder
from mnist_core.runs.report import Command, Ending, Order, Report, Wish
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Event, Measured, Started, Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.metrics import evaluate
from mnist_core.training.train_state import Interruption, TrainState

LOOK_SECONDS = 0.02
"""Seconds between checks, in a wait for the first point, whether the run is queued instead."""

WORTHWHILE_SECONDS = 3.0
"""Remaining seconds of a run that are worth another process, whose start takes half a second."""

REPORT_SECONDS = 0.2
"""Seconds between two reports from a run on a cluster."""

MOST_LOSSES = 3
"""The most workers that a run may lose one after the other without a report in between."""


class Run(Job):
    """One training run, from its request on.

    A paused run releases its slot, or leaves the queue, and when it resumes is served before all
    later arrivals; a single step waits for a slot, too. A run that has had its slot for a whole
    time slice releases it to waiting jobs, and queues behind them. Where slots are free, other
    processes help, until a job asks for one.

    Args:
        dataset: the data set that the indices of `split` point into.
        split: the training examples, and those to measure on.
        config: the hyperparameters.
        scheduler: the slots for all work on this machine.
        client: the run's owner; the run stops itself after an absence of `GRACE_SECONDS`.
        test: the test set, on which the trained network is measured once, at the end.
        before: a run that `can_go_on`, whose training and curve this one continues.
        past: instead, a run of which only the network is left: the optimizer begins anew, and the
            curve is continued.
        open_placement: opens a placement on a cluster; called whenever the run has got a slot.
    """

    def __init__(
        self,
        dataset: Dataset,
        split: Split,
        config: TrainingConfig,
        scheduler: Scheduler,
        client: Client = ALWAYS_PRESENT,
        test: Dataset | None = None,
        before: "Run | None" = None,
        past: Snapshot | None = None,
        open_placement: PlacementOpener = nowhere,
    ) -> None:
        super().__init__("training", scheduler, client)
        self.config = config
        self._arguments = dataset, split
        self._test = test
        self._open_placement = open_placement
        self._start = scheduler.virtual_start(client.name)
        self._gate = Gate()
        self._rate_factor = 1.0
        self._train_state: DiskBacked[TrainState] | None = None
        self._recorder = RunRecorder(min(config.examples, len(split.train)), past)
        if before:
            self._rate_factor = before._rate_factor
            self._train_state, self._recorder = before._train_state, before._recorder
            self._recorder.continue_recording()
        elif past and past.network:
            self._rate_factor = past.rate_factor(config.learning_rate)
            train_state = TrainState.of(past.network.copy(), config)
            steps, seconds = past.iteration, past.seconds
            self._train_state = DiskBacked(replace(train_state, steps=steps, seconds=seconds))
        self._controls = Controls(self._rate_factor)
        self._interruption: Interruption | None = None
        self._phase_begun = False
        self._losses = 0
        self._keeps_best = False
        self._settled = False

    @property
    def held(self) -> bool:
        """True after a pause or a single step, until the run is resumed."""
        return self._gate.held

    @property
    def is_ending(self) -> bool:
        """True if it takes no more steps and its network is being measured, which may take long."""
        return not self.over and (self._stopped.is_set() or self._recorder.complete)

    @property
    def pace(self) -> float | None:
        """The limit in steps a second; None for no limit."""
        return self._gate.steps_per_second

    def set_pace(self, steps_per_second: float | None) -> None:
        """Limit the steps a second from now on, or lift the limit by None."""
        self._gate.limit(steps_per_second)

    def pause(self) -> None:
        """Pause before the next step."""
        self._gate.hold()

    def resume(self) -> None:
        """Continue after a pause."""
        self._gate.open()

    def step(self) -> None:
        """Take one step as soon as there is a slot, then pause."""
        self._gate.allow_step()

    def stop(self) -> None:
        """End before the next step; the network so far is measured and kept."""
        super().stop()
        self._gate.wake()

    def keep_best(self) -> None:
        """Keep the network with the highest dev accuracy, and end the run if it goes on."""
        self._keeps_best = True
        # `_settle` sets `_settled` before it reads `_keeps_best`, so one of the threads sees both.
        if self._settled:
            self._settle()
        else:
            self.stop()

    def change_learning_rate(self, factor: float) -> None:
        """Multiply the configured and scheduled rate by `factor` from the next step on."""
        self._rate_factor = factor

    def wait_for_point(self, timeout: float) -> None:
        """Wait until the curve has a point, or the run is queued; at most `timeout` seconds."""
        end = monotonic() + timeout
        while not self.queue_position and monotonic() < end:
            if self._recorder.wait_for_point(LOOK_SECONDS):
                return

    def snapshot(self) -> Snapshot:
        """Return the run as it is now.

        A paused or stopped run is about to leave the queue, and counts as outside it.
        """
        still = self._gate.still
        leaves = still or self._stopped.is_set()
        queue = None if leaves else self._scheduler.queue_state(self)
        now = self._recorder.snapshot(
            queue_position=len(queue.ahead) + 1 if queue else 0,
            seconds_to_wait=expected_wait(queue, seconds_left_of) if queue else None,
            steps_asked=self._gate.steps_asked,
            pace=self.pace,
        )
        return replace(now, status=Status.PAUSED) if still and now.status is Status.WAITING else now

    @property
    def can_go_on(self) -> bool:
        """True if it can continue exactly where it ended.

        For that it has kept its last network and its train state.
        """
        now = self._recorder.snapshot()
        ended = now.status in {Status.FINISHED, Status.STOPPED}
        return ended and self._train_state is not None and now.steps_kept == now.iteration

    @property
    def seconds_left(self) -> float | None:
        """The estimated seconds of the remaining steps; None before the first."""
        return self._recorder.seconds_left(self.pace)

    def spill(self) -> None:
        """Spill networks and train state to the disk until the next access, if the run is over."""
        if self.over:
            self._recorder.spill()
            if self._train_state:
                self._train_state.spill()

    def _work(self) -> None:
        status = self._train() if self._wait_for_slot() else Status.STOPPED
        self._recorder.set_status(status)

    def _keep_failure(self, message: str) -> None:
        self._recorder.fail(message)

    def _train(self) -> Status:
        """Train to the end and return the final status; free all that continuing does not need."""
        dataset, split = self._arguments
        if self._train_state is None:
            new = TrainState.new(self.config, dataset.images.shape[1:], dataset.classes)
            self._train_state = DiskBacked(new)
        try:
            status = self._learn(dataset, split, self._train_state.get())
            if status is not Status.DIVERGED:
                self._settle()
            return status
        finally:
            self._recorder.forget_training()
            self._interruption = None
            del self._arguments

    def _learn(self, dataset: Dataset, split: Split, train_state: TrainState) -> Status:
        """Train to the end of the phase: on a cluster while there is one, else in this process."""
        factor = self._controls.learning_rate_factor
        now = Interruption(train_state, train_state.steps, rate_factor=factor)
        self._interruption = now
        while not self._given_up() and (placement := self._open_placement()) is not None:
            try:
                with closing(placement):
                    report = self._follow_placement(placement, self._order(split), dataset)
            except NoWorkerError:
                self._change_slot()
            except WorkerLostError:
                self._move()
            except ClusterGoneError as error:
                if not self._phase_begun:
                    break
                return self._end_early(str(error))
            else:
                if report.ending is not Ending.SUSPENDED:
                    return self._final_status(report)
                self._leave_slot()
        return self._learn_here(dataset, split)

    def _learn_here(self, dataset: Dataset, split: Split) -> Status:
        """Train in this process from the last milestones to the end of the phase."""
        assert self._interruption is not None
        if self._phase_begun:
            self._recorder.resume_phase()
        self._train_state = DiskBacked(self._interruption.train_state)
        self._controls.learning_rate_factor = self._interruption.rate_factor
        self._controls.ended = self._given_up()
        events = train(
            dataset,
            split,
            self.config,
            controls=self._controls,
            interruption=self._interruption,
        )
        return self._follow(events, self._interruption.train_state)

    def _order(self, split: Split) -> Order:
        """Order the rest of the phase, or the single step that was asked for."""
        assert self._interruption is not None
        single = self._gate.held and not self._gate.holds()
        return Order(
            self.config,
            split,
            self._interruption,
            replace(self._recorder.figures(), resumes=self._phase_begun),
            self._recorder.networks(),
            most_steps=1 if single else None,
        )

    def _follow_placement(self, placement: Placement, order: Order, dataset: Dataset) -> Report:
        """Record what a worker reports, and return its last report.

        Raises:
            LabError: the training failed there.
        """
        placement.begin(order, dataset)
        while True:
            wish = self._wish(order)
            for report in placement.exchange(Command(wish, self.pace, self._rate_factor)):
                self._take_in(report)
                if report.ending is not None:
                    return report
            sleep(REPORT_SECONDS)

    def _wish(self, order: Order) -> Wish:
        if self._given_up():
            return Wish.END
        paused = self._gate.held and order.most_steps is None
        return Wish.SUSPEND if paused or self._scheduler.time_slice_is_over(self) else Wish.GO_ON

    def _take_in(self, report: Report) -> None:
        if report.ending is Ending.FAILED:
            raise LabError(report.failure)
        self._phase_begun = True
        self._recorder.take_in(report)
        if report.milestones is not None:
            self._interruption = report.milestones.interruption
            self._losses = 0

    def _move(self) -> None:
        """Go on from the last milestones, on another worker than the one that was lost.

        Raises:
            LabError: worker after worker was lost before it reported any.
        """
        assert self._interruption is not None
        self._losses += 1
        if self._losses > MOST_LOSSES:
            raise LabError(
                f"{MOST_LOSSES} computers in a row failed at this training, perhaps for want of "
                "memory: choose fewer layers, or fewer units."
            )
        self._recorder.add_move(self._interruption.train_state.steps)
        self._change_slot()

    def _change_slot(self) -> None:
        """Give the slot back, and wait for one again."""
        self._release_slot()
        self._wait_for_slot()

    def _leave_slot(self) -> None:
        """Release the slot while a pause lasts, or at the end of its time slice."""
        if self._gate.still:
            self._change_slot()
        else:
            self._end_time_slice()

    def _final_status(self, report: Report) -> Status:
        """Keep what the run can go on from, and return its final status."""
        if report.train_state is not None:
            self._train_state = DiskBacked(report.train_state)
        if report.ending is Ending.DIVERGED:
            return Status.DIVERGED
        return Status.FINISHED if self._recorder.complete else Status.STOPPED

    def _end_early(self, message: str) -> Status:
        """End with what was reported last, from which the run cannot go on exactly."""
        self._recorder.stop_with(message)
        self._train_state = None
        return Status.STOPPED

    def _settle(self) -> None:
        """Decide which network is kept, and measure it on the test set."""
        self._settled = True
        if self._keeps_best:
            self._recorder.keep_best()
        network = self._recorder.network
        if self._test is not None and network is not None:
            self._recorder.set_test_accuracy(evaluate(network, self._test).accuracy)

    def _follow(self, events: Iterable[Event], train_state: TrainState) -> Status:
        self._recorder.resume_clock()
        for event in events:
            self._recorder.add(event)
            if isinstance(event, Diverged):
                return Status.DIVERGED
            if isinstance(event, Step):
                self._keep_pace()
                self._scheduler.give_way()
                self._end_time_slice()
                self._use_spare_cores()
            if isinstance(event, Started | Step):
                self._obey_pause()
            self._controls.ended = self._given_up()
            fixed = isinstance(event, Measured)  # the rate of its step
            if not fixed and train_state.steps >= self._recorder.iteration:
                self._apply_rate()
        return Status.FINISHED if self._recorder.complete else Status.STOPPED

    def _apply_rate(self) -> None:
        """Apply a manual learning rate between two steps, so that its recorded step is exact."""
        if self._rate_factor != self._controls.learning_rate_factor:
            self._controls.learning_rate_factor = factor = self._rate_factor
            self._recorder.add_rate_change(self.config.learning_rate * factor)

    def _use_spare_cores(self) -> None:
        """Let other processes help from the next step on, while there are spare slots.

        The result does not depend on it, see `BatchGradient`.
        """
        soon_over = (self.seconds_left or 0.0) < WORTHWHILE_SECONDS
        if self.pace is not None or (self._controls.threads == 1 and soon_over):
            self._controls.threads = 1
        else:
            self._controls.threads = 1 + self._scheduler.spare_slots()

    def _keep_pace(self) -> None:
        """Wait until the next step is due under a rate limit; the wait is not training time."""
        if self.pace is None:
            return
        self._recorder.publish()
        self._gate.wait_for_next(self._given_up)
        self._recorder.resume_clock()

    def _obey_pause(self) -> None:
        """Release the slot while a pause lasts, and queue for one again."""
        while self._gate.holds() and not self._given_up():
            self._recorder.publish()
            self._release_slot()
            self._wait_for_slot()
            self._recorder.resume_clock()

    def _end_time_slice(self) -> None:
        """Release the slot to waiting jobs at the end of its time slice, and queue behind them."""
        if self._scheduler.time_slice_is_over(self):
            self._recorder.publish()
            self._release_slot()
            self._start = self._scheduler.virtual_start(self._client.name)
            self._wait_for_slot()
            self._recorder.resume_clock()

    def _wait_for_slot(self) -> bool:
        """Wait for a slot, in the queue unless paused; return False if the run is given up."""
        while not self._given_up():
            if self._gate.still:
                self._recorder.set_status(Status.PAUSED)
                self._gate.wait_while_still(self._given_up)
                continue
            self._recorder.set_status(Status.WAITING)
            if self._acquire_slot(lambda: self._gate.still, self._start):
                self._recorder.set_status(Status.RUNNING)
                return True
        return False
