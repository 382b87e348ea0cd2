"""The section "Shape of the data": statistics of each class, histograms of all pictures."""

from html import escape

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats
from mnist_core.exploration.statistics import ClassShapes, PictureFeatures
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import widgets
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.explore import computed, session
from pages.ui.explore.parts import Part
from pages.ui.explore.session import Key

STATISTICS = {
    "Average": (
        "means",
        "All pictures of a {kind} laid on top of each other (the mean): strong where most people "
        "put ink, blurred where they disagree.",
    ),
    "Median": (
        "medians",
        "At each square, the grey value that half of the pictures exceed: what is rare disappears.",
    ),
    "Where they differ": (
        "deviations",
        "How much the grey values differ at each square (the standard deviation): strong along the "
        "edges of the strokes.",
    ),
}
"""By title, the field of `ClassShapes`, and its meaning."""

FEATURES = {
    "ink": ("How much ink", "share of the squares that hold ink"),
    "brightness": ("How dark the ink is", "average grey value where there is ink"),
    "slant": ("How far they lean", "squares to the right per square upwards"),
}
"""By the field of `PictureFeatures`, the title and the axis of its histogram."""

STRETCHES = 40
"""Steps of the slider that chooses a range of a histogram."""


def show(part: Part) -> None:
    """Show the statistics of a half's pictures."""
    shapes, class_names = computed.shapes(part.data, part.half), part.class_names
    _show_statistic(shapes, class_names)
    st.space("small")
    left, right = st.columns(2, gap="medium")
    with left:
        widgets.chart(charts.spreads(class_names.all, shapes.spreads, browser.look()))
        st.caption("The longer the bar, the more ways people have of writing it.")
    with right:
        _show_difference(shapes, class_names)
    _show_histograms(part)
    _show_never_used(shapes)


def _show_statistic(shapes: ClassShapes, class_names: Vocabulary) -> None:
    """Show one picture for each class; a chosen one opens its class in the gallery."""
    kind = class_names.kind
    st.subheader(f"Each {kind}, summed up", anchor=False)
    wanted = widgets.choose_one("Which summary?", list(STATISTICS), key=Key.STATISTIC)
    field, explanation = STATISTICS[wanted]
    st.markdown(f"{explanation.format(kind=kind)} Pick one to see its pictures.")
    images: Floats = getattr(shapes, field)
    shown = np.rint(255 * images / max(1.0, float(images.max()))).astype(np.uint8)
    pictures = Pictures(
        title=f"{wanted}, of each {kind}; pick one to see its pictures",
        tiles=charts.inked(shown, browser.look()),
        names=[f"{wanted.lower()}: {name}" for name in class_names.all],
        columns=len(images),
        narrowest=72,
    )
    image_grid(pictures, key=Key.STATISTICS, on_choose=session.open_class)


def _show_difference(shapes: ClassShapes, class_names: Vocabulary) -> None:
    """Show the average of one class minus that of another."""
    st.subheader("This average minus that", anchor=False)
    classes = range(len(shapes.means))
    with st.container(horizontal=True):
        one, other = (
            st.selectbox(
                label,
                classes,
                index=min(start, len(classes) - 1),
                format_func=class_names.name,
                key=key,
                persist_state="session",
                width=150,
            )
            for label, start, key in (
                ("This", 4, Key.FIRST_CLASS),
                ("minus that", 9, Key.SECOND_CLASS),
            )
        )
    look = browser.look()
    difference = shapes.means[one] - shapes.means[other]
    alt = f"The average {class_names.name(one)} minus the average {class_names.name(other)}"
    widgets.picture(charts.signed(difference, look), 280, alt)
    for_one, for_other = (escape(class_names.name(label)) for label in (one, other))
    st.html(
        f'<span style="color:{look.muted}"><b style="color:{look.speaks_for}">More ink</b> in '
        f'{for_one}, <b style="color:{look.against}">more ink</b> in {for_other}: '
        "what tells them apart on average.</span>"
    )


def _show_histograms(part: Part) -> None:
    """Show histograms of ink, brightness and slant, of all pictures and of one class."""
    class_names, labels = part.class_names, part.dataset.labels
    st.subheader("How they vary", anchor=False)
    wanted = st.selectbox(
        "Compare all pictures with",
        [None, *range(part.data.train.classes)],
        format_func=lambda label: "nothing" if label is None else class_names.name(label),
        key=Key.COMPARED_CLASS,
        persist_state="session",
        width=220,
    )
    features = computed.features(part.data, part.half)
    with st.grid("auto", min_column_width=300):
        for field, (title, axis) in FEATURES.items():
            numbers: Floats = getattr(features, field)
            kinds = {"all": numbers}
            if wanted is not None and (labels == wanted).any():
                kinds[class_names.name(wanted)] = numbers[labels == wanted]
            widgets.chart(charts.histogram(title, axis, kinds, browser.look()))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _open_range(features, part)
    st.caption(
        "To the right of 0, a picture leans to the right, as most right-handed writing does. "
        f"Where the two lines part, that alone sets a {class_names.kind} apart."
    )


def _open_range(features: PictureFeatures, part: Part) -> None:
    """Open the pictures within a range of one of the histograms in the gallery."""
    field = st.selectbox(
        "Show pictures within a range of",
        FEATURES,
        format_func=lambda field: FEATURES[field][0],
        key=Key.FEATURE,
        persist_state="session",
        width=220,
    )
    numbers: Floats = getattr(features, field)
    low, high = (float(end) for end in np.quantile(numbers, [0, 1]))
    step = (high - low) / STRETCHES or 1.0
    end = low + STRETCHES * step
    first, last = st.slider(
        "from … to",
        low,
        end,
        (low + 0.9 * STRETCHES * step, end),
        step,
        format="%.2f",
        key=f"explore_stretch_{field}_{part.half}_{part.data.origin.fingerprint}",
        persist_state="session",
    )
    inside = np.flatnonzero((numbers >= first - step / 100) & (numbers <= last + step / 100))
    title = f"with “{FEATURES[field][0]}” from {first:.2f} to {last:.2f}"
    st.button(
        f"Show these {len(inside):,}",
        icon=":material/grid_view:",
        disabled=not len(inside),
        on_click=session.select,
        args=(title, part.half, inside.tolist()),
    )


def _show_never_used(shapes: ClassShapes) -> None:
    """Show the pixels without ink in any picture."""
    unused = int(np.count_nonzero(shapes.never_used))
    if not unused:
        st.markdown("**Every square is used** by some picture: each of them may matter.")
        return
    left, right = st.columns([1, 3], vertical_alignment="center")
    with left:
        tile = charts.inked(np.uint8(255) * shapes.never_used, browser.look())
        widgets.picture(tile, 168, f"The {unused} squares that are never used")
    with right:
        st.markdown(
            f"**{unused} of {shapes.never_used.size} squares are never used**: no picture has ink "
            "there. Nothing can be learned from them."
        )
