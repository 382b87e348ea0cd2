"""With the settings for few pictures, a network learns what somebody has drawn."""

from mnist_core.drawn.halves import as_data
from mnist_core.drawn.suited import suited_config
from mnist_core.training.fit import fit
from mnist_core.training.metrics import evaluate
from tests.core.drawn.hands import shapes


def test_sixty_drawings_are_enough_for_three_classes() -> None:
    """Read are 30 drawings by the same hand that no network has seen, for a finer figure."""
    data = as_data(shapes(20))
    model = fit(suited_config(len(data.train)), data)
    assert model.results["test_accuracy"] >= 0.9
    others = as_data(shapes(50, seed=1)).test
    assert evaluate(model.network, others).accuracy >= 0.9


def test_more_pictures_take_fewer_passes_and_about_as_many_steps() -> None:
    few, many = suited_config(48), suited_config(1_600)
    assert few.epochs > many.epochs
    for config, learned in ((few, 40), (many, 1_334)):
        assert 350 <= config.epochs * -(-learned // (config.batch_size or learned)) <= 700
        assert config.augmentation > 0
