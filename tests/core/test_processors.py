"""Measuring on several kinds of processor: which libraries take which kernels, and what is told."""

import json
import platform

import pytest

from benchmarks import compare, processors, race, scale
from benchmarks.kernels import Kernels, in_words
from benchmarks.processors import NATIVE, Processor, without_avx512
from benchmarks.works import THREADS, WORKS

WITH_AVX512 = {"SkylakeX", "Cooperlake", "SapphireRapids"}
"""OpenBLAS's own names for its kernels of that kind; it looks at the processor for itself."""

only_x86 = pytest.mark.skipif(
    platform.machine().lower() not in {"x86_64", "amd64"},
    reason="AVX2 and AVX-512 are instructions of x86 processors, and this is another",
)


def taken(processor: Processor) -> Kernels:
    found: Kernels = json.loads(processor.run(1, "benchmarks.kernels"))
    return found


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell that asks for other kernels, blocks and threads."""
    for name, value in {
        "OPENBLAS_CORETYPE": "Prescott",
        "OPENBLAS_L2_SIZE": "512",
        "OPENBLAS_NUM_THREADS": "7",
        "OMP_NUM_THREADS": "7",
        "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "ATEN_CPU_CAPABILITY": "default",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("shell")
def test_a_processor_as_it_is_is_told_its_threads_and_nothing_of_its_kind() -> None:
    environment = NATIVE.environment(2)
    libraries = ("OPENBLAS", "OMP", "MKL", "ONEDNN", "ATEN", "NPY")
    assert {name: value for name, value in environment.items() if name.startswith(libraries)} == {
        "OPENBLAS_NUM_THREADS": "2",
        "OMP_NUM_THREADS": "2",
        "MKL_NUM_THREADS": "2",
    }
    assert "PATH" in environment


@only_x86
@pytest.mark.usefixtures("shell")
def test_there_is_a_second_kind_where_openblas_finds_avx512() -> None:
    wide = taken(NATIVE)["openblas"] in WITH_AVX512
    names = [processor.name for processor in processors.processors()]
    assert names == (["native", "avx2"] if wide else ["native"])


@only_x86
@pytest.mark.usefixtures("shell")
def test_as_a_processor_with_avx2_nothing_computes_with_avx512(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(
        "PYTHONWARNINGS", "error"
    )  # NumPy warns of features that it has no loops for
    kernels = taken(processors.processors()[-1])
    assert kernels["openblas"] in {"Haswell", "Zen"}
    assert kernels["NumPy"] == "X86_V3"


def test_a_kind_that_this_processor_is_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processors, "processors", lambda: [NATIVE])
    assert processors.chosen(None) == processors.chosen("native") == [NATIVE]
    with pytest.raises(SystemExit, match="--only avx2: this processor has no AVX-512"):
        processors.chosen("avx2")


def test_kernels_are_told_by_library_and_differences_are_not_hidden() -> None:
    lab = {"openblas": "SkylakeX", "NumPy": "X86_V3 X86_V4"}
    peer = {"openblas": "Haswell", "NumPy": "X86_V3 X86_V4", "PyTorch": "AVX2"}
    assert in_words([lab, lab, peer]) == (
        "Kernels that ran: openblas SkylakeX or Haswell; NumPy X86_V3 X86_V4; PyTorch AVX2."
    )


def test_each_work_says_what_is_needed_with_each_number_of_threads() -> None:
    assert WORKS
    for work in WORKS.values():
        assert work.targets
        assert all(set(by_threads) == set(THREADS) for by_threads in work.targets.values())


def test_contestants_play_on_the_kind_of_processor_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compare, "PAUSE", 0)
    monkeypatch.setattr(compare, "keep", lambda *_: pytest.fail("a part is not kept"))
    last = processors.processors()[-1]
    compare.main(["read-small-dense", "--only", last.name, "--threads", "1", "--rounds", "1"])
    printed = capsys.readouterr().out
    assert printed.count("\n| one drawn digit, 784-128-10, one digit | 1 | lab | ") == 1
    assert "| 2 |" not in printed
    assert f"\n{last.title}\n" in printed
    for library, kernel in taken(last).items():
        assert f"{library} {kernel}" in printed


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> None:
    """This processor, whatever it is, counts as one with AVX-512."""
    monkeypatch.setattr(processors, "processors", lambda: [NATIVE, without_avx512(["X86_V4"])])


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The parts of the file of results, by their headings."""
    parts: dict[str, str] = {}
    for module in (compare, scale):
        monkeypatch.setattr(module, "keep", parts.__setitem__)
    return parts


@pytest.mark.usefixtures("both")
def test_a_table_that_is_complete_is_kept_for_each_kind(
    monkeypatch: pytest.MonkeyPatch, kept: dict[str, str]
) -> None:
    monkeypatch.setattr(
        compare, "measure", lambda kind, works, threads: f"{kind.name} {len(works)} {threads}"
    )
    for some in (["large"], ["--threads", "2"], ["--rounds", "3"]):
        compare.main(some)
    assert not kept
    compare.main(["--only", "avx2"])
    assert list(kept) == ["The lab and its peers, as on a processor with AVX2 only"]
    compare.main([])
    assert [text.splitlines()[-1] for text in kept.values()] == [
        f"avx2 {len(WORKS)} (1, 2)",
        f"native {len(WORKS)} (1, 2)",
    ]


@pytest.mark.usefixtures("both")
def test_growth_is_measured_and_kept_for_each_kind(
    monkeypatch: pytest.MonkeyPatch, kept: dict[str, str]
) -> None:
    monkeypatch.setattr(
        Processor, "run", lambda kind, threads, *command: f"{kind.name} {threads} {command}"
    )
    scale.main(["--rounds", "4"])
    assert {title: text.splitlines()[-1] for title, text in kept.items()} == {
        "How the time grows, on the processor as it is": "native 1 ('benchmarks.growth', '4')",
        "How the time grows, as on a processor with AVX2 only": "avx2 1 ('benchmarks.growth', '4')",
    }


@pytest.mark.usefixtures("both")
def test_a_race_is_run_and_judged_on_each_kind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(kind: Processor, threads: int, _module: str, name: str, *_: str) -> str:
        slower = 1 if name.startswith(race.LAB) else {"native": 3, "avx2": 2}[kind.name]
        return json.dumps(
            {
                "contestant": name,
                "threads": threads,
                "seconds_to": {str(goal): slower * 10.0 for goal in race.GOALS},
                "test_accuracy": 0.993,
                "kernels": {"openblas": f"that of {kind.name}"},
            }
        )

    monkeypatch.setattr(Processor, "run", run)
    race.main(["lab: sprint", "scikit-learn", "--rounds", "1"])
    native, _, avx2 = capsys.readouterr().out.partition("as on a processor with AVX2 only")
    for table, kernel, ratio in ((native, "native", "3.0"), (avx2, "avx2", "2.0")):
        assert f"Kernels that ran: openblas that of {kernel}." in table
        assert table.count(f": the lab is {ratio}x as fast as they are") == len(race.GOALS)
