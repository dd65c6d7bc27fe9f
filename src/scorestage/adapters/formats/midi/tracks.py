"""A track of a MIDI file, and the player it becomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scorestage.music import (
    DrumSound,
    Family,
    Instrument,
    Line,
    Note,
    Pitch,
    Player,
    Staff,
    Unpitched,
    Voice,
    family_of_program,
)
from scorestage.music.hands import hands, needs_two
from scorestage.timebase import Beat

DRUM_CHANNEL = 9


@dataclass(frozen=True, slots=True)
class MidiTrack:
    """The notes of one track and channel; chords are notes of several pitches."""

    name: str
    channel: int
    program: int
    notes: tuple[Note, ...]

    @property
    def is_drums(self) -> bool:
        """Whether its keys are strokes of a drum set."""
        return self.channel == DRUM_CHANNEL


def line_of(track: MidiTrack, place: int) -> Line:
    """A track as the line of a player; `place` counts tracks from 1 and makes the player's id."""
    notes = [_stroke(note) for note in track.notes] if track.is_drums else list(track.notes)
    name = track.name or f"Track {place}"
    instrument = _instrument(track, name)
    if instrument.family is Family.KEYBOARD and needs_two(notes):
        instrument = replace(instrument, staves=2, clefs=("G2", "F4"))
        staves = tuple(_staff(hand) for hand in hands(notes))
    else:
        staves = (_staff(notes),)
    return Line(Player(f"t{place}", name, name, (instrument,)), staves)


def _staff(notes: Iterable[Note]) -> Staff:
    """Notes on one staff; those that overlap in voices of their own, the highest first."""
    lanes: list[list[Note]] = []
    for note in sorted(notes, key=_from_above):
        lane = next((lane for lane in lanes if lane[-1].end <= note.onset), None)
        if lane is None:
            lanes.append([note])
        else:
            lane.append(note)
    return Staff(tuple(Voice(tuple(lane)) for lane in lanes))


def _from_above(note: Note) -> tuple[Beat, int]:
    return note.onset, -(note.sounding[-1].key if note.sounding else 0)


def _stroke(note: Note) -> Note:
    return replace(note, pitches=tuple(Unpitched(f"drum-{one.key}") for one in note.sounding))


def _instrument(track: MidiTrack, name: str) -> Instrument:
    keys = sorted({pitch.key for note in track.notes for pitch in note.sounding})
    drums = tuple(DrumSound(f"drum-{key}", f"Drum {key}", key) for key in keys)
    family = family_of_program(track.program)
    return Instrument(
        id="drums" if track.is_drums else f"program-{track.program + 1}",
        name=name,
        abbreviation=name,
        family=Family.PERCUSSION if track.is_drums else family,
        professional=None,
        comfortable=None,
        clefs=("percussion",) if track.is_drums else _clefs(track),
        midi_program=track.program,
        max_polyphony=max((len(note.pitches) for note in track.notes), default=1),
        drums=drums if track.is_drums else (),
    )


def _clefs(track: MidiTrack) -> tuple[str, ...]:
    """Treble first, or bass where the track lies below middle C."""
    keys = [pitch.key for note in track.notes for pitch in note.sounding]
    low = bool(keys) and sum(keys) < len(keys) * Pitch("C", 0, 4).key
    return ("F4", "G2") if low else ("G2", "F4")
