"""What the lab reads of what strangers send, and sound examples of it to damage."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from random import Random
from typing import Any

import numpy as np
from PIL import Image

from mnist_core.drawing.picture_files import MOST_MEMORY, read_image, read_thumbnail
from mnist_core.drawing.picture_formats import FORMATS
from mnist_core.drawing.sketch import Mark
from mnist_core.drawing.sketch_text import from_text, to_text
from mnist_core.drawn import drawing_file
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.errors import LabError
from mnist_core.files.collection import pack, unpack
from mnist_core.files.links import from_query, to_query
from mnist_core.files.plain_text import read_config
from mnist_core.files.storage import from_bytes, load_model, to_bytes
from mnist_core.finetuning.samples import LabelledSketch, from_json, to_json
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.canvas.canvas_json import from_fabric, to_fabric
from pages.ui.charts.theme import LIGHT
from tests.fuzz import data_files
from tests.fuzz.mutations import damaged, damaged_json, damaged_zip

HEIGHT, WIDTH = 280, 336
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'


@dataclass(frozen=True)
class Target:
    """A kind of input.

    Attributes:
        read: raises a `LabError` for what it does not accept.
        examples: hands out inputs to damage, the first of them sound.
        damage: makes another input of one.
        bombs: hands out inputs that are hostile as they are: small, and large once unfolded.
        room: bytes that reading may take beyond what the process has.
    """

    read: Callable[[bytes], object]
    examples: Callable[[], tuple[bytes, ...]]
    damage: Callable[[bytes, Random], bytes] = damaged
    bombs: Callable[[], tuple[bytes, ...]] = tuple
    room: int = 300 << 20


def _small_model() -> Model:
    config = TrainingConfig(hidden=(3,))
    network = config.initial_network((6, 6), 3, np.random.default_rng(0))
    return Model("small", network, config, (), {"dev_accuracy": 0.5})


@cache
def network_examples() -> tuple[bytes, ...]:
    """A small network without a history, and the notebook's with its moments."""
    return to_bytes(_small_model()), to_bytes(load_model("notebook"), 8)


@cache
def collection_examples() -> tuple[bytes, ...]:
    """Two networks in one file."""
    return (pack([_small_model(), _small_model()]),)


@cache
def collection_bombs() -> tuple[bytes, ...]:
    """A member that unfolds to 128 MB."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1/bomb.safetensors", bytes(1 << 27))
    return (bomb.getvalue(),)


def _encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@cache
def picture_examples() -> tuple[bytes, ...]:
    """A digit in every format that is read, and in some that are not."""
    pixels = np.zeros((60, 70), np.uint8)
    pixels[10:50, 30:36] = 255
    pictures = []
    for image in (Image.fromarray(pixels), Image.fromarray(np.stack([pixels] * 3, axis=2))):
        for kind in (*FORMATS, "ICO"):
            exif = Image.Exif()
            exif[0x0112] = 6
            turned = {"exif": exif} if kind in ("PNG", "JPEG", "WEBP", "AVIF", "TIFF") else {}
            pictures.append(_encoded(image, kind, **turned))
        pictures.append(_encoded(image, "JPEG", progressive=True))
        pictures += [_encoded(image, "TIFF", compression=way) for way in ("jpeg", "tiff_lzw")]
    deep = Image.fromarray(pixels.astype(np.float32) / 255)
    return *pictures, _encoded(deep, "TIFF"), SVG, b"\0\0\0\x24ftypheic\0\0\0\0mif1heic"


@cache
def picture_bombs() -> tuple[bytes, ...]:
    """Pictures as large as is read, and larger, of one colour; and one in 1,000 scans."""
    whole = _encoded(Image.new("RGB", (900, 900), "white"), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xc4")
    return (
        _encoded(Image.new("1", (5_700, 5_700)), "PNG"),
        _encoded(Image.new("RGBA", (4_400, 4_500)), "WEBP", method=0),
        _encoded(Image.new("RGBA", (4_900, 4_900)), "AVIF", speed=10),
        _encoded(Image.new("1", (30_000, 5_000)), "PNG"),
        whole[:last] + whole[last:-2] * 1_000 + whole[-2:],
    )


def read_picture(content: bytes) -> object:
    """A picture, to be read and to be shown."""
    return read_image(content), read_thumbnail(content, 160)


def _sketch() -> tuple[Mark, ...]:
    return (
        Mark(np.array([[10.0, 20.0], [60.5, 80.0], [100.0, 40.0]]), 20.0),
        Mark(np.array([[30.0, 30.0], [50.0, 60.0]]), 30.0, erases=True),
    )


@cache
def handwriting_examples() -> tuple[bytes, ...]:
    """Two drawn digits."""
    digits = [LabelledSketch(3, _sketch()), LabelledSketch(7, _sketch()[:1])]
    return (to_json(digits, HEIGHT, WIDTH).encode(),)


def read_handwriting(content: bytes) -> object:
    """A visitor's handwriting."""
    return from_json(content, HEIGHT, WIDTH)


@cache
def config_examples() -> tuple[bytes, ...]:
    """Two configurations."""
    configs = TrainingConfig(), TrainingConfig(hidden=(8, 4), convolution="small", dropout=0.1)
    return tuple(json.dumps(asdict(config)).encode() for config in configs)


def read_settings(content: bytes) -> object:
    """A file of settings."""
    return read_config(content, "settings.json")


@cache
def link_examples() -> tuple[bytes, ...]:
    """The parameters of an address that describes a run."""
    config = TrainingConfig(hidden=(64, 32), learning_rate=0.25, batch_size=None, dropout=0.2)
    return (json.dumps(to_query(config)).encode(),)


def read_link(content: bytes) -> object:
    """The parameters of an address: names and texts, whatever they are."""
    try:
        parameters = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise LabError("no parameters") from error
    if not isinstance(parameters, dict):
        raise LabError("no parameters")
    return from_query({name: str(value) for name, value in parameters.items()})


@cache
def drawing_link_examples() -> tuple[bytes, ...]:
    """The text of a drawing in an address."""
    return (to_text(_sketch()).encode(),)


def read_drawing_link(content: bytes) -> object:
    """A drawing in an address."""
    return from_text(content.decode("latin-1"))


@cache
def drawings_examples() -> tuple[bytes, ...]:
    """A set of drawings that is exported, and one without drawings."""
    empty = DrawingSet("Shapes").with_class("heart").with_class("star")
    drawn = empty
    for image in np.random.default_rng(0).integers(1, 256, (8, 28, 28), dtype=np.uint8):
        drawn = drawn.with_drawing(1, image)
    return drawing_file.to_json(drawn), drawing_file.to_json(empty)


@cache
def canvas_examples() -> tuple[bytes, ...]:
    """What the canvas reports: two strokes, and a stroke of many points."""
    long = Mark(np.random.default_rng(0).uniform(0, 300, (3_000, 2)), 20.0)
    drawn = (_sketch(), (long,))
    return tuple(json.dumps(to_fabric(sketch, LIGHT, 1)).encode() for sketch in drawn)


def read_canvas(content: bytes) -> object:
    """A report of the canvas, which Streamlit has taken for JSON already."""
    try:
        report = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise LabError("no report") from error
    return from_fabric(report)


TARGETS = {
    "idx": Target(data_files.read_idx, data_files.idx_examples, bombs=data_files.idx_bombs),
    "npz": Target(data_files.read_data, data_files.npz_examples, damaged_zip, data_files.npz_bombs),
    "npy": Target(data_files.read_npy, data_files.npy_examples),
    "table": Target(data_files.read_data, data_files.table_examples, bombs=data_files.table_bombs),
    "class names": Target(data_files.read_mapping, data_files.mapping_examples),
    "folder": Target(
        data_files.read_data, data_files.folder_examples, damaged_zip, data_files.folder_bombs
    ),
    "network": Target(lambda content: from_bytes(content, "some"), network_examples),
    "collection": Target(
        lambda content: unpack(content, "some"), collection_examples, bombs=collection_bombs
    ),
    "picture": Target(
        read_picture, picture_examples, bombs=picture_bombs, room=MOST_MEMORY + (64 << 20)
    ),
    "handwriting": Target(read_handwriting, handwriting_examples, damaged_json),
    "drawings": Target(drawing_file.from_json, drawings_examples, damaged_json),
    "settings": Target(read_settings, config_examples, damaged_json),
    "link": Target(read_link, link_examples, damaged_json),
    "drawing link": Target(read_drawing_link, drawing_link_examples),
    "canvas": Target(read_canvas, canvas_examples, damaged_json),
}
