"""Presets: the configurations to begin with."""

from mnist_core.files.storage import bundled, load_model
from mnist_core.training.presets import PRESETS


def test_the_presets() -> None:
    notebook, dense = PRESETS["notebook"].config, PRESETS["small_dense"].config
    assert (notebook.hidden, notebook.activation, notebook.initializer) == (
        (10,),
        "relu",
        "uniform",
    )
    assert (notebook.optimizer, notebook.momentum, notebook.learning_rate) == ("sgd", 0, 0.1)
    assert (notebook.batch_size, notebook.epochs, notebook.record_every) == (None, 500, 10)
    assert (dense.hidden, dense.optimizer, dense.epochs) == ((128,), "adam", 5)
    assert dense.batch_size is not None
    assert PRESETS["small_conv"].config.convolution != "none"
    for name, preset in PRESETS.items():
        assert (preset.config.weight_decay, preset.config.dropout) == (0, 0)
        assert (preset.config.augmentation > 0) == (name == "sprint"), "it is off by default"
        assert preset.note.endswith(".")


def test_titles_may_change_and_names_may_not() -> None:
    """The command line and scripts know presets by these names."""
    assert {name: preset.title for name, preset in PRESETS.items()} == {
        "notebook": "Ten units",
        "small_dense": "128 units",
        "small_conv": "Filters",
        "sprint": "Fast filters",
    }


def test_a_name_that_a_bundled_network_shares_is_the_recipe_of_that_network() -> None:
    """A visitor who trains a preset may compare it with the network of the same name."""
    shared = {name for name in PRESETS if name in bundled()}
    assert shared == {"notebook"}
    for name in shared:
        assert load_model(name).config == PRESETS[name].config
