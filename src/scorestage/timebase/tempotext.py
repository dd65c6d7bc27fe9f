"""Reading a tempo in whatever way the trade writes it."""

from __future__ import annotations

import re
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.timebase.beats import Beats
from scorestage.timebase.frameclick import FrameClick
from scorestage.timebase.meter import Meter
from scorestage.timebase.rate import FrameRate
from scorestage.timebase.tempo import QUARTER, Tempo
from scorestage.timebase.writtenclick import WrittenClick

FASTEST_BPM = 2000
MOST_UNITS = 99
_LONGEST_METER = 200
_BPM = re.compile(r"(\d{1,9}(?:\.\d{1,12})?)(?:\s*bpm)?")
_CLICK = re.compile(r"\d+[-/][0-7]")


def read_tempo(text: str, rate: FrameRate, unit: Beats = QUARTER) -> Tempo:
    """Beats a minute (`96`, `93.5`), a frame click (`15-0`) or a written click (`8 in 5`).

    All count the click beat, which is `unit`. Raises `InputError` for anything else.

    >>> from scorestage.timebase.rate import FRAMES_24
    >>> [read_tempo(text, FRAMES_24).bpm for text in ("96", "15-0", "8 in 5")]
    [Fraction(96, 1), Fraction(96, 1), Fraction(96, 1)]
    """
    text = text.strip()
    if " in " in text:
        return Tempo(WrittenClick.parse(text).tempo.bpm, unit)
    if _CLICK.fullmatch(text):
        return Tempo(FrameClick.parse(text).tempo(rate).bpm, unit)
    match = _BPM.fullmatch(text)
    bpm = Fraction(match[1]) if match is not None else Fraction(0)
    if not 0 < bpm <= FASTEST_BPM:
        told = "write beats a minute (96), a frame click (15-0) or a written click (8 in 5)"
        raise InputError(f"{text!r} is no tempo", do=told)
    return Tempo(bpm, unit)


def read_meter(text: str) -> Meter:
    """A meter that somebody can count: `4/4`, `6/8`, `3+2+2/8`, up to 99 units to the bar.

    >>> str(read_meter("3+2+2/8"))
    '3+2+2/8'
    """
    meter = Meter.parse(text[:_LONGEST_METER])
    if meter.numerator > MOST_UNITS or len(text) > _LONGEST_METER:
        raise InputError(f"nobody counts {text[:20]!r}", do=f"write up to {MOST_UNITS} to the bar")
    return meter
