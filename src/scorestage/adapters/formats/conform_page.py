"""The change report as one HTML page: what moved, and old bars against new ones, coloured.

Nothing fetched, no outside script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from scorestage.paperwork import Table

_COLOURS = {
    "same": ("#e9e4d8", "as it was"),
    "bent": ("#f3d9a4", "at another tempo"),
    "joint": ("#c8452f", "joined here"),
    "again": ("#7a5ba6", "played again"),
    "new": ("#2d5d94", "new"),
    "cut": ("#ffffff", "cut"),
}
_LIGHT_TEXT = ("joint", "again", "new")
_BOX_PX, _GAP_PX, _HIGH_PX, _BETWEEN_PX = 34, 3, 30, 46
_PER_ROW = 26
_STYLE = """
:root{--ink:#22201c;--dim:#7c766c;--line:#e2ddd3;--page:#faf8f3}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);
font:14px/1.45 "Source Sans 3","Segoe UI",system-ui,sans-serif;padding:28px 34px 60px}
h1{font:600 26px/1.2 Georgia,serif;margin:0 0 12px}h2{font:600 18px Georgia,serif;margin:34px 0 6px}
.facts{display:flex;flex-wrap:wrap;gap:8px 30px;margin:0 0 14px}
.facts span{display:block;color:var(--dim);font-size:12px}
table{border-collapse:collapse;background:#fff;border:1px solid var(--line);width:100%}
td,th{padding:5px 12px;text-align:left;vertical-align:top;border-bottom:1px solid #f0ece3}
th{color:var(--dim);font-weight:500;font-size:12px}tr.strong td{font-weight:600}
.num{text-align:right;font-variant-numeric:tabular-nums}.dim{color:var(--dim)}
.keys{display:flex;flex-wrap:wrap;gap:4px 16px;color:var(--dim);margin:6px 0 8px}
.keys i{display:inline-block;width:13px;height:13px;border-radius:3px;margin-right:5px;
vertical-align:-2px;border:1px solid var(--line)}
figure{margin:10px 0 0;overflow-x:auto}figcaption{color:var(--dim);margin:0 0 6px}
.music>div{display:grid;grid-template-columns:1fr 1fr;gap:14px}
.music p{margin:8px 12px;font-weight:600}.music>div>div{background:#fff;border:1px solid #e2ddd3}
.music svg{width:100%;height:auto;display:block}
.before .changed{color:#c8452f;fill:#c8452f;stroke:#c8452f}
.after .changed{color:#1f6f4a;fill:#1f6f4a;stroke:#1f6f4a}
@media print{.music{break-inside:avoid}
body{background:#fff;padding:0}h2{break-after:avoid}figure,table{break-inside:avoid}}
"""


@dataclass(frozen=True, slots=True)
class BarBox:
    """A bar as a box: its label, what became of it (`same bent joint again new cut`), the old
    bars it is made of (by index), its meter and its timecode."""

    label: str
    origin: str
    old_bars: tuple[int, ...]
    meter: str
    timecode: str


@dataclass(frozen=True, slots=True)
class CueStrip:
    """A cue's old bars and its new ones, to be drawn above each other."""

    title: str
    words: str
    old: tuple[BarBox, ...]
    new: tuple[BarBox, ...]


@dataclass(frozen=True, slots=True)
class MusicPlace:
    """A changed place of a cue as music: which bars, and their drawings (SVG) before and after."""

    old_bars: str
    new_bars: str
    before: str
    after: str


def conform_page(
    title: str,
    facts: Sequence[tuple[str, str]],
    tables: Sequence[Table],
    strips: Sequence[CueStrip],
    music: Sequence[tuple[str, Sequence[MusicPlace]]] = (),
) -> str:
    """The page; `music` are the changed places of each cue, under its title."""
    parts = [f"<h1>{escape(title)}</h1>", _facts(facts)]
    if strips:
        keys = "".join(
            f'<span><i style="background:{colour}"></i>{words}</span>'
            for colour, words in _COLOURS.values()
        )
        parts.append(f'<h2>Old bars above, new bars below</h2><p class="keys">{keys}</p>')
        parts += [strip_figure(one) for one in strips]
    for name, places in music:
        parts += [_place(name, place) for place in places]
    for number, table in enumerate(tables):
        parts.append(_table(table, facts_too=number > 0))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    told = "".join(f"<div><span>{escape(a)}</span>{escape(b)}</div>" for a, b in facts)
    return f'<div class="facts">{told}</div>'


def _table(table: Table, *, facts_too: bool) -> str:
    head = "".join(
        f"<th{_side(column.right)}>{escape(column.heading)}</th>" for column in table.columns
    )
    body = []
    for number, row in enumerate(table.rows):
        cells = "".join(
            f"<td{_side(column.right)}>{escape(cell)}</td>"
            for column, cell in zip(table.columns, row, strict=True)
        )
        strong = ' class="strong"' if number in table.strong else ""
        body.append(f"<tr{strong}>{cells}</tr>")
    facts = _facts(table.facts) if facts_too and table.facts else ""
    legend = "".join(f'<p class="dim">{escape(line)}</p>' for line in table.legend)
    return (
        f"<h2>{escape(table.title)}</h2>{facts}<table><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table>{legend}"
    )


def _side(right: bool) -> str:
    return ' class="num"' if right else ""


def _place(name: str, place: MusicPlace) -> str:
    """Old music on the left, new on the right."""
    sides = (("before", place.old_bars, place.before), ("after", place.new_bars, place.after))
    told = "".join(
        f'<div class="{side}"><p>{escape(side.capitalize())}: {escape(bars)}</p>{drawing}</div>'
        for side, bars, drawing in sides
    )
    return f'<section class="music"><h2>{escape(name)}</h2><div>{told}</div></section>'


def strip_figure(strip: CueStrip) -> str:
    """Old bars in a row, new bars below, a line from each old bar to where it is played now.

    Rows break after so many bars; a line is drawn where both ends are in the same row.
    """
    rows = range(0, max(len(strip.old), len(strip.new)), _PER_ROW)
    drawings = "".join(_row(strip, first) for first in rows)
    caption = f"<b>{escape(strip.title)}</b> {escape(strip.words)}"
    return f"<figure><figcaption>{caption}</figcaption>{drawings}</figure>"


def _row(strip: CueStrip, first: int) -> str:
    old = strip.old[first : first + _PER_ROW]
    new = strip.new[first : first + _PER_ROW]
    wide = max(len(old), len(new)) * (_BOX_PX + _GAP_PX)
    high = 2 * _HIGH_PX + _BETWEEN_PX
    lines = []
    for number, box in enumerate(new):
        for bar in box.old_bars:
            place = bar - first
            if 0 <= place < len(old):
                lines.append(_line(place, number, box.origin))
    boxes = [_box(box, number, 0) for number, box in enumerate(old)]
    boxes += [_box(box, number, _HIGH_PX + _BETWEEN_PX) for number, box in enumerate(new)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" role="img" font-family="sans-serif">'
        f"{''.join(lines)}{''.join(boxes)}</svg>"
    )


def _middle(number: int) -> float:
    return number * (_BOX_PX + _GAP_PX) + _BOX_PX / 2


def _line(old: int, new: int, origin: str) -> str:
    colour = "#cfc8ba" if origin in ("same", "bent") else _COLOURS[origin][0]
    return (
        f'<line x1="{_middle(old)}" y1="{_HIGH_PX}" x2="{_middle(new)}" '
        f'y2="{_HIGH_PX + _BETWEEN_PX}" stroke="{colour}" stroke-width="1.4"/>'
    )


def _box(box: BarBox, number: int, top: int) -> str:
    left = number * (_BOX_PX + _GAP_PX)
    colour = _COLOURS.get(box.origin, _COLOURS["same"])[0]
    ink = "#fff" if box.origin in _LIGHT_TEXT else "#22201c"
    cross = ""
    if box.origin == "cut":
        right, floor = left + _BOX_PX, top + _HIGH_PX
        cross = (
            f'<path d="M{left} {top}L{right} {floor}M{right} {top}L{left} {floor}" '
            'stroke="#c8452f" stroke-width="1.2"/>'
        )
    told = " ".join(part for part in (box.label, box.meter, box.timecode) if part)
    return (
        f"<g><title>{escape(told)}</title>"
        f'<rect x="{left}" y="{top}" width="{_BOX_PX}" height="{_HIGH_PX}" rx="4" '
        f'fill="{colour}" stroke="#cfc8ba"/>{cross}'
        f'<text x="{left + _BOX_PX / 2}" y="{top + 19}" text-anchor="middle" font-size="12" '
        f'fill="{ink}">{escape(box.label)}</text></g>'
    )
