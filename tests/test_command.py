"""What `mnist-lab` takes and refuses; that it serves and trains is tested where it is installed."""

import sys

import pytest

from command import main


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line on standard error with which a command line is refused, with the code 2."""
    try:
        code: object = main(arguments)
    except SystemExit as exit_:
        code = exit_.code
    assert code == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    return line


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("serve --colour red", "--colour"),
        ("serve --port 0", "'0'"),
        ("serve --port 65536", "'65536'"),
        ("serve --port lab", "'lab'"),
        ("serve --server.port lab", "'lab'"),
        ("serve --server.address", "--server.address"),
        ("serve 8502", "8502"),
        ("serve --port 8600 my_app.py", "my_app.py"),
        ("fly", "'fly'"),
        ("--colour", "command"),
    ],
)
def test_what_is_refused_is_named_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: str, named: str
) -> None:
    told = refusal(capsys, *arguments.split())
    assert told.startswith("mnist-lab")
    assert named in told


def test_a_command_of_the_core_speaks_under_this_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(capsys, "evaluate").startswith("mnist-lab evaluate: ")
    told = refusal(capsys, "evaluate", "nothing")
    assert told.startswith("mnist-lab evaluate: nothing is neither a file nor ")
    assert refusal(capsys, "evaluate", "dense", "--port", "8600").endswith("--port 8600")


def test_help_names_serve_beside_the_commands_of_the_core(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    out, _ = capsys.readouterr()
    for name in ("serve", "train", "evaluate", "predict", "suspects"):
        assert f"\n    {name} " in out


@pytest.mark.parametrize("arguments", [(), ("serve",)])
def test_where_the_core_alone_is_installed_it_says_what_the_pages_need(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, "streamlit.web.cli", None)
    told = refusal(capsys, *arguments)
    assert "streamlit.web.cli is not installed" in told
    assert "pip install -r requirements-lab.txt" in told
