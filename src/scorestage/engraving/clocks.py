"""Film time and tempo as conductors read them: clock, timecode, beats a minute, frame clicks."""

from __future__ import annotations

from fractions import Fraction

from scorestage.engraving.edition import Edition, Timing
from scorestage.timebase import (
    Beats,
    FilmTime,
    FrameRate,
    Tempo,
    TempoMap,
    Timecode,
)
from scorestage.timebase.frameclick import FrameClick
from scorestage.timebase.reading import clock_text

HALF = Fraction(1, 2)
_NOTE_VALUES = {
    Fraction(4): (0, 0),
    Fraction(3): (1, 1),
    Fraction(2): (1, 0),
    Fraction(3, 2): (2, 1),
    Fraction(1): (2, 0),
    Fraction(3, 4): (3, 1),
    Fraction(1, 2): (3, 0),
    Fraction(1, 4): (4, 0),
}
_QUARTER = Beats(1)


def film_time_text(at: FilmTime, edition: Edition, tempo_map: TempoMap) -> str:
    """Film time as the edition shows it."""
    if edition.timing is Timing.TIMECODE:
        frames = edition.timecode_start_frames + edition.rate.nearest_frame(at)
        return str(Timecode(frames, edition.rate))
    zero = tempo_map.start if edition.clock_zero is None else edition.clock_zero
    return clock_text((at - zero).seconds)


def bpm_text(bpm: Fraction) -> str:
    """Beats a minute with at most two decimals.

    >>> bpm_text(Fraction(96)), bpm_text(Fraction(1009, 10)), bpm_text(Fraction(4320, 43))
    ('96', '100.9', '100.47')
    """
    hundredths = (bpm * 100 + HALF).__floor__()
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


def click_text(tempo: Tempo, rate: FrameRate) -> str:
    """The frame click of a tempo, `15-0`; with `~` where no eighth of a frame is exact.

    >>> from scorestage.timebase import FRAMES_24
    >>> click_text(Tempo(96), FRAMES_24), click_text(Tempo(97), FRAMES_24)
    ('15-0', '~14-7')
    """
    click = FrameClick.nearest(tempo, rate)
    return f"{click}" if click.tempo(rate).bpm == tempo.bpm else f"~{click}"


def printable(tempo: Tempo) -> Tempo:
    """The same speed in a note value that exists as one note: its own, else the quarter."""
    return tempo if tempo.unit.quarters in _NOTE_VALUES else tempo.of(_QUARTER)


def note_of(unit: Beats) -> tuple[int, int]:
    """A beat unit as LilyPond counts note values: power of two, and dots.

    >>> note_of(Beats("3/2"))
    (2, 1)
    """
    return _NOTE_VALUES[unit.quarters]
