"""The temp track as written: a plain piece the editor laid under the cut.

It has its own themes and tempos (a music box in three at 92, a storm in four at 138, a hymn at 76);
the score that is written for the film owes it nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One note of the temp: when (beats in its section), MIDI number, beats long, level, place."""

    beat: float
    pitch: int
    beats: float
    level: float
    voice: str
    pan: float = 0.0


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the temp from one frame to another at one tempo."""

    first_frame: int
    end_frame: int
    bpm: float
    meter: int
    notes: tuple[Note, ...]


_TUNE_A = (
    "81:1 78:1 74:1 76:2 78:1 79:1 76:1 73:1 74:3 81:1 83:1 85:1 86:2 81:1 79:1 78:1 76:1 74:3"
)
_TUNE_B = "86:2 85:1 83:2 81:1 83:1 81:1 78:1 79:3 78:1 79:1 81:1 83:2 79:1 78:2 76:1 74:3"
_HYMN = "74:3 76:1 78:2 74:2 79:3 78:1 76:4"
_LAST = "78:1 76:1 74:1 81:6"
_CHORDS_A = "50.62.66 45.61.64 45.61.67 50.62.66 47.62.66 43.62.67 45.61.64 50.62.66"
_CHORDS_B = "50.66.69 47.62.66 43.62.67 43.59.62 42.62.69 43.62.67 45.61.67 50.62.66"
_PAD_B = "62.66.69 59.62.66 62.67.71 59.62.67 62.66.69 62.67.71 61.64.67 62.66.69"
_HYMN_CHORDS = "50.57.62.66 47.54.62.66 43.55.59.62 45.57.61.64"
_ROOTS = (38, 38, 41, 41, 36, 36, 43, 45)


def sections() -> tuple[Section, ...]:
    """The whole temp track, section by section; each is cut where the next begins.

    >>> [(s.first_frame, s.bpm) for s in sections()][:2]
    [(34, 92.0), (432, 92.0)]
    """
    return (
        Section(34, 432, 92.0, 3, (*_line(_TUNE_A, "box", 0.4), *_waltz(_CHORDS_A, 0.26))),
        Section(432, 764, 92.0, 3, _meeting()),
        Section(764, 860, 60.0, 4, _drone()),
        Section(860, 1308, 138.0, 4, tuple(_storm())),
        Section(1328, 1412, 60.0, 4, _blow()),
        Section(1412, 1667, 76.0, 4, (*_pad(_HYMN_CHORDS, 4, 0.15), *_line(_HYMN, "pad", 0.14))),
        Section(1667, 1745, 92.0, 3, tuple(_line(_TUNE_A, "box", 0.36))[:9]),
        Section(1745, 1823, 72.0, 3, (*_line(_LAST, "box", 0.36), *_pad("50.57.62.66", 9, 0.14))),
    )


def _line(text: str, voice: str, level: float) -> Iterator[Note]:
    """A tune written `pitch:beats`."""
    beat = 0.0
    for item in text.split():
        pitch, beats = item.split(":")
        yield Note(beat, int(pitch), float(beats), level, voice, 0.1)
        beat += float(beats)


def _waltz(chords: str, level: float) -> Iterator[Note]:
    """Bass on one, two chord notes after it, a bar for each `root.third.fifth`."""
    for bar, chord in enumerate(chords.split()):
        low, third, fifth = (int(p) for p in chord.split("."))
        yield Note(3 * bar, low, 3, level, "bass", -0.2)
        for beat in (1, 2):
            for pitch in (third, fifth):
                yield Note(3 * bar + beat, pitch, 1.4, level * 0.55, "box", 0.25)


def _pad(chords: str, beats: float, level: float) -> Iterator[Note]:
    """Held chords, each so many beats, spread from left to right."""
    for k, chord in enumerate(chords.split()):
        for pitch, pan in zip(chord.split("."), (-0.6, 0.5, -0.2, 0.7), strict=False):
            yield Note(k * beats, int(pitch), beats * 1.05, level, "pad", pan)


def _meeting() -> tuple[Note, ...]:
    tune = _line(_TUNE_B, "box", 0.4)
    return (*tune, *_waltz(_CHORDS_B, 0.26), *_pad(_PAD_B, 3, 0.07))


def _drone() -> tuple[Note, ...]:
    rows = ((0, 38, 16, 0.22, 0.0), (4, 45, 12, 0.14, 0.4), (8, 51, 8, 0.1, -0.4))
    return tuple(
        Note(beat, pitch, long, level, "pad", pan) for beat, pitch, long, level, pan in rows
    )


def _blow() -> tuple[Note, ...]:
    """One chord of everything."""
    tones = ((26, "drum"), (38, "saw"), (50, "pad"), (57, "pad"), (62, "pad"), (66, "pad"))
    return tuple(Note(0, pitch, 5, 0.3, voice) for pitch, voice in tones)


def _storm() -> Iterator[Note]:
    """Eleven bars of running eighths over a drum, thicker as they go."""
    for bar in range(11):
        root = _ROOTS[bar % 8]
        for eighth in range(8):
            heavy = eighth in (0, 3, 6)
            level = 0.3 if heavy else 0.165
            leap = 12 if eighth in (3, 6) else 0
            yield Note(4 * bar + eighth / 2, root + leap, 0.42, level, "saw", -0.3)
            if bar >= 4:
                high = root + 27 + bar % 3
                yield Note(4 * bar + eighth / 2, high, 0.3, level * 0.4, "saw", 0.4)
        for beat in (0, 1.5, 3) if bar < 6 else (0, 1, 1.5, 2, 3, 3.5):
            yield Note(4 * bar + beat, 36, 1, 0.55, "drum", 0.1)
        if bar >= 2:
            yield Note(4 * bar, root + 24 + (3 if bar % 2 else 0), 4, 0.12, "pad", 0.6)
            yield Note(4 * bar, root + 31, 4, 0.12, "pad", -0.5)
