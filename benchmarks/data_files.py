"""How long it takes to read a data set from each kind of file, and to write it.

    python -m benchmarks.data_files [KIND ...] [--pictures N] [--rounds R] [--framing F]
    python -m benchmarks.data_files --readers [--pictures N]

MNIST's 60,000 training pictures, or the first of them, as each kind: made, recognised, assembled,
in a process of its own for each round. There is a line a kind: the megabytes of the file, the
seconds of making it, recognising it and assembling it (the medians of the rounds), how often
progress was told, and the most memory that the process took beyond what it began with. With
`--readers`, the processor's seconds that NumPy, pandas and pyarrow take for the numbers of a table.
"""

import argparse
import gzip
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np

from mnist_core.data import BUNDLED, Choices, Data, Dataset, load
from mnist_core.data.assembly import assemble
from mnist_core.data.exports import as_csv, as_idx, as_npz, as_png_zip
from mnist_core.data.recognition import recognise

ROOT = Path(__file__).parents[1]
LARGEST = 1 << 30


def _floats(data: Data) -> bytes:
    file = io.BytesIO()
    arrays = {"x": data.train.images.astype(np.float32) / 255, "y": data.train.labels}
    np.savez(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def _table(data: Data) -> bytes:
    """One table, a label and 784 pixels a row, without a header."""
    rows = np.column_stack([data.train.labels, data.train.images.reshape(len(data.train), -1)])
    return b"".join(b",".join(b"%d" % cell for cell in row) + b"\n" for row in rows.tolist())


def _shares(data: Data) -> bytes:
    """Write the same as shares of 1, with four decimals."""
    rows = data.train.images.reshape(len(data.train), -1)
    written = [f"{value / 255:.4f}".encode() for value in range(256)]
    return b"".join(
        b"%d," % label + b",".join([written[cell] for cell in row]) + b"\n"
        for label, row in zip(data.train.labels, rows.tolist(), strict=True)
    )


KINDS: dict[str, Callable[[Data], bytes]] = {
    "csv": _table,
    "csv of shares": _shares,
    "csv.gz": lambda data: gzip.compress(_table(data), 1),
    "zip of csv": as_csv,
    "zip of png": as_png_zip,
    "npz": as_npz,
    "npz of floats": _floats,
    "zip of idx": as_idx,
}


def main() -> None:
    """Measure, and print a line a kind."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kinds", nargs="*", default=list(KINDS), help=", ".join(KINDS))
    parser.add_argument("--pictures", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--framing", default="as found", help="as found, resized or centred")
    parser.add_argument("--readers", action="store_true", help="compare what reads tables")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(_read(Path(options.read), options.framing)))
        return
    data = _first(options.pictures)
    if options.readers:
        _compare_readers(data)
        return
    print(
        f"{'kind':16}{'MB':>7}{'make':>8}{'recognise':>11}{'assemble':>10}{'told':>6}{'MB more':>9}"
    )
    with TemporaryDirectory() as folder:
        for kind in options.kinds:
            path = Path(folder) / "some"
            start = perf_counter()
            path.write_bytes(KINDS[kind](data))
            made = perf_counter() - start
            rounds = [_in_a_process(path, options.framing) for _ in range(options.rounds)]
            found = {name: median(one[name] for one in rounds) for name in rounds[0]}
            print(
                f"{kind:16}{path.stat().st_size / 1e6:7.1f}{made:8.1f}{found['recognise']:11.1f}"
                f"{found['assemble']:10.1f}{found['told']:6.0f}{found['memory']:9.0f}",
                flush=True,
            )


def _compare_readers(data: Data) -> None:
    """Print what each reader takes for bytes and for shares, one thread each."""
    import pandas
    import pyarrow
    from pyarrow import csv

    columns = [str(column) for column in range(785)]

    def by_pyarrow(path: Path, kind: type) -> object:
        types = dict.fromkeys(columns, pyarrow.from_numpy_dtype(np.dtype(kind)))
        read = csv.ReadOptions(use_threads=False, column_names=columns)
        convert = csv.ConvertOptions(column_types=types)
        table = csv.read_csv(path, read_options=read, convert_options=convert)
        return np.stack([table.column(column).to_numpy() for column in columns], axis=1)

    readers: dict[str, Callable[[Path, type], object]] = {
        "numpy": lambda path, kind: np.loadtxt(path, kind, delimiter=","),
        "pandas": lambda path, kind: pandas.read_csv(path, header=None, dtype=kind).to_numpy(),
        "pyarrow": by_pyarrow,
    }
    with TemporaryDirectory() as folder:
        for kind, made in ((np.uint8, _table), (np.float32, _shares)):
            path = Path(folder) / "some.csv"
            path.write_bytes(made(data))
            for name, read in readers.items():
                start = process_time()
                read(path, kind)
                print(f"{kind.__name__:8} {name:8} {process_time() - start:5.2f} s", flush=True)


def _first(pictures: int) -> Data:
    whole = load(BUNDLED)
    train = Dataset(whole.train.images[:pictures], whole.train.labels[:pictures])
    return Data(
        train, whole.test.subset(np.arange(min(pictures, 10_000))), "some", tuple("0123456789")
    )


def _in_a_process(path: Path, framing: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.data_files", "--read", path, "--framing", framing]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _read(path: Path, framing: str) -> dict[str, float]:
    """Read one file."""
    before, told = _peak(), []
    start = perf_counter()
    collection = recognise(path, LARGEST, told.append)
    recognised = perf_counter() - start
    start = perf_counter()
    assemble(collection, Choices(framing=framing), "some")  # type: ignore[arg-type]
    return {
        "recognise": recognised,
        "assemble": perf_counter() - start,
        "told": len(told),
        "memory": _peak() - before,
    }


def _peak() -> float:
    """Return the most memory that this process has had, in megabytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
