"""The answer to a drawing in digits, words and bars, as HTML: it is shown without a delay."""

from collections.abc import Sequence

from mnist_core.drawing.reading import Prediction, as_text, named
from pages.ui.charts.percent import percent
from pages.ui.charts.theme import SERIF, Look
from pages.ui.components.english import counted, with_article

CLOSE = 0.15
"""The least probability of a runner-up that the answer mentions."""

SURENESS = (
    (0.99, "I am certain"),
    (0.9, "I am sure"),
    (0.7, "I am fairly sure"),
    (0.5, "I think so"),
    (0.0, "I am guessing"),
)


def sureness(probability: float) -> str:
    """Write how sure the network is, by the probability of its answer."""
    return next(words for least, words in SURENESS if probability >= least)


def in_words(lines: Sequence[Sequence[Prediction]], threshold: float) -> str:
    """Write the answer to a drawing, given by lines of writing, in a sentence or two."""
    predictions = [prediction for of_line in lines for prediction in of_line]
    if len(predictions) == 1:
        return _about_a_digit(predictions[0], threshold)
    return _about_a_number(predictions, len(lines), threshold)


def _about_a_digit(prediction: Prediction, threshold: float) -> str:
    if prediction.no_digit:
        return f"I don't think that is a digit. If it must be one: {prediction.digit}."
    if prediction.probability < threshold:
        return (
            f"I don't know. My best guess is {with_article(str(prediction.digit))}, but I'm only "
            f"{percent(prediction.probability)} sure."
        )
    sentences = f"{sureness(prediction.probability)}: {percent(prediction.probability)}."
    second = float(prediction.probabilities[prediction.runner_up])
    if second >= CLOSE:
        runner_up = with_article(str(prediction.runner_up))
        sentences += f" It could also be {runner_up} ({percent(second)})."
    return sentences


def _about_a_number(predictions: Sequence[Prediction], lines: int, threshold: float) -> str:
    rejected = sum(prediction.no_digit for prediction in predictions)
    digits = len(predictions) - rejected
    if not digits:
        return f"{rejected} marks, and I don't think any of them is a digit."
    unsure = sum(named(prediction, threshold) is None for prediction in predictions) - rejected
    in_lines = f" in {lines} lines" if lines > 1 else ""
    one_by_one = ", read one by one" if digits > 1 else ""
    sentences = f"{counted(digits, 'digit')}{in_lines}{one_by_one}."
    if unsure:
        which = "which" if digits == 1 else f"{'one' if unsure == 1 else unsure} of them"
        sentences += f" I can't tell {which}."
    if rejected == 1:
        sentences += " I don't think the other mark is a digit."
    elif rejected:
        sentences += f" I don't think the other {rejected} marks are digits."
    return sentences


def aloud(lines: Sequence[Sequence[Prediction]], threshold: float) -> str:
    """Write the answer for screen readers; empty if there is none."""
    if not lines:
        return ""
    rows = (as_text(of_line, threshold) for of_line in lines)
    return f"{', '.join(rows)}. {in_words(lines, threshold)}"


def verdict(lines: Sequence[Sequence[Prediction]], threshold: float, marks: int, look: Look) -> str:
    """Write the digits as HTML, as large as fits; each of several above its probability.

    `marks` is the number of strokes read, by which a test recognizes the answer to the last one.
    """
    longest = max(map(len, lines))
    alone = len(lines) == longest == 1
    size = "min(8.5rem,20vw)" if alone else f"clamp(1.8rem,{150 / longest:.1f}cqi,5rem)"
    width = (
        "width:var(--lab-verdict-width,min(14rem,50vw))"
        if alone
        else "width:100%;container-type:inline-size"
    )
    rows = "".join(
        '<div class="lab-line" style="display:flex;flex-wrap:wrap;gap:0.1rem;margin-bottom:0.5rem">'
        f"{''.join(_digit(prediction, threshold, alone, look) for prediction in of_line)}</div>"
        for of_line in lines
    )
    return (
        f'<div data-marks="{marks}" style="{width}">'
        f'<div class="lab-answer" style="font-size:{size};'
        f"font-family:{SERIF.replace(chr(34), chr(39))};font-weight:600;line-height:1.1"
        f'">{rows}</div>'
        f'<div style="font-size:1.15rem;min-height:2.8rem">{in_words(lines, threshold)}</div>'
        "</div>"
    )


def _digit(prediction: Prediction, threshold: float, alone: bool, look: Look) -> str:
    """Write a digit; one of several above its probability, at most 99%, blank if it is rejected."""
    known, caption = named(prediction, threshold) is not None, ""
    if not alone:
        likely = min(99, round(100 * prediction.probability))
        caption = (
            '<span style="display:block;font-size:0.7rem;font-family:sans-serif;font-weight:400;'
            f'color:{look.muted};line-height:1.2">'
            f"{'&nbsp;' if prediction.no_digit else f'{likely}%'}</span>"
        )
    return (
        f'<span style="color:{look.accent if known else look.muted};text-align:center;'
        f'min-width:1.8rem"><span class="lab-digit">{prediction.digit if known else "?"}</span>'
        f"{caption}</span>"
    )


def bars(prediction: Prediction, look: Look) -> str:
    """Write a bar for each class; the likeliest is highlighted unless the drawing is rejected."""
    rows = ""
    for label, probability in enumerate(prediction.probabilities.tolist()):
        best = label == prediction.digit and not prediction.no_digit
        colour, weight = (look.accent, 600) if best else (look.muted, 400)
        rows += (
            f'<span style="font-weight:{weight}">{label}</span>'
            f'<span style="display:flex;align-items:center;gap:0.5rem">'
            f'<span style="background:{colour};height:0.9rem;border-radius:0.2rem;'
            f'width:max(2px,{probability * 70:.1f}%)"></span>'
            f'<span style="font-size:0.85rem;font-weight:{weight};white-space:nowrap">'
            f"{percent(probability)}</span></span>"
        )
    head = f'<span style="grid-column:1/-1;color:{look.muted}">If it must be a digit:</span>'
    return (
        '<div class="lab-bars" style="display:grid;gap:0.1rem 0.6rem;align-items:center;'
        f'max-width:30rem">{head if prediction.no_digit else ""}{rows}</div>'
    )
