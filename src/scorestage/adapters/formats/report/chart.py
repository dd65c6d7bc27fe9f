"""The tempo path of a cue drawn to scale: tempo, bars and hits over one axis of seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scorestage.adapters.formats.report.values import CueReport, TempoPoint

WIDTH = 920.0
HEIGHT = 190.0
LEFT = 12.0
RIGHT = 908.0
BASE = 156.0
_HIGHEST = 66.0
_LOWEST = 126.0
_NARROWEST_SPAN = 0.08
"""The tempo axis spans at least this share of the fastest tempo, so that a breath stays small."""
_CHARACTER = 6.4
_SIGN = 10.0
_LABEL_GAP = 9.0
_LABEL_HEIGHT = 15.0
_NUMBER_GAP = 17.0
_MOST_BAR_NUMBERS = 24

_Place = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class TempoLabel:
    """A tempo written above its step, flush left at `left` on the baseline `top`."""

    left: float
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class ChartHit:
    """A hit on the chart; `number` is its row in the table, empty where numbers would collide."""

    left: float
    number: str
    caught: bool
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything of one chart in its own units; `path` and `area` are SVG path data."""

    width: float
    height: float
    left: float
    right: float
    base: float
    path: str
    area: str
    labels: tuple[TempoLabel, ...]
    bars: tuple[tuple[float, str], ...]
    hits: tuple[ChartHit, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    left: float
    right: float
    top: float
    bpm: float
    written: bool


def tempo_chart(cue: CueReport) -> Chart:
    """Where everything of a cue's tempo path goes on the chart.

    Seconds outside the cue are drawn at its edge; the first tempo holds before its first point.
    """
    length = max(cue.seconds, 0.001)

    def x(seconds: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * min(max(seconds / length, 0.0), 1.0), 1)

    steps = _steps(cue.tempos, length, x)
    path = " ".join(
        f"{'L' if index else 'M'}{step.left:g} {step.top:g} L{step.right:g} {step.top:g}"
        for index, step in enumerate(steps)
    )
    area = f"{path} L{steps[-1].right:g} {BASE:g} L{steps[0].left:g} {BASE:g} Z" if steps else ""
    every = max(1, -(-len(cue.bars) // _MOST_BAR_NUMBERS))
    bars = tuple(
        (x(seconds), label if index % every == 0 else "")
        for index, (seconds, label) in enumerate(cue.bars)
    )
    return Chart(WIDTH, HEIGHT, LEFT, RIGHT, BASE, path, area, _labels(steps), bars, _hits(cue, x))


def bpm_text(bpm: float) -> str:
    """A tempo to the hundredth, without idle zeros.

    >>> bpm_text(96.0), bpm_text(103.25), bpm_text(98.5)
    ('96', '103.25', '98.5')
    """
    return f"{bpm:.2f}".rstrip("0").rstrip(".")


def _steps(tempos: Sequence[TempoPoint], length: float, x: _Place) -> tuple[_Step, ...]:
    points = [
        point
        for index, point in enumerate(tempos)
        if not index or point.bpm != tempos[index - 1].bpm
    ]
    if not points:
        return ()
    low, high = min(point.bpm for point in points), max(point.bpm for point in points)
    span = max(high - low, high * _NARROWEST_SPAN)
    ends = [point.seconds for point in points[1:]] + [length]
    steps = []
    for index, (point, end) in enumerate(zip(points, ends, strict=True)):
        share = (point.bpm - (high + low) / 2) / span + 0.5
        top = round(_LOWEST - share * (_LOWEST - _HIGHEST), 1)
        left = x(point.seconds) if index else LEFT
        steps.append(_Step(left, x(end), top, point.bpm, point.written))
    return tuple(steps)


def _labels(steps: tuple[_Step, ...]) -> tuple[TempoLabel, ...]:
    """As many tempos as can be read: first, last and the extremes before all others."""
    told = [step for step in steps if step.written]
    if not told:
        return ()
    order = [told[0], told[-1], max(told, key=_bpm), min(told, key=_bpm), *told]
    placed: list[tuple[float, float, TempoLabel]] = []
    for step in order:
        text = bpm_text(step.bpm)
        width = _SIGN + _CHARACTER * len(text)
        left = min(step.left + 2, RIGHT - width)
        right = left + width
        under = [one.top for one in steps if one.left <= right and one.right >= left]
        top = min([step.top, *under]) - 7
        if all(
            right + _LABEL_GAP < other_left
            or left > other_right + _LABEL_GAP
            or abs(top - other.top) > _LABEL_HEIGHT
            for other_left, other_right, other in placed
        ):
            placed.append((left, right, TempoLabel(round(left, 1), round(top, 1), text)))
    return tuple(sorted((label for _, _, label in placed), key=lambda label: label.left))


def _bpm(step: _Step) -> float:
    return step.bpm


def _hits(cue: CueReport, x: _Place) -> tuple[ChartHit, ...]:
    found = []
    free_from = 0.0
    for number, hit in enumerate(cue.hits, start=1):
        left = x(hit.seconds)
        told = str(number) if left >= free_from else ""
        if told:
            free_from = left + _NUMBER_GAP
        found.append(ChartHit(left, told, hit.caught, hit.words))
    return tuple(found)
