"""Signs of a staff that its writer set, as MEI tells them: pedal, figures, harp pedals, words."""

from __future__ import annotations

from collections.abc import Iterator

from scorestage.engraving.mei.ink import beat_number, element, rend, words
from scorestage.engraving.staffsigns import (
    direction_text,
    figure_rows,
    harmony_text,
    metronome_text,
)
from scorestage.music import Sign
from scorestage.music.written import WrittenBar

_PEDALS = {"start": "down", "resume": "down", "sostenuto": "down", "stop": "up",
           "discontinue": "up", "change": "bounce"}  # fmt: skip
_POINTS = 9
_FLATS = {"-1": "♭", "0": "♮", "1": "♯"}
UNDRAWN = frozenset(("dashes", "bracket"))
"""Spans that are not drawn by way of MEI."""


def staff_signs(bar: WrittenBar, staff: int, points: float) -> Iterator[str]:
    """What the further signs of a bar say."""
    for offset, sign in bar.signs:
        at = {"staff": str(staff), "tstamp": beat_number(min(offset, bar.length.quarters),
                                                         bar.meter)}  # fmt: skip
        if sign.name == "direction":
            for kind in sign.inner:
                for one in kind.inner if kind.name == "direction-type" else ():
                    yield from _direction(one, at, points)
        elif sign.name == "harmony" and harmony_text(sign):
            yield element("dir", _text(harmony_text(sign), points), place="above", **at)
        elif sign.name == "figured-bass" and figure_rows(sign):
            rows = "".join(element("f", words(row)) for row in figure_rows(sign))
            yield element("harm", element("fb", rows), place="below", **at)


def _text(said: str, points: float) -> str:
    return rend(said, _POINTS * points, fontstyle="italic", fontweight="normal")


def _direction(sign: Sign, at: dict[str, str], points: float) -> Iterator[str]:
    name = sign.name
    if name == "pedal":
        way = _PEDALS.get(sign.detail("type"))
        if way:
            yield element("pedal", dir=way, place="below", **at)
    elif name in ("segno", "coda"):
        yield element("repeatMark", func=name, place="above", **at)
    elif name == "dynamics":
        said = " ".join(one.text or one.name for one in sign.inner)
        yield element("dynam", rend(said), place="below", **at) if said else ""
    elif name not in UNDRAWN and name != "octave-shift":
        said = {"harp-pedals": harp_words, "metronome": metronome_text}.get(
            name, direction_text
        )(sign)  # fmt: skip
        if said.strip():
            yield element("dir", _text(said, points), place="above", **at)


def harp_words(sign: Sign) -> str:
    """A harp's pedals by name: `D♭ C♮ B | E …`.

    >>> harp_words(Sign("harp-pedals"))
    ''
    """
    told = []
    for tuning in sign.inner:
        step, alter = tuning.find("pedal-step"), tuning.find("pedal-alter")
        if step is not None:
            steps = alter.text.strip() if alter is not None else "0"
            told.append(step.text + _FLATS.get(steps, ""))
    return " ".join(told)
