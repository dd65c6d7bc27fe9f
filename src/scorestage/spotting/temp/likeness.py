"""How near a cue comes to the temp, from sound alone: tempo, form, key, loudness, pitches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.temp.pieces import TempPiece, chroma_likeness

TEMPO_SHARE: Final = 0.04
AMBER_POINTS: Final = 3
AMBER_PITCHES, RED_PITCHES = 0.45, 0.65
CURVE_ALIKE: Final = 0.7


class Verdict(StrEnum):
    """How near is too near."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class LikenessPoint:
    """One thing compared: how alike (0 to 1), whether that counts, and what was measured."""

    name: str
    alike: float
    counts: bool
    words: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """All points and the verdict over them.

    From sound alone the notes are not known: `pitches` are the pitch classes as they follow one
    another in any key, no melody. Give the temp as score or MIDI to have melodies compared.
    """

    verdict: Verdict
    points: tuple[LikenessPoint, ...]


def likeness_in_sound(temp: TempPiece, cue: TempPiece) -> Likeness:
    """How like a cue is to a piece of the temp. Three points of five make amber even where the
    pitches are free; pitches that follow one another alike make amber or red by themselves."""
    points = (_tempo(temp, cue), _key(temp, cue), _form(temp, cue), _loudness(temp, cue))
    pitches = max(
        chroma_likeness(temp.chroma, np.roll(cue.chroma, shift, axis=1)) for shift in range(12)
    )
    limits = f"amber {AMBER_PITCHES:.2f}, red {RED_PITCHES:.2f}"
    words = f"pitch classes follow one another alike to {pitches:.2f} ({limits})"
    last = LikenessPoint("pitches", round(max(0.0, pitches), 3), pitches >= AMBER_PITCHES, words)
    joint = sum(one.counts for one in (*points, last))
    if pitches >= RED_PITCHES:
        verdict = Verdict.RED
    elif pitches >= AMBER_PITCHES or joint >= AMBER_POINTS:
        verdict = Verdict.AMBER
    else:
        verdict = Verdict.GREEN
    return Likeness(verdict, (*points, last))


def _tempo(temp: TempPiece, cue: TempPiece) -> LikenessPoint:
    if not temp.tempos or not cue.tempos:
        return LikenessPoint("tempo", 0.0, False, "one of them has no plain pulse")
    one, other = temp.tempos[0].bpm, cue.tempos[0].bpm
    apart = abs(other / one - 1)
    alike = float(np.clip(1 - apart / 0.2, 0, 1))
    words = f"{other:g} against {one:g} bpm in the temp"
    return LikenessPoint("tempo", round(alike, 3), apart <= TEMPO_SHARE, words)


def _key(temp: TempPiece, cue: TempPiece) -> LikenessPoint:
    if not temp.keys or not cue.keys:
        return LikenessPoint("key", 0.0, False, "one of them has no tones")
    one, other = temp.keys[0], cue.keys[0]
    same = (one.tonic, one.minor) == (other.tonic, other.minor)
    alike = 1.0 if same else 0.5 if one.minor == other.minor else 0.0
    words = f"{other.name} against {one.name} in the temp"
    return LikenessPoint("key", alike, same, words)


def _form(temp: TempPiece, cue: TempPiece) -> LikenessPoint:
    def shares(piece: TempPiece) -> list[float]:
        whole = float(piece.range.span.seconds)
        return [float((s.range.end - piece.range.start).seconds) / whole for s in piece.sections]

    one, other = shares(temp), shares(cue)
    letters = ["".join(s.letter for s in piece.sections) for piece in (temp, cue)]
    words = f"{letters[1]} against {letters[0]} in the temp"
    if len(one) != len(other) or letters[0] != letters[1]:
        return LikenessPoint("form", 0.0, False, words)
    apart = max(abs(a - b) for a, b in zip(one, other, strict=True))
    many = len(one) >= 3
    return LikenessPoint(
        "form", round(float(np.clip(1 - 5 * apart, 0, 1)), 3), many and apart < 0.06, words
    )


def _loudness(temp: TempPiece, cue: TempPiece) -> LikenessPoint:
    one, other = _resampled(temp.short_term), _resampled(cue.short_term)
    if one.std() < 0.5 or other.std() < 0.5:
        return LikenessPoint("loudness", 0.0, False, "one of them stays at one level")
    alike = float(np.corrcoef(one, other)[0, 1])
    words = f"the curves of loudness go together to {alike:.2f}"
    return LikenessPoint("loudness", round(max(0.0, alike), 3), alike >= CURVE_ALIKE, words)


def _resampled(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """The curve at a hundred places of its length, so that pieces of two lengths compare."""
    if not len(curve):
        return np.zeros(100)
    return np.interp(
        np.linspace(0, len(curve) - 1, 100), np.arange(len(curve)), np.maximum(curve, -60)
    )
