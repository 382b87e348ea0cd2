"""What a search knows: the trials of an Optuna study, what came of them, and what to try next."""

from collections.abc import Sequence

import optuna
from optuna.trial import FrozenTrial, TrialState

from mnist_core.search.space import Span
from mnist_core.search.trial import Outcome

RANDOM_TRIALS = 6
"""Trials at random before the choice begins to learn from them."""


def new_study(seed: int) -> optuna.Study:
    """A study of the dev accuracy, whose choices depend on `seed` and on what it is told.

    It chooses by the tree-structured Parzen estimator of Bergstra et al. 2011, and takes trials
    that go on for bad ones, so that others are tried beside them.
    """
    sampler = optuna.samplers.TPESampler(
        seed=seed, n_startup_trials=RANDOM_TRIALS, constant_liar=True
    )
    return optuna.create_study(direction="maximize", sampler=sampler)


def next_trial(study: optuna.Study, spans: Sequence[Span]) -> optuna.Trial:
    """A new trial, with a value chosen in each of `spans`."""
    trial = study.ask()
    for span in spans:
        span.suggest(trial)
    return trial


def tell(study: optuna.Study, trial: optuna.Trial, outcome: Outcome) -> None:
    """Add what came of a trial to the study."""
    for tenth, accuracy in outcome.accuracies.items():
        trial.report(accuracy, tenth)
    if outcome.failure:
        study.tell(trial, state=TrialState.FAIL)
    elif outcome.pruned:
        study.tell(trial, state=TrialState.PRUNED)
    else:
        study.tell(trial, outcome.accuracies[max(outcome.accuracies)])


def finished_trials(study: optuna.Study) -> list[FrozenTrial]:
    """The trials that went to their end, oldest first."""
    return study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))


def known_trials(study: optuna.Study) -> tuple[FrozenTrial, ...]:
    """The trials that went to their end or were pruned: what another one is compared with."""
    states = (TrialState.COMPLETE, TrialState.PRUNED)
    return tuple(study.get_trials(deepcopy=False, states=states))


def importances(study: optuna.Study) -> dict[str, float]:
    """How much each hyperparameter decided which trials were among the best, the most first.

    The shares add up to 1, or are all 0. PED-ANOVA: Watanabe, Bansal & Hutter 2023. It takes at
    least two finished trials.
    """
    evaluator = optuna.importance.PedAnovaImportanceEvaluator()
    return optuna.importance.get_param_importances(study, evaluator=evaluator)


def best_trial(study: optuna.Study) -> FrozenTrial | None:
    """The one that reached most; None before the first has finished."""
    return max(finished_trials(study), key=lambda trial: trial.value or 0.0, default=None)
