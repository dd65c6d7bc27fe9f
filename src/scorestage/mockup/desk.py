"""One player's line, note by note, as it is played."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import MusicError, Where
from scorestage.mockup.casting import (
    Layer,
    asked_in_words,
    cast,
    cast_stroke,
    is_sustained,
    ring_seconds,
)
from scorestage.mockup.clock import AudioClock
from scorestage.mockup.dynamics import STEP_DB, Levels, level_db
from scorestage.mockup.performance import Curve, PlayedNote, Response
from scorestage.mockup.strokes import (
    ROLL_STROKES_PER_SECOND,
    Manner,
    is_roll,
    manner_of,
    measured_strokes,
    played_seconds,
)
from scorestage.mockup.timing import Drift, seed_of, wobble
from scorestage.music import (
    Family,
    Instrument,
    Line,
    Note,
    Pitch,
    Staff,
    Technique,
    Unpitched,
    Voice,
)
from scorestage.timebase import Beat

REFERENCE_DB = -30.0
"""Loudness of one trumpet's mf, in LUFS, before the cue's gain."""
_SUSTAINED_VELOCITY = 84
_LONGEST_LEAD_SECONDS = 0.15
_HIT_DB, _BESIDE_HIT_DB, _GRACE_DB, _GRACE_AT_HIT_DB = 2.5, -2.0, -2.5, -10.0
_GRACE_SECONDS = 0.085
_STOP_RELEASE_SECONDS, _STOPPED_SHARE = 0.06, 0.7
_EVENNESS = 0.75
"""How far the unevenness of a sound set from key to key is taken out."""
_TUNING_CENTS = {Family.STRINGS: 2.0, Family.WOODWIND: 4.0, Family.BRASS: 4.0, Family.VOICE: 5.0}


@dataclass(frozen=True, slots=True)
class Desk:
    """A player with a line in front of them, and everything that bears on how it is played."""

    line: Line
    clock: AudioClock
    response: Response
    drift: Drift
    levels: tuple[Levels, ...]
    hits: frozenset[Fraction]
    seed: int
    stops_samples: tuple[int, ...]
    """Where all the music stops, in order; the last is the cut-off, where `is_cut`."""
    is_cut: bool
    curve: Curve

    def with_curve(self, curve: Curve) -> Desk:
        """The same desk with its dynamics drawn."""
        return replace(self, curve=curve)

    def instrument_at(self, at: Beat) -> Instrument:
        """The instrument in hand at a beat."""
        held = self.line.player.instrument
        for since, instrument_id in sorted(self.line.changes, key=lambda change: change[0]):
            if since <= at:
                held = self._owned(instrument_id)
        return held

    def _owned(self, instrument_id: str) -> Instrument:
        for instrument in self.line.player.instruments:
            if instrument.id == instrument_id:
                return instrument
        raise MusicError(
            f"takes up {instrument_id!r}, which they do not have",
            Where(player=self.line.player.name),
            "give the player the instrument in the ensemble",
        )

    def layers_of(self, staff: Staff, note: Note) -> tuple[tuple[Layer, Pitch | None], ...]:
        """Every sound of a note, with its pitch (`None` for a stroke without one)."""
        instrument = self.instrument_at(note.onset)
        technique = technique_at(staff, note.onset)
        roll = is_roll(note, technique)
        section = self.response.section_strings() if self.line.player.is_section else None
        way = asked_in_words(instrument, staff.words, note.onset)
        found: list[tuple[Layer, Pitch | None]] = []
        for pitch in instrument.tones_of(note):
            if isinstance(pitch, Unpitched):
                found += [(layer, None) for layer in cast_stroke(instrument, pitch.sound)]
            else:
                key = float(pitch.midi)
                layers = cast(instrument, technique, section, key=key, tremolo=roll, way=way)
                found += [(layer, pitch) for layer in layers]
        return tuple(found)

    def layers_in_use(self) -> set[Layer]:
        """All sounds this line needs."""
        return {
            layer
            for staff in self.line.staves
            for note in staff.notes
            for layer, _ in self.layers_of(staff, note)
            if not layer.drum
        }

    def is_hit(self, at: Beat) -> bool:
        """Whether the picture is caught here."""
        return at.quarters in self.hits

    @property
    def past_end_samples(self) -> int | None:
        """Where everything is over, if the cue is cut off."""
        return self.stops_samples[-1] if self.is_cut and self.stops_samples else None

    def beside_hit(self, at: Beat) -> bool:
        """Whether this is within half a beat of a hit, and not the hit."""
        near = Fraction(1, 2)
        return any(0 < abs(at.quarters - hit) <= near for hit in self.hits)


@dataclass(frozen=True, slots=True)
class _Stroke:
    """One attack: when (in samples, as it is to be heard), how long, how much louder.

    `written_end_samples` is where the note, or this stroke of it, ends on paper.
    """

    at_samples: int
    seconds: float
    gain_db: float
    quarters: float
    pitches: tuple[Pitch | Unpitched, ...]
    written_end_samples: int


def technique_at(staff: Staff, at: Beat) -> Technique:
    """The technique in force; `div.` and `unis.` say nothing of the sound."""
    found = Technique.ORDINARIO
    for mark in sorted(staff.techniques, key=lambda mark: mark.at):
        if mark.at <= at and mark.technique not in (Technique.DIVISI, Technique.UNISONO):
            found = mark.technique
    ends = (Technique.ARCO, Technique.ORDINARIO, Technique.SENZA_SORDINO)
    return Technique.ORDINARIO if found in ends else found


def notes_of_line(desk: Desk) -> tuple[PlayedNote, ...]:
    """All notes of a line as they are played, in order of their start."""
    found = [
        played
        for number, staff in enumerate(desk.line.staves)
        for voice in staff.voices
        for played in _voice(desk, number, staff, voice)
    ]
    return tuple(sorted(found, key=lambda note: (note.start_samples, note.key, note.program)))


def _voice(desk: Desk, number: int, staff: Staff, voice: Voice) -> Iterator[PlayedNote]:
    slurred = _slurred(staff, voice)
    for index, note in enumerate(voice.notes):
        technique = technique_at(staff, note.onset)
        manner = manner_of(note, note.id in slurred, technique)
        before = voice.notes[index - 1] if index else None
        layers = desk.layers_of(staff, note)
        for stroke in _strokes(desk, note, manner, technique, layers, before):
            if desk.past_end_samples is not None and stroke.at_samples >= desk.past_end_samples:
                continue
            yield from _sounds(desk, number, staff, note, manner, stroke)


def _slurred(staff: Staff, voice: Voice) -> set[str]:
    """Ids of the notes from which a slur leads on."""
    places = {note.id: index for index, note in enumerate(voice.notes)}
    found: set[str] = set()
    for slur in staff.slurs:
        if slur.first in places and slur.last in places:
            notes = voice.notes[places[slur.first] : places[slur.last]]
            found.update(note.id for note in notes)
    return found


def _strokes(
    desk: Desk,
    note: Note,
    manner: Manner,
    technique: Technique,
    layers: tuple[tuple[Layer, Pitch | None], ...],
    before: Note | None,
) -> Iterator[_Stroke]:
    """The attacks of a note: grace notes, the note itself, the strokes of a tremolo or roll."""
    rate = desk.clock.sample_rate_hz
    start, end = desk.clock.sample_at(note.onset), desk.clock.sample_at(note.end)
    hit = desk.is_hit(note.onset)
    late = 0.0 if hit else desk.drift.seconds_at(float(note.onset.quarters))
    heard = start + round(late * rate)
    stress = _HIT_DB if hit else _BESIDE_HIT_DB if desk.beside_hit(note.onset) else 0.0
    yield from _graces(desk, note, heard, before)
    quarters = float(note.onset.quarters)
    sustained = all(is_sustained(layer.program) and not layer.drum for layer, _ in layers)
    if is_roll(note, technique) and not sustained:
        yield from _roll(desk, note, heard, end, stress + manner.gain_db)
        return
    tones = desk.instrument_at(note.onset).tones_of(note)
    offsets = measured_strokes(note)
    for offset, following in zip(offsets, [*offsets[1:], note.length.quarters], strict=True):
        edges = (Beat(note.onset.quarters + edge) for edge in (offset, following))
        begin, stop = (desk.clock.sample_at(edge) for edge in edges)
        seconds = played_seconds(manner, (stop - begin) / rate)
        gain = stress + manner.gain_db if not offset else 0.0
        at = quarters + float(offset)
        yield _Stroke(heard + begin - start, seconds, gain, at, tones, stop)


def _graces(desk: Desk, note: Note, heard: int, before: Note | None) -> Iterator[_Stroke]:
    """Grace notes are quick and before the beat: the note they lead to keeps its place."""
    if not note.grace:
        return
    rate = desk.clock.sample_rate_hz
    room = 0.6 if before is None else (heard - desk.clock.sample_at(before.onset)) / rate / 2
    each = min(_GRACE_SECONDS, max(room, 0.05) / len(note.grace))
    for number, pitch in enumerate(note.grace):
        at = heard - round((len(note.grace) - number) * each * rate)
        gain = _GRACE_AT_HIT_DB if desk.is_hit(note.onset) else _GRACE_DB
        yield _Stroke(at, each + 0.03, gain, float(note.onset.quarters), (pitch,), heard)


def _roll(desk: Desk, note: Note, heard: int, end: int, gain_db: float) -> Iterator[_Stroke]:
    """An unmeasured roll: hand after hand, two pitches in turn, a little uneven."""
    rate = desk.clock.sample_rate_hz
    count = max(round((end - heard) / rate * ROLL_STROKES_PER_SECOND), 1)
    length = note.length.quarters
    for number in range(count):
        uneven = 0.006 * wobble(desk.seed, note.id, number) if number else 0.0
        at = heard + round((number / count) * (end - heard) + uneven * rate)
        hand = -0.8 if number % 2 else 0.0
        pitches = desk.instrument_at(note.onset).tones_of(note)
        if len(pitches) > 1 and all(isinstance(pitch, Pitch) for pitch in pitches):
            pitches = (pitches[number % len(pitches)],)
        quarters = float(note.onset.quarters + length * Fraction(number, count))
        gain = gain_db if not number else hand - 3.0
        yield _Stroke(at, (end - heard) / count / rate, gain, quarters, pitches, end)


def _sounds(
    desk: Desk, number: int, staff: Staff, note: Note, manner: Manner, stroke: _Stroke
) -> Iterator[PlayedNote]:
    """One attack on all its pitches and layers."""
    instrument = desk.instrument_at(note.onset)
    steps = desk.levels[number].at(stroke.quarters)
    heads = desk.line.player.count if instrument.family is not Family.STRINGS else 1
    asked_db = REFERENCE_DB + float(level_db(steps, instrument, heads)) + stroke.gain_db
    if desk.line.player.is_section and len(stroke.pitches) > 1:
        asked_db -= 10 * math.log10(len(stroke.pitches))
    single = replace(note, pitches=stroke.pitches)
    for layer, pitch in desk.layers_of(staff, single):
        yield _sound(desk, instrument, layer, pitch, manner, stroke, steps, asked_db)


def _sound(
    desk: Desk,
    instrument: Instrument,
    layer: Layer,
    pitch: Pitch | None,
    manner: Manner,
    stroke: _Stroke,
    steps: float,
    asked_db: float,
) -> PlayedNote:
    rate, player = desk.clock.sample_rate_hz, desk.line.player.id
    key = layer.key if layer.key is not None else _key_of(pitch)
    uneven = wobble(desk.seed, player, stroke.quarters, key)
    sustained = is_sustained(layer.program) and not layer.drum
    velocity = _velocity(steps, manner, sustained, uneven)
    measured = _measured_db(desk.response, layer, round(key), velocity)
    asked = asked_db + layer.gain_db + 0.4 * uneven - desk.curve.at(stroke.at_samples)
    attack = desk.response.attack_seconds(layer.program, round(key), _coarse(velocity), layer.drum)
    lead = round(min(attack, _LONGEST_LEAD_SECONDS) * rate)
    seconds = stroke.seconds + (0.0 if sustained else ring_seconds(layer.program, layer.drum))
    length, release = _until_stop(desk, stroke, lead, lead + round(seconds * rate))
    if release is None and sustained:
        release = manner.release_seconds
    return PlayedNote(
        stroke.at_samples - lead,
        length,
        layer.program,
        layer.drum,
        float(key),
        velocity,
        round(min(max(asked - measured, -40.0), 30.0), 3),
        manner.name,
        round(layer.bend_cents + _tuning(desk.seed, player, instrument), 2),
        release,
    )


def _until_stop(desk: Desk, stroke: _Stroke, lead: int, length: int) -> tuple[int, float | None]:
    """The length in samples; where the music stops, notes last until there and are damped."""
    start = stroke.at_samples - lead
    for stop in desk.stops_samples:
        if stop <= stroke.at_samples:
            continue
        reaches = start + length >= stop or (
            stroke.written_end_samples == stop
            and stroke.seconds > _STOPPED_SHARE * (stop - start) / desk.clock.sample_rate_hz
        )
        return (stop - start, _STOP_RELEASE_SECONDS) if reaches else (max(length, 1), None)
    return max(length, 1), None


def _key_of(pitch: Pitch | None) -> float:
    if pitch is None:
        raise MusicError("a stroke without a key in the sound set")
    return min(max(float(pitch.midi), 0.0), 127.0)


def _velocity(steps: float, manner: Manner, sustained: bool, uneven: float) -> int:
    """Sustained sounds keep one strength, dynamics being drawn; struck ones are struck harder."""
    if sustained:
        velocity = _SUSTAINED_VELOCITY + 12 * manner.velocity_steps
    else:
        velocity = 127 * 10 ** ((STEP_DB * (steps + manner.velocity_steps) - 7) / 40)
    return round(min(max(velocity + 2.5 * uneven, 16), 127))


def _coarse(velocity: int) -> int:
    """Strengths at which sounds are measured; between them the General MIDI law holds."""
    return min(max(round(velocity / 21) * 21, 21), 126)


def _measured_db(response: Response, layer: Layer, key: int, velocity: int) -> float:
    """Loudness of the sound: its own key mostly, levelled toward its program's middle."""
    near = _coarse(velocity)
    own = response.loudness_db(layer.program, key, near, layer.drum)
    if not layer.drum:
        middle = response.loudness_db(layer.program, 60, near, False)
        own = _EVENNESS * own + (1 - _EVENNESS) * middle
    return own + 40 * math.log10(velocity / near)


def _tuning(seed: int, player: str, instrument: Instrument) -> float:
    """Nobody plays quite the same pitch as the neighbour."""
    return _TUNING_CENTS.get(instrument.family, 0.0) * wobble(seed_of(seed, "tuning"), player)
