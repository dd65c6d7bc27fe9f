"""What is heard at each click of written music: harmony, tune, bass, what is held, what begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np
import numpy.typing as npt

from scorestage.music import Note
from scorestage.timebase import Beat

Floats = npt.NDArray[np.float64]

SLOTS = 16
"""So many halves of a click after each place are compared: two bars of four."""
KEYS = 128


@dataclass(frozen=True, slots=True)
class Heard:
    """Written music in numbers, one row for each of the N + 1 places (the last is the end).

    `harmony` (N+1, 12) is the weight of each pitch class from a place over the next bar or so,
    `held` (N+1, 128) the keys that sound across it, `attacks` (N+1,) how many notes begin in its
    click after its first moment, `tune_before` and `tune_after` the tune's key before and from a
    place on (NaN where it rests), `bass_before` and `bass_after` the same of the bass.
    `ahead` (N+1, 16 * 12) is the tune's outline ahead, `pulse` (N+1, 16) its rhythm,
    `ends` (N+1,) how much a phrase ends at a place (0 to 1), `level` the dynamic.
    """

    harmony: Floats
    held: Floats
    attacks: Floats
    tune_before: Floats
    tune_after: Floats
    bass_before: Floats
    bass_after: Floats
    ahead: Floats
    pulse: Floats
    ends: Floats
    level: Floats


def hear(
    notes: Sequence[Note],
    tune: Sequence[Note],
    places: Sequence[Beat],
    barlines: Iterable[Beat],
    slurred: Sequence[tuple[Beat, Beat]] = (),
    levels: Sequence[tuple[Beat, int]] = (),
) -> Heard:
    """The music at each click; `tune` are the notes of its leading line, `slurred` its phrases.

    `levels` are the dynamics in order, in steps from mf.
    """
    at = np.array([float(place.quarters) for place in places])
    every = _spans(notes)
    led = _spans(tune)
    bars = {float(one.quarters) for one in barlines}
    low = _line(every, lowest=True)
    return Heard(
        harmony=_harmony(every, at),
        held=_held(every, at),
        attacks=_attacks(every, at),
        tune_before=_key_before(led, at),
        tune_after=_key_after(led, at),
        bass_before=_key_before(low, at),
        bass_after=_key_after(low, at),
        ahead=_ahead(led, at)[0],
        pulse=_ahead(led, at)[1],
        ends=_ends(led, every, at, bars, slurred),
        level=_levels(levels, at),
    )


def leading_line(notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes that are on top when they begin: a tune to go by where none is named."""
    found: list[Note] = []
    sounding: list[tuple[Beat, Fraction | int]] = []
    pitched = sorted((one for one in notes if one.top is not None), key=lambda one: one.onset)
    for onset, group in groupby(pitched, key=lambda one: one.onset):
        begun = [(one, one.sounding[-1].midi) for one in group]
        sounding = [one for one in sounding if one[0] > onset]
        sounding += [(one.end, key) for one, key in begun]
        highest = max(key for _, key in sounding)
        found.extend(one for one, key in begun if key == highest)
    return tuple(found)


def _spans(notes: Sequence[Note]) -> Floats:
    """Rows of onset, end and key, by onset."""
    rows = [
        (float(note.onset.quarters), float(note.end.quarters), float(pitch.midi))
        for note in notes
        for pitch in note.sounding
    ]
    return np.array(sorted(rows), dtype=float).reshape(-1, 3)


def _line(spans: Floats, lowest: bool) -> Floats:
    """Of notes that begin together the lowest (or highest)."""
    kept: list[Floats] = []
    for row in spans:
        if kept and kept[-1][0] == row[0]:
            if not lowest:
                kept[-1] = row
        else:
            kept.append(row)
    return np.array(kept, dtype=float).reshape(-1, 3)


def _harmony(spans: Floats, at: Floats) -> Floats:
    """Pitch classes from each place over the next clicks, the nearer ones weighing more."""
    count = len(at)
    each = np.zeros((count, 12))
    if len(spans):
        classes = spans[:, 2].astype(int) % 12
        for number in range(count - 1):
            inside = np.minimum(spans[:, 1], at[number + 1]) - np.maximum(spans[:, 0], at[number])
            np.add.at(each[number], classes, np.maximum(0.0, inside))
    found = np.zeros_like(each)
    for ahead, weight in enumerate((1.0, 0.6, 0.4, 0.3)):
        found[: count - ahead] += weight * each[ahead:]
    found[-1] = each[-2] if count > 1 else 0.0
    length = np.linalg.norm(found, axis=1, keepdims=True)
    unit: Floats = np.divide(found, length, out=np.zeros_like(found), where=length > 0)
    return unit


def _held(spans: Floats, at: Floats) -> Floats:
    found = np.zeros((len(at), KEYS))
    for onset, end, key in spans:
        inside = (at > onset + 1e-9) & (at < end - 1e-9)
        found[inside, int(key) % KEYS] = 1.0
    return found


def _attacks(spans: Floats, at: Floats) -> Floats:
    """How many moments within each click, after its first, notes begin at."""
    moments = np.unique(spans[:, 0]) if len(spans) else np.zeros(0)
    found = np.zeros(len(at))
    for number in range(len(at) - 1):
        inside = (moments > at[number] + 1e-9) & (moments < at[number + 1] - 1e-9)
        found[number] = float(inside.sum())
    return found


def _key_before(line: Floats, at: Floats) -> Floats:
    """The key of the last note begun before each place, where it still sounds within a quarter."""
    found = np.full(len(at), np.nan)
    for number, place in enumerate(at):
        before = line[line[:, 0] < place - 1e-9] if len(line) else line
        if len(before) and before[-1][1] >= place - 1.0:
            found[number] = before[-1][2]
    return found


def _key_after(line: Floats, at: Floats) -> Floats:
    """The key of the first note begun at or after each place, within two quarters."""
    found = np.full(len(at), np.nan)
    for number, place in enumerate(at):
        after = line[line[:, 0] >= place - 1e-9] if len(line) else line
        if len(after) and after[0][0] < place + 2.0:
            found[number] = after[0][2]
    return found


def _ahead(line: Floats, at: Floats) -> tuple[Floats, Floats]:
    """The tune's outline after each place: pitch classes and attacks by half clicks."""
    count = len(at)
    outline, pulse = np.zeros((count, SLOTS, 12)), np.zeros((count, SLOTS))
    for number, place in enumerate(at):
        step = at[min(number + 1, count - 1)] - at[max(0, min(number, count - 2))]
        half = (step if step > 0 else 1.0) / 2
        for onset, _, key in line[(line[:, 0] >= place - 1e-9)] if len(line) else line:
            slot = int((onset - place) / half + 1e-6)
            if slot >= SLOTS:
                break
            outline[number, slot, int(key) % 12] = 1.0
            pulse[number, slot] = 1.0
    return _unit(outline.reshape(count, -1)), _unit(pulse)


def _unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return unit


def _ends(
    tune: Floats,
    every: Floats,
    at: Floats,
    bars: set[float],
    slurred: Sequence[tuple[Beat, Beat]],
) -> Floats:
    """How much a phrase ends at each place: a barline, a long note or a rest before, no slur over.

    The beginning and the end of the music are ends of phrases.
    """
    found = np.zeros(len(at))
    bows = [(float(low.quarters), float(high.quarters)) for low, high in slurred]
    usual = float(np.median(tune[:, 1] - tune[:, 0])) if len(tune) else 1.0
    for number, place in enumerate(at):
        strength = 0.3 if place in bars else 0.0
        before = tune[tune[:, 0] < place - 1e-9] if len(tune) else tune
        if len(before):
            last = before[-1]
            strength += 0.4 if last[1] - last[0] >= 2 * usual else 0.0
            strength += 0.4 if last[1] <= place - 0.25 else 0.0
            strength -= 0.3 if last[1] > place + 1e-9 else 0.0
        if any(low < place <= high for low, high in bows):
            strength -= 0.4
        elif any(abs(high - place) < 1.0 for _, high in bows):
            strength += 0.2
        sounding = len(every) and bool(
            ((every[:, 0] < place - 1e-9) & (every[:, 1] > place + 1e-9)).any()
        )
        strength += 0.0 if sounding else 0.2
        found[number] = strength
    found[0] = found[-1] = 1.0
    return np.clip(found, 0.0, 1.0)


def _levels(levels: Sequence[tuple[Beat, int]], at: Floats) -> Floats:
    found = np.zeros(len(at))
    for place, level in levels:
        found[at >= float(place.quarters) - 1e-9] = float(level)
    return found
