"""A report as one self-contained page of HTML, to be opened anywhere, and passed on."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from mnist_core.evaluation.corruptions import CORRUPTIONS

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #2b2520; background: #fbf7f0; }
h1, h2 { font-family: Georgia, serif; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
td, th { padding: 0.2rem 0.5rem; text-align: right; }
th { font-weight: 600; }
.wide { overflow-x: auto; }
.mixed td { width: 2.2rem; border: 1px solid #e8dfd0; }
svg { width: 100%; max-width: 30rem; height: auto; }
figure { margin: 0 0 1rem; }
.kinds { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 1rem; }
figcaption { font-weight: 600; }
"""

WIDTH, HEIGHT, EDGE = 300, 160, 34

PICTURES = {"train": "training pictures", "dev": "practice pictures", "test": "test pictures"}
"""The title's words for the pictures of a split."""


def report_page(figures: Mapping[str, Any]) -> str:
    """Build the page of the figures that `evaluate --report` writes."""
    title = f"{figures['model']} on the {PICTURES[figures['split']]} of {figures['data']}"
    names = figures["class_names"]
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            *_figure(figures),
            *_by_class(figures["by_class"], names),
            *_confusion(figures["confusion"], names),
            *_sureness(figures),
            *_robustness(figures),
            *_attack(figures["attack"]),
            "</body></html>",
        ]
    )


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.2%}"


def _figure(figures: Mapping[str, Any]) -> Iterator[str]:
    low, high = figures["interval"]
    yield (
        f"<p>It reads <b>{_percent(figures['accuracy'])}</b> of {figures['n']:,} pictures "
        f"correctly. Of all pictures of this kind, it would most likely read between "
        f"{_percent(low)} and {_percent(high)} correctly (95% confidence interval).</p>"
    )


def _by_class(shares: Sequence[Mapping[str, float | None]], names: Sequence[str]) -> Iterator[str]:
    yield "<h2>Class by class</h2><table><tr><th>class</th><th>found (recall)</th>"
    yield "<th>right when it says so (precision)</th><th>both (F1)</th></tr>"
    for name, share in zip(names, shares, strict=True):
        cells = "".join(f"<td>{_percent(share[key])}</td>" for key in ("recall", "precision", "f1"))
        yield f"<tr><th>{escape(name)}</th>{cells}</tr>"
    yield "</table>"


def _confusion(counts: Sequence[list[int]], names: Sequence[str]) -> Iterator[str]:
    mistakes = (line[:row] + line[row + 1 :] for row, line in enumerate(counts))
    most = max(1, *(count for line in mistakes for count in line))
    yield "<h2>What it mixes up</h2><p>Rows: what it is. Columns: what it says.</p>"
    yield '<div class="wide"><table class="mixed"><tr><th></th>'
    yield "".join(f"<th>{escape(name)}</th>" for name in names) + "</tr>"
    for row, line in enumerate(counts):
        strengths = [0 if row == column else count / most for column, count in enumerate(line)]
        cells = "".join(
            f'<td style="background: rgb(200 90 20 / {70 * strength:.0f}%)">{count or ""}</td>'
            for count, strength in zip(line, strengths, strict=True)
        )
        yield f"<tr><th>{escape(names[row])}</th>{cells}</tr>"
    yield "</table></div>"


def _sureness(figures: Mapping[str, Any]) -> Iterator[str]:
    yield "<h2>Can you trust how sure it is?</h2>"
    yield f"<p>On average it is off by {100 * figures['ece']:.2f} percentage points (expected "
    yield "calibration error)."
    points = [(one["confidence"], one["accuracy"]) for one in figures["reliability"]]
    yield "Across: how sure it is. Up: how often it is right.</p>"
    yield f"<figure>{_chart(points, diagonal=True)}</figure>"


def _robustness(figures: Mapping[str, Any]) -> Iterator[str]:
    yield "<h2>When does it break?</h2>"
    yield f"<p>Of all spoiled pictures together, it reads {_percent(figures['robustness_mean'])} "
    yield f"correctly ({figures['robustness_n']:,} pictures drawn at random, each spoiled in all "
    yield 'these ways).</p><div class="kinds">'
    for kind, shares in figures["robustness"].items():
        corruption = CORRUPTIONS[kind]
        points = [(float(strength), share) for strength, share in shares.items()]
        caption = f"{escape(corruption.title)} ({escape(corruption.unit)})"
        yield f"<figure><figcaption>{caption}</figcaption>{_chart(points)}</figure>"
    yield "</div>"


def _attack(shares: Mapping[str, float]) -> Iterator[str]:
    yield "<h2>Attacked in one step (FGSM)</h2>"
    yield "<p>Across: how much each square changes at most (1 is full ink).</p>"
    points = [(float(strength), share) for strength, share in shares.items()]
    yield f"<figure>{_chart(points)}</figure>"


def _chart(points: Sequence[tuple[float, float]], *, diagonal: bool = False) -> str:
    """Draw fractions from 0 to 1 (up) over numbers (across) as a line."""
    low, high = (0.0, 1.0) if diagonal else (min(x for x, _ in points), max(x for x, _ in points))

    def across(x: float) -> float:
        return EDGE + (WIDTH - EDGE - 8) * (x - low) / (high - low)

    def up(y: float) -> float:
        return 8 + (HEIGHT - EDGE) * (1 - y)

    line = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in points)
    marks = "".join(
        f'<text x="{across(x):.1f}" y="{HEIGHT - 8}" text-anchor="middle">{x:g}</text>'
        for x in ((0, 0.5, 1) if diagonal else [x for x, _ in points])
    ) + "".join(
        f'<text x="{EDGE - 4}" y="{up(y) + 4:.1f}" text-anchor="end">{100 * y:.0f}%</text>'
        f'<line x1="{EDGE}" x2="{WIDTH - 8}" y1="{up(y):.1f}" y2="{up(y):.1f}" stroke="#e0d6c6"/>'
        for y in (0, 0.5, 1)
    )
    honest = (
        f'<line x1="{across(0)}" y1="{up(0)}" x2="{across(1)}" y2="{up(1)}" stroke="#8a8178" '
        'stroke-dasharray="3 3"/>'
        if diagonal
        else ""
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-size="11" fill="#5c544c">{marks}'
        f'{honest}<polyline points="{line}" fill="none" stroke="#12695d" stroke-width="2"/></svg>'
    )
