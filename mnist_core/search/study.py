"""The Optuna study of a search: its trials, their outcomes, and the choice of the next one."""

from collections.abc import Sequence

import optuna
from optuna.trial import FrozenTrial, TrialState

from mnist_core.search.space import Span
from mnist_core.search.trial import Outcome

RANDOM_TRIALS = 6
"""Random trials before the sampler begins to learn from them."""


def new_study(seed: int) -> optuna.Study:
    """Create a study of the dev accuracy, whose choices depend on `seed` and on its outcomes.

    It chooses by the tree-structured Parzen estimator of Bergstra et al. 2011, and counts running
    trials as bad ones, so that different values are tried beside them.
    """
    sampler = optuna.samplers.TPESampler(
        seed=seed, n_startup_trials=RANDOM_TRIALS, constant_liar=True
    )
    return optuna.create_study(direction="maximize", sampler=sampler)


def next_trial(study: optuna.Study, spans: Sequence[Span]) -> optuna.Trial:
    """Ask for a new trial, with a value chosen in each of `spans`."""
    trial = study.ask()
    for span in spans:
        span.suggest(trial)
    return trial


def tell(study: optuna.Study, trial: optuna.Trial, outcome: Outcome) -> None:
    """Add the outcome of a trial to the study."""
    for tenth, accuracy in outcome.accuracies.items():
        trial.report(accuracy, tenth)
    if outcome.failure:
        study.tell(trial, state=TrialState.FAIL)
    elif outcome.pruned:
        study.tell(trial, state=TrialState.PRUNED)
    else:
        study.tell(trial, outcome.accuracies[max(outcome.accuracies)])


def finished_trials(study: optuna.Study) -> list[FrozenTrial]:
    """Return the trials that were completed, oldest first."""
    return study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))


def known_trials(study: optuna.Study) -> tuple[FrozenTrial, ...]:
    """Return the trials that were completed or pruned, with which the pruner compares others."""
    states = (TrialState.COMPLETE, TrialState.PRUNED)
    return tuple(study.get_trials(deepcopy=False, states=states))


def importances(study: optuna.Study) -> dict[str, float]:
    """Return each hyperparameter's importance for being among the best trials, highest first.

    The shares add up to 1, or are all 0. PED-ANOVA: Watanabe, Bansal & Hutter 2023. It needs at
    least two completed trials.
    """
    evaluator = optuna.importance.PedAnovaImportanceEvaluator()
    return optuna.importance.get_param_importances(study, evaluator=evaluator)


def best_trial(study: optuna.Study) -> FrozenTrial | None:
    """Return the trial with the highest dev accuracy; None before the first is completed."""
    return max(finished_trials(study), key=lambda trial: trial.value or 0.0, default=None)
