"""What the report shows, and the page made of it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from importlib import resources

from jinja2 import Environment, StrictUndefined

_CHART_WIDTH = 920.0
_CHART_HEIGHT = 150.0
_CHART_LEFT = 44.0
_CHART_BASE = 112.0
_CHART_TOP = 18.0


@dataclass(frozen=True, slots=True)
class StripFrame:
    """One picture of the film strip: where it stands (share of the film, 0 to 1), JPEG bytes."""

    share: float
    jpeg: bytes
    timecode: str


@dataclass(frozen=True, slots=True)
class Link:
    """A file that belongs to a cue or the film, by its path from the report."""

    label: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TempoPoint:
    """The tempo from a moment of the cue on: seconds from its start, beats per minute."""

    seconds: float
    bpm: float


@dataclass(frozen=True, slots=True)
class HitReport:
    """A hit as the fit reached it; `off_frames` is music minus picture, negative early."""

    seconds: float
    timecode: str
    words: str
    weight: int
    where: str
    off_frames: float
    caught: bool
    share: float
    """Its place in the whole film, 0 to 1."""


@dataclass(frozen=True, slots=True)
class CueReport:
    """All that the page says of one cue."""

    number: str
    title: str
    start_timecode: str
    length: str
    seconds: float
    share_in: float
    share_out: float
    facts: tuple[tuple[str, str], ...]
    why: tuple[str, ...]
    hits: tuple[HitReport, ...]
    tempos: tuple[TempoPoint, ...]
    bars: tuple[tuple[float, str], ...]
    """Seconds from the cue's start at which each bar begins, with its number."""
    chance: str
    page_png: bytes
    page_alt: str
    audio: bytes
    audio_type: str
    links: tuple[Link, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    strip: tuple[StripFrame, ...]
    shots: tuple[float, ...]
    """Cuts, as shares of the film."""
    dialogue: tuple[tuple[float, float], ...]
    cues: tuple[CueReport, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()


def html_of(report: Report) -> bytes:
    """The page: style, pictures and sound inside it, no address outside; text is escaped."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["data"] = _data_address
    environment.globals["tempo_chart"] = tempo_chart
    source = resources.files(__package__).joinpath("report.html").read_text(encoding="utf-8")
    return environment.from_string(source).render(report=report).encode("utf-8")


@dataclass(frozen=True, slots=True)
class Chart:
    """A tempo path drawn to scale: the path, its labels, bar lines and hits, in chart units."""

    width: float
    height: float
    base: float
    path: str
    area: str
    labels: tuple[tuple[float, float, str], ...]
    bars: tuple[tuple[float, str], ...]
    hits: tuple[tuple[float, bool, str], ...]


def tempo_chart(cue: CueReport) -> Chart:
    """Where everything of a cue's tempo path goes on the chart."""
    length = max(cue.seconds, 0.001)
    across = _CHART_WIDTH - _CHART_LEFT - 12

    def x(seconds: float) -> float:
        return round(_CHART_LEFT + across * min(max(seconds / length, 0), 1), 1)

    values = [point.bpm for point in cue.tempos] or [60.0]
    low, high = min(values), max(values)
    room = max(high - low, high * 0.08)
    middle = (high + low) / 2

    def y(bpm: float) -> float:
        share = (bpm - middle) / room + 0.5
        return round(_CHART_BASE - share * (_CHART_BASE - _CHART_TOP - 14) - 6, 1)

    steps = []
    for index, point in enumerate(cue.tempos):
        after = cue.tempos[index + 1].seconds if index + 1 < len(cue.tempos) else length
        steps.append((x(point.seconds), x(after), y(point.bpm)))
    path = " ".join(f"{'M' if not i else 'L'}{a} {v} L{b} {v}" for i, (a, b, v) in enumerate(steps))
    area = f"{path} L{steps[-1][1]} {_CHART_BASE} L{steps[0][0]} {_CHART_BASE} Z" if steps else ""
    labels: list[tuple[float, float, str]] = []
    for (left, _, top), point in zip(steps, cue.tempos, strict=True):
        if not labels or left - labels[-1][0] > 56:
            labels.append((left, top - 6, f"{point.bpm:.4g}"))
    every = max(1, round(len(cue.bars) / 24))
    bars = tuple(
        (x(seconds), label if index % every == 0 else "")
        for index, (seconds, label) in enumerate(cue.bars)
    )
    hits = tuple((x(hit.seconds), hit.caught, hit.words) for hit in cue.hits)
    return Chart(_CHART_WIDTH, _CHART_HEIGHT, _CHART_BASE, path, area, tuple(labels), bars, hits)


def _data_address(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
