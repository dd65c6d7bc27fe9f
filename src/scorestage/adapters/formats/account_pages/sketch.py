"""The page of a sketch: strands by bars, coloured by what put the notes there; why, at a click."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from scorestage.adapters.formats.account_pages import face
from scorestage.composing import NoteReason

_COLOURS = {
    "theme": "#c8452f",
    "hit": "#22201c",
    "rule": "#3f7f5c",
    "person": "#2d5d94",
}
_NAMES = {
    "theme": "a theme",
    "hit": "a hit",
    "rule": "a rule of writing",
    "person": "a person",
}
_HEADS = ("beat", "tones", "from", "why")


@dataclass(frozen=True, slots=True)
class SectionTold:
    """One section of the form: its bars, what it is, what is done in it, and why."""

    bars: str
    what: str
    theme: str
    texture: str
    key: str
    why: str


def sketch_page(
    title: str,
    subtitle: str,
    bars: Sequence[str],
    reasons: Sequence[NoteReason],
    sections: Sequence[SectionTold] = (),
) -> str:
    """The whole page as HTML text; `bars` are the printed labels, in order."""
    counts = Counter(one.cause for one in reasons)
    told = [(str(counts[cause]), f"notes by {name}", "") for cause, name in _NAMES.items()]
    keys = "".join(
        f"<span><i style='background:{colour}'></i>{_NAMES[cause]}</span>"
        for cause, colour in _COLOURS.items()
    )
    return "".join(
        (
            face.head(title, subtitle, "sketch"),
            face.facts(told),
            f"<div class='keys'>{keys}</div>",
            _grid(bars, reasons),
            face.foot("Click a bar of a line to read what put each of its notes there."),
            _sections(sections),
            face.end(),
        )
    )


def _grid(bars: Sequence[str], reasons: Sequence[NoteReason]) -> str:
    cells: dict[tuple[str, int], list[NoteReason]] = {}
    for one in reasons:
        cells.setdefault((one.strand, one.bar_index), []).append(one)
    top = "".join(f"<th>{escape(bar)}</th>" for bar in bars)
    rows = [f"<thead><tr><th class='who'></th>{top}</tr></thead><tbody>"]
    shown = []
    for number, strand in enumerate(dict.fromkeys(one.strand for one in reasons)):
        rows.append(f"<tr><th class='who'>{escape(strand)}</th>")
        for index, bar in enumerate(bars):
            here = cells.get((strand, index), [])
            name = f"t{number}-{index}"
            rows.append(f"<td>{_cell(here, name)}</td>")
            if here:
                told = [(one.beat, " ".join(one.pitches), one.origin, one.words) for one in here]
                shown.append(face.reasons(name, f"{strand}, bar {bar}", _HEADS, told))
        rows.append("</tr>")
    table = f"<table class='grid'>{''.join(rows)}</tbody></table>"
    return f"<div class='scroll'>{table}</div>{''.join(shown)}"


def _cell(here: Sequence[NoteReason], name: str) -> str:
    if not here:
        return ""
    causes = dict.fromkeys(one.cause for one in here)
    stripes = "".join(f"<i style='background:{_COLOURS[cause]}'></i>" for cause in causes)
    title = "; ".join(dict.fromkeys(one.words or one.origin for one in here))
    return f"<button data-t='{name}' title='{escape(title, quote=True)}'>{stripes}</button>"


def _sections(sections: Sequence[SectionTold]) -> str:
    if not sections:
        return ""
    heads = ("bars", "section", "theme", "texture", "key", "why")
    top = "".join(f"<th>{one}</th>" for one in heads)
    rows = []
    for one in sections:
        told = (one.bars, one.what, one.theme, one.texture, one.key, one.why)
        rows.append("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in told) + "</tr>")
    return f"<h2>Form</h2><table class='plain'><tr>{top}</tr>{''.join(rows)}</table>"
