"""Reports of a training to the run that it belongs to: what has come about since the last one."""

from collections.abc import Callable
from time import monotonic

from mnist_core.nn.network import Network
from mnist_core.runs.record import RunFigures
from mnist_core.runs.recorder import RunRecorder
from mnist_core.runs.report import Ending, Milestones, Order, Report
from mnist_core.training.train_state import Interruption, TrainState

REPORT_SECONDS = 0.15
NETWORK_SECONDS = 0.5
MILESTONE_SECONDS = 2.0
"""The shortest intervals between two reports, two networks, and two milestones in them."""

BYTES_A_SECOND = 4 << 20
"""The bytes that a training may send, which makes the intervals of large networks longer."""

NETWORKS_IN_MILESTONES = 6
"""Networks that milestones are about as large as: what learns, its optimizer, checkpoint, best."""


class Reporter:
    """Makes reports from the record of a training.

    Args:
        recorder: the record.
        order: what the run knows already.
        interrupt: makes an independent copy of the training as it is now.
    """

    def __init__(
        self, recorder: RunRecorder, order: Order, interrupt: Callable[[], Interruption]
    ) -> None:
        self._recorder = recorder
        self._interrupt = interrupt
        self._points = len(order.figures.history)
        known = order.networks.checkpoints.so_far()
        self._known = {checkpoint.point.iteration for checkpoint in known}
        self._network = order.networks.network
        parameters = order.interruption.train_state.network.parameters.flat
        self._network_seconds = parameters.nbytes / BYTES_A_SECOND
        self._reported = self._sent_network = self._sent_milestones = 0.0

    @property
    def due(self) -> bool:
        """True if the last report was made long enough ago."""
        return monotonic() - self._reported > REPORT_SECONDS

    def report(self) -> Report:
        """Return what has come about, with a network and milestones if these are due."""
        now = monotonic()
        interval = max(MILESTONE_SECONDS, NETWORKS_IN_MILESTONES * self._network_seconds)
        milestones = self._milestones() if now - self._sent_milestones > interval else None
        return Report(self._new_figures(), self._new_network(), milestones)

    def milestone(self) -> Report:
        """Return what has come about, with milestones."""
        return Report(self._new_figures(), self._new_network(), self._milestones())

    def last(self, ending: Ending, train_state: TrainState | None = None) -> Report:
        """Return the last report, with all that the run does not know yet."""
        self._sent_network = 0.0
        figures, network = self._new_figures(), self._new_network()
        return Report(figures, network, self._milestones(), ending, train_state)

    def failed(self, message: str) -> Report:
        """Return the last report of a training that failed."""
        return Report(self._new_figures(), ending=Ending.FAILED, failure=message)

    def _new_figures(self) -> RunFigures:
        self._reported = monotonic()
        figures = self._recorder.figures(self._points)
        self._points += len(figures.history)
        return figures

    def _new_network(self) -> Network | None:
        network, now = self._recorder.network, monotonic()
        interval = max(NETWORK_SECONDS, self._network_seconds)
        if network is self._network or now - self._sent_network < interval:
            return None
        self._network, self._sent_network = network, now
        return network

    def _milestones(self) -> Milestones:
        self._sent_milestones = monotonic()
        networks = self._recorder.networks()
        checkpoints = networks.checkpoints.so_far()
        new = tuple(one for one in checkpoints if one.point.iteration not in self._known)
        kept = tuple(one.point.iteration for one in checkpoints)
        self._known = set(kept)
        return Milestones(self._interrupt(), networks.best, kept, new)
