"""What a visitor brings along: a network, settings, a photograph; and what is refused."""

import io
import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import CDPSession, Locator, expect

from mnist_core.arrays import Pixels
from mnist_core.data import Data
from mnist_core.files.storage import load_model, to_bytes
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.visit.store import KEPT_SECONDS
from tests.browser.conftest import Visit, forget_the_visit, open_box, unfold
from tests.core.data.made_files import npz

SEVEN, TWO, FOUR = 0, 1, 4
"""Places among MNIST's test pictures."""


def uploader(lab: Visit, label: str) -> Locator:
    """The control for files with this in its label."""
    return lab.page.get_by_test_id("stFileUploader").filter(has_text=re.compile(label))


def upload(lab: Visit, label: str, name: str, content: bytes) -> None:
    """Give a file to the control with this in its label."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    uploader(lab, label).locator("input[type=file]").set_input_files(files=[file])


def let_send(tools: CDPSession, bytes_a_second: int) -> None:
    """Slow the line down on which the browser sends; -1: not at all."""
    speeds = {"downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    tools.send("Network.emulateNetworkConditions", {"offline": False, "latency": 0, **speeds})


def test_a_network_that_was_saved_is_shown_and_offered_elsewhere(
    lab: Visit, tmp_path: Path
) -> None:
    """Also one of 23 MB, which is more than other controls for files take."""
    lab.open("train")
    config = TrainingConfig(hidden=(2_048, 2_048))
    content = to_bytes(Model("Run 4: brought along", config.network((28, 28), 10), config))
    file = tmp_path / "run-4-brought-along (1).safetensors"
    file.write_bytes(content)
    tools = lab.page.context.new_cdp_session(lab.page)
    let_send(tools, len(content) // 3)
    uploader(lab, "networks").locator("input[type=file]").set_input_files(file)
    expect(lab.page.locator("[data-sent]")).to_have_attribute(
        "data-sent", re.compile(r"^[1-9]\d?% of")
    )
    let_send(tools, -1)
    expect(lab.page.locator("[data-sent]")).to_have_count(0)
    tools.detach()
    expect(lab.page.get_by_role("heading", name="Run 4: brought along")).to_be_visible()
    lab.page.get_by_role("link", name="Draw").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Draw")
    lab.settle()
    lab.page.get_by_role("combobox", name="Which network reads?").click()
    expect(lab.page.get_by_role("option").filter(has_text="brought along")).to_be_visible()


def test_pictures_that_are_brought_are_everywhere_until_the_visitor_goes_back(lab: Visit) -> None:
    lab.open("explore")
    lab.page.get_by_role("button", name="Bring your own pictures").click()
    names = {"mimeType": "text/plain", "name": "classes.txt", "buffer": b"cat\ndog\nhen"}
    (content,) = npz().values()
    packed = {"mimeType": "application/zip", "name": "zoo.npz", "buffer": content}
    form = uploader(lab, "A table, a zip of pictures").locator("input[type=file]")
    form.set_input_files(files=[packed, names])
    dialog = lab.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Use these pictures").click()
    expect(lab.page.get_by_text("All pages now use zoo (yours)")).to_be_visible()
    expect(dialog).to_have_count(0)
    expect(lab.page.get_by_role("heading", name="This is a cat, close up")).to_be_visible()
    lab.settle()
    lab.page.get_by_role("link", name="Weights").click()
    expect(lab.page.get_by_text("No network here has learned from zoo yet")).to_be_visible()
    lab.page.get_by_role("button", name="Back to MNIST").click()
    expect(lab.page.get_by_role("combobox", name="Which network?")).to_be_visible()


def test_settings_and_all_runs_come_back_from_files_and_other_files_are_refused_in_a_line(
    lab: Visit, tmp_path: Path
) -> None:
    lab.open("train")
    config = TrainingConfig(hidden=(33,), learning_rate=0.0123)
    upload(lab, "settings", "mine.json", json.dumps(asdict(config)).encode())
    lab.page.get_by_role("button", name="Apply these settings").click()
    expect(lab.page).to_have_url(re.compile("hidden=33"))
    expect(lab.page).to_have_url(re.compile("learning_rate=0.0123"))
    lab.settle()
    whole = to_bytes(load_model("notebook"))
    for name, content in (
        ("half.safetensors", whole[: len(whole) // 2]),
        ("list.json", b"[1, 2, 3]"),
        ("text.json", b"learning rate: high"),
    ):
        upload(lab, "networks", name, content)
        expect_refusal(lab, name.split(".", maxsplit=1)[0])
    for name in ("first", "second"):
        content = to_bytes(replace(load_model("notebook"), name=name))
        upload(lab, "networks", "network.safetensors", content)
        expect(lab.page.get_by_role("heading", name=f"{name} · ")).to_be_visible()
        lab.settle()
    expect(lab.page.get_by_text(f"for {KEPT_SECONDS // 60:.0f} minutes")).to_be_visible()
    with lab.page.expect_download() as download:
        lab.page.get_by_role("button", name="Export all runs").click()
    download.value.save_as(tmp_path / "runs.zip")
    lab.settle()

    forget_the_visit(lab.page)
    lab.open("train")
    upload(lab, "networks", "runs.zip", (tmp_path / "runs.zip").read_bytes())
    expect(lab.page.get_by_role("heading", name="second · ")).to_be_visible()
    lab.settle()
    open_box(lab.page, "Run")
    names = lab.page.get_by_role("option")
    expect(names).to_have_text(["first", "second"])
    lab.page.keyboard.press("Escape")


def photograph(digits: list[Pixels]) -> bytes:
    """A number in pencil on paper, lit from one corner, by a camera that stood upside down."""
    rng = np.random.default_rng(0)
    number = np.pad(np.concatenate(digits, axis=1), 14)
    ink = np.asarray(Image.fromarray(number).resize((1200, 600), Image.Resampling.BICUBIC)) / 255
    height, width = ink.shape
    light = np.linspace(140, 200, width) + np.linspace(0, 40, height)[:, None]
    seen = light * (1 - 0.7 * ink) + rng.normal(0, 4, ink.shape)
    picture = Image.fromarray(seen.clip(0, 255).astype(np.uint8)).rotate(180)
    exif = Image.Exif()
    exif[0x0112] = 3  # the tag for orientation: turn it by half a circle
    stream = io.BytesIO()
    picture.convert("RGB").save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def test_photographs_of_numbers_are_read_and_one_of_them_looked_at(lab: Visit, data: Data) -> None:
    lab.open("draw")
    unfold(lab.page, "Use a photo or a sample")
    content = photograph([data.test.images[place] for place in (SEVEN, TWO, FOUR)])
    upload(lab, "picture", "number.jpg", content)
    digits = lab.page.locator(".lab-answer .lab-digit")
    expect(digits).to_have_text(["7", "2", "4"])
    seven = io.BytesIO()
    Image.fromarray(np.pad(data.test.images[SEVEN], 4)).save(seven, "GIF")
    alike = [
        {"name": name, "mimeType": "image/gif", "buffer": seven.getvalue()}
        for name in ("seven.gif", "the same.gif")
    ]
    uploader(lab, "picture").locator("input[type=file]").set_input_files(files=alike)  # type: ignore[arg-type]
    pictures = lab.page.get_by_test_id("stRadio")
    for chosen, number in (("3: 7", ["7"]), ("1: 724", ["7", "2", "4"]), ("2: 7", ["7"])):
        pictures.locator("label").filter(has_text=chosen).click()
        expect(digits).to_have_text(number)
        expect(pictures.get_by_role("radio", name=chosen)).to_be_checked()
        lab.settle()


def test_a_picture_of_another_kind_is_refused_in_a_line(lab: Visit) -> None:
    lab.open("draw")
    unfold(lab.page, "Use a photo or a sample")
    upload(lab, "picture", "IMG_0042.HEIC", b"\0\0\0\x24ftypheic\0\0\0\0mif1heic")
    expect_refusal(lab, "IMG_0042.HEIC is a HEIC picture")


def expect_refusal(lab: Visit, about: str) -> None:
    """One alert on the page, a line about the file."""
    alert = lab.page.get_by_role("alert").filter(has_text=re.compile(r"\w"))
    expect(alert).to_have_count(1)
    told = alert.get_by_test_id("stMarkdownContainer")
    expect(told).to_have_text(re.compile(rf"{about}.*\.$"))
    assert "\n" not in told.inner_text().strip()
