"""The dynamics of a sustained line as one curve: what is written, and the shape of phrases."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorestage.mockup.casting import has_sustained_tremolo
from scorestage.mockup.desk import Desk, technique_at
from scorestage.mockup.dynamics import Levels, level_db
from scorestage.mockup.performance import Curve
from scorestage.mockup.strokes import is_roll
from scorestage.mockup.timing import wobble
from scorestage.music import Family, Note, Staff, Voice

_SUDDEN_FROM_SECONDS, _SUDDEN_TO_SECONDS = 0.12, 0.06
"""A sudden change is over before the first note in the new dynamic starts."""
_SHORTEST_PHRASE_SECONDS = 0.9
_SWELL_DB, _FALL_DB, _SWELL_AT = 1.3, -1.6, 0.45
_BOWS_PER_SECOND, _BOW_DB = 13.0, -10.0


def line_curve(desk: Desk, levels: Levels) -> Curve:
    """Gains in dB against samples; one trumpet's mf is 0."""
    written = _written(desk, levels)
    shaped = _phrases(desk)
    positions = np.unique(np.concatenate([written[0], shaped[0]]))
    gains = np.interp(positions, *written) + np.interp(positions, *shaped)
    positions, gains = _with_tremolo(desk, positions, gains)
    return Curve(tuple(int(p) for p in positions), tuple(round(float(g), 3) for g in gains))


def _written(desk: Desk, levels: Levels) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Marks and hairpins, with the instrument's own weight, sudden changes moved forward."""
    rate = desk.clock.sample_rate_hz
    quarters = np.array(levels.quarters)
    samples = desk.clock.samples_near(quarters)
    sudden = np.nonzero(np.diff(quarters) == 0)[0]
    samples[sudden] -= _SUDDEN_FROM_SECONDS * rate
    samples[sudden + 1] -= _SUDDEN_TO_SECONDS * rate
    samples = np.maximum.accumulate(samples)
    player = desk.line.player
    heads = player.count if player.instrument.family is not Family.STRINGS else 1
    fine = np.unique(np.concatenate([samples, _between(samples, rate)]))
    steps = np.interp(fine, samples, np.array(levels.steps))
    return fine, level_db(steps, player.instrument, heads)


def _between(samples: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Points every quarter second where the level moves, for weights are no straight line."""
    spans = [np.arange(a, b, rate / 4) for a, b in pairwise(samples)]
    return np.concatenate(spans or [samples])


def _with_tremolo(
    desk: Desk, positions: NDArray[np.float64], gains: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bow strokes as quick, uneven dips, where the sound set's tremolo does not tremble."""
    if not has_sustained_tremolo(desk.response.section_strings()):
        return positions, gains
    bows: list[tuple[float, float]] = []
    for staff in desk.line.staves[:1]:
        for note in staff.notes:
            strings = desk.instrument_at(note.onset).family is Family.STRINGS
            if strings and is_roll(note, technique_at(staff, note.onset)):
                bows += _bows(desk, note)
    if not bows:
        return positions, gains
    strokes, dips = (np.array(column) for column in zip(*sorted(bows), strict=True))
    every = np.unique(np.concatenate([positions, strokes]))
    dipped = np.interp(every, strokes, dips, left=0.0, right=0.0)
    return every, np.interp(every, positions, gains) + dipped


def _bows(desk: Desk, note: Note) -> list[tuple[float, float]]:
    """Loud at the middle of each bow, soft at its turn; 0 dB at both ends of the note."""
    rate = desk.clock.sample_rate_hz
    start, end = desk.clock.sample_at(note.onset), desk.clock.sample_at(note.end)
    count = max(round((end - start) / rate * _BOWS_PER_SECOND), 1)
    points = [(start - 1.0, 0.0)]
    for number in range(count):
        uneven = wobble(desk.seed, desk.line.player.id, note.id, number)
        turn = start + (number + 0.5 + 0.22 * uneven) / count * (end - start)
        points.append((turn, _BOW_DB * (1 + 0.3 * uneven)))
        points.append((start + (number + 1) / count * (end - start), 0.0))
    return points


def _phrases(desk: Desk) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Long notes and slurred phrases grow a little and are laid down again."""
    rate = desk.clock.sample_rate_hz
    points: list[tuple[float, float]] = [(0.0, 0.0)]
    for staff in desk.line.staves[:1]:
        for voice in staff.voices[:1]:
            for first, last in _phrase_ends(staff, voice):
                start = desk.clock.sample_at(first.onset)
                end = desk.clock.sample_at(last.end)
                if (end - start) / rate < _SHORTEST_PHRASE_SECONDS or start < points[-1][0]:
                    continue
                top = start + _SWELL_AT * (end - start)
                quiet = end - 0.02 * rate
                points += [(start, 0.0), (top, _SWELL_DB), (quiet, _FALL_DB), (end, 0.0)]
    positions, gains = zip(*points, strict=True)
    return np.array(positions), np.array(gains)


def _phrase_ends(staff: Staff, voice: Voice) -> list[tuple[Note, Note]]:
    """First and last notes: of every slur, and of every note under none."""
    places = {note.id: index for index, note in enumerate(voice.notes)}
    ends = {
        places[slur.first]: places[slur.last]
        for slur in staff.slurs
        if slur.first in places and places[slur.first] < places.get(slur.last, -1)
    }
    found, index = [], 0
    while index < len(voice.notes):
        last = ends.get(index, index)
        found.append((voice.notes[index], voice.notes[last]))
        index = last + 1
    return found
