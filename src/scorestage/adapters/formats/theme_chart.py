"""The theme ledger drawn: a row for each theme over the film's time, and a page around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH = 1120
LEFT = 210
RIGHT = 1096
ROW = 46
TOP = 64
INKS = ("#1f5f8b", "#b3541e", "#4c7a34", "#7b3f8c", "#a8323e", "#2f7f7a", "#8a6d1b", "#555b6e")
_SLOTS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One statement on the chart: a bar in its theme's ink, full, half or in outline."""

    left: float
    width: float
    top: float
    ink: str
    scope: str
    words: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One theme: its name, what it stands for, its notes; `top` of its row."""

    name: str
    stands_for: str
    top: float
    ink: str
    notes: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    first_whole: str


@dataclass(frozen=True, slots=True)
class ThemeChart:
    """Everything of the picture in its own units; `cues` are (left, number, slot of its label)."""

    title: str
    height: float
    rows: tuple[ChartRow, ...]
    bars: tuple[Bar, ...]
    cues: tuple[tuple[float, str, int], ...]
    ticks: tuple[tuple[float, str], ...]


def chart_of(told: Mapping[str, Any]) -> ThemeChart:
    """The picture of a ledger as `theme ledger --json` tells it."""
    seconds = max(float(told["film_seconds_float"]), 1.0)

    def across(at: float) -> float:
        return LEFT + (RIGHT - LEFT) * max(0.0, min(1.0, at / seconds))

    rows, bars = [], []
    for number, theme in enumerate(told["themes"]):
        top = TOP + ROW * number
        ink = INKS[number % len(INKS)]
        whole = theme["first_whole"]
        rows.append(
            ChartRow(
                theme["title"] or theme["theme"],
                theme["stands_for"],
                top,
                ink,
                tuple(theme["notes"]),
                tuple(theme["cells"].items()),
                "" if whole is None else f"{whole['cue']} bar {whole['bar']}",
            )
        )
        for one in theme["statements"]:
            left = across(one["at_seconds_float"])
            width = max(3.0, across(one["end_seconds_float"]) - left)
            words = f"{one['cue']} bar {one['bar']}: {', '.join(one['transformations'])}"
            bars.append(Bar(left, width, top + 12, ink, one["scope"], words))
    height = TOP + ROW * max(1, len(rows)) + 44
    return ThemeChart(
        str(told["film"]), height, tuple(rows), tuple(bars), _cue_marks(told, across),
        _ticks(seconds, across),
    )  # fmt: skip


def _cue_marks(told: Mapping[str, Any], across: Any) -> tuple[tuple[float, str, int], ...]:
    """Cues by their start; where labels would collide they stand in another slot."""
    found = []
    ends = [-1e9] * _SLOTS
    for cue in told["cues"]:
        left = across(cue["at_seconds_float"])
        free = next((slot for slot in range(_SLOTS) if ends[slot] <= left), -1)
        if free >= 0:
            ends[free] = left + 7 * len(cue["cue"]) + 6
        found.append((left, cue["cue"], free))
    return tuple(found)


def _ticks(seconds: float, across: Any) -> tuple[tuple[float, str], ...]:
    steps = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)
    step = next((one for one in steps if seconds / one <= 12), 3600)
    return tuple(
        (across(at), f"{at // 60}:{at % 60:02d}") for at in range(0, int(seconds) + 1, step)
    )


def chart_page(chart: ThemeChart) -> str:
    """A page that stands by itself: the picture, the matrix and the notes."""
    title = escape(chart.title)
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>Themes of {title}</title><style>{_CSS}</style></head><body>"
        f"<h1>Themes of {title}</h1>{_svg(chart)}{_matrix(chart)}{_notes(chart)}"
        "<p class='key'>A full bar is a whole statement, a half bar a part of it, an outline a "
        "hint. Time runs from the first frame of the film.</p></body></html>"
    )


_CSS = (
    "body{font:15px/1.45 'Source Sans 3','Source Sans Pro',system-ui,sans-serif;margin:28px auto;"
    "max-width:1140px;color:#22262b}h1{font-size:22px;font-weight:600}"
    "table{border-collapse:collapse;margin:18px 0}td,th{padding:3px 9px;text-align:center;"
    "border-bottom:1px solid #dde1e6;font-variant-numeric:tabular-nums}th:first-child,"
    "td:first-child{text-align:left}.none{color:#c3c9d1}.key{color:#6a727c;font-size:13px}"
    "svg{width:100%;height:auto}text{font-size:12px;fill:#3c434b}"
)


def _svg(chart: ThemeChart) -> str:
    bottom = chart.height - 40
    parts = [
        f"<svg viewBox='0 0 {WIDTH} {chart.height:.0f}' role='img' "
        f"aria-label='Themes over the film'>"
    ]
    for left, words in chart.ticks:
        parts.append(
            f"<line x1='{left:.1f}' x2='{left:.1f}' y1='{TOP}' y2='{bottom:.1f}' stroke='#e6e9ed'/>"
            f"<text x='{left:.1f}' y='{bottom + 18:.1f}' text-anchor='middle'>{words}</text>"
        )
    for left, number, slot in chart.cues:
        parts.append(
            f"<line x1='{left:.1f}' x2='{left:.1f}' y1='{TOP - 6}' y2='{bottom:.1f}' "
            "stroke='#9aa3ad' stroke-dasharray='2 4'/>"
        )
        if slot >= 0:
            y = TOP - 10 - 11 * slot
            parts.append(f"<text x='{left + 2:.1f}' y='{y}'>{escape(number)}</text>")
    for row in chart.rows:
        middle = row.top + 23
        parts.append(
            f"<line x1='{LEFT}' x2='{RIGHT}' y1='{middle:.1f}' y2='{middle:.1f}' "
            f"stroke='{row.ink}' stroke-opacity='.22'/>"
            f"<text x='12' y='{middle - 2:.1f}' style='font-size:14px;font-weight:600'>"
            f"{escape(row.name[:26])}</text>"
            f"<text x='12' y='{middle + 13:.1f}'>{escape(row.stands_for[:32])}</text>"
        )
    parts += [_bar(one) for one in chart.bars]
    return "".join([*parts, "</svg>"])


def _bar(one: Bar) -> str:
    height, top = {"whole": (22.0, one.top), "part": (11.0, one.top + 5.5)}.get(
        one.scope, (11.0, one.top + 5.5)
    )
    paint = f"fill='{one.ink}'"
    if one.scope == "hint":
        paint = f"fill='white' stroke='{one.ink}' stroke-width='1.5'"
    opacity = " fill-opacity='.62'" if one.scope == "part" else ""
    return (
        f"<rect x='{one.left:.1f}' y='{top:.1f}' width='{one.width:.1f}' height='{height}' rx='2' "
        f"{paint}{opacity}><title>{escape(one.words)}</title></rect>"
    )


def _matrix(chart: ThemeChart) -> str:
    if not chart.rows:
        return "<p>No themes yet.</p>"
    head = "".join(f"<th>{escape(number)}</th>" for number, _ in chart.rows[0].counts)
    rows = []
    for row in chart.rows:
        cells = "".join(
            f"<td>{count}</td>" if count else "<td class='none'>·</td>" for _, count in row.counts
        )
        first = escape(row.first_whole) or "–"
        rows.append(
            f"<tr><td style='color:{row.ink}'>{escape(row.name)}</td>{cells}<td>{first}</td></tr>"
        )
    return f"<table><tr><th>statements</th>{head}<th>first whole</th></tr>{''.join(rows)}</table>"


def _notes(chart: ThemeChart) -> str:
    items = []
    for row in chart.rows:
        told = "; ".join(escape(note) for note in row.notes)
        items.append(f"<p><b style='color:{row.ink}'>{escape(row.name)}</b>: {told}</p>")
    return "".join(items)
