"""A hit at which the chord turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorestage.composing.ending import Draft
from scorestage.composing.form import Part
from scorestage.composing.frame import Moment
from scorestage.composing.gestures import tutti
from scorestage.composing.passage import octave_of
from scorestage.composing.striking import Workbench, clear_around, origin, window
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Articulation, ChordSymbol, Note, Pitch, Role
from scorestage.music.harmony import chord_tones, in_chord
from scorestage.music.pitch import Interval
from scorestage.timebase import Beat, Beats

_TURNS = ((5, 8), (2, 4), (2, 3), (5, 9))
"""Intervals (steps, semitones) up to the roots a third away that a chord may turn to."""


def turn_harmony(bench: Workbench, draft: Draft, moment: Moment) -> bool:
    """Let chords and bass go to a chord a third away until the barline; False where none fits.

    The chord fits where no long tone of the tune is foreign to it, and the chord it replaces
    lasts until the barline.
    """
    section = bench.section_at(moment.at)
    grid = bench.frame.grid
    end = grid.starts[grid.index_at(moment.at) + 1]
    chord = bench.chord_at(moment.at)
    busy = [other for other in bench.frame.moments if moment.at < other.at < end]
    quiet = section.part in (Part.CLOSE, Part.FADE) or bench.frame.spoken(moment.at, end)
    if quiet or busy or chord.end < end or (end - moment.at).quarters < 1:
        return False
    turned = next((one for one in _turns(chord) if _fits(draft, one, moment.at, end)), None)
    if turned is None or _moves_near(bench, draft, moment):
        return False
    voices = _nearest(turned, chord)
    clear_around(bench, draft, moment, tuple(role for role in Role if role is not Role.MELODY))
    for role, pitches in ((Role.HARMONY, voices), (Role.BASS, (_bass(turned, chord),))):
        kept = [
            replace(note, length=min(note.length, moment.at - note.onset))
            for note in draft.get(role, [])
            if note.onset < moment.at
        ]
        after = [note for note in draft.get(role, []) if note.onset >= end]
        crossing = [
            replace(note, onset=end, length=note.end - end, origin=origin(moment))
            for note in draft.get(role, [])
            if note.onset < end < note.end
        ]
        struck = Note(
            "", moment.at, end - moment.at, pitches, (Articulation.ACCENT,), origin=origin(moment)
        )
        draft[role] = [*kept, struck, *crossing, *after]
    for role in (Role.RHYTHM, Role.COLOUR, Role.COUNTER):
        draft[role] = [
            replace(note, length=min(note.length, moment.at - note.onset))
            if note.onset < moment.at
            else note
            for note in draft.get(role, [])
            if not moment.at <= note.onset < end
        ]
    span = VoicedSpan(moment.at, end, turned, chord.key, voices, _bass(turned, chord))
    bench.turned.append(span)
    tutti(bench, draft, moment)
    return True


def _moves_near(bench: Workbench, draft: Draft, moment: Moment) -> bool:
    """Whether the tune has an attack beside the hit, which would have to move to the new chord."""
    low, high = window(bench, moment)
    return any(
        low <= note.onset <= high and note.onset != moment.at for note in draft.get(Role.MELODY, [])
    )


def _turns(chord: VoicedSpan) -> list[ChordSymbol]:
    """The triads a third away, each in the quality of the chord."""
    quality = "minor" if chord.chord.quality.startswith("minor") else "major"
    root = chord_tones(chord.chord)[0]
    found = []
    for steps, semitones in _TURNS:
        tone = root.moved(Interval(steps, semitones)).simply_spelled()
        name = str(tone)[: -len(str(tone.octave))]
        found.append(ChordSymbol(chord.start, name, quality))
    return found


def _fits(draft: Draft, chord: ChordSymbol, start: Beat, end: Beat) -> bool:
    """Whether no tone of the tune that lasts or is struck with it is foreign to the chord."""
    for note in draft.get(Role.MELODY, []):
        if note.onset >= end or note.end <= start or not note.sounding:
            continue
        weighs = note.length >= Beats(1) or note.onset == start
        if weighs and not in_chord(note.sounding[-1], chord):
            return False
    return True


def _nearest(turned: ChordSymbol, chord: VoicedSpan) -> tuple[Pitch, ...]:
    """The new chord's tones, each voice moved as little as may be, none doubled away."""
    tones = chord_tones(turned)
    near = [octave_of(tone, octave) for tone in tones for octave in range(-4, 3)]
    found: list[Pitch] = []
    for voice in chord.upper:
        left = [one for one in near if all(one.key % 12 != old.key % 12 for old in found)]
        found.append(min(left or near, key=lambda one: (abs(one.key - voice.key), one.key)))
    return tuple(sorted(found, key=lambda pitch: pitch.key))


def _bass(turned: ChordSymbol, chord: VoicedSpan) -> Pitch:
    root = chord_tones(turned)[0]
    near = [octave_of(root, octave) for octave in range(-4, 1)]
    near = [one for one in near if one.key >= 28]
    return min(near, key=lambda one: (abs(one.key - chord.bass.key), one.key))


def turned_to(voiced: Sequence[VoicedSpan], turned: Sequence[VoicedSpan]) -> tuple[VoicedSpan, ...]:
    """The chords with those in their place that hits have turned to."""
    found = list(voiced)
    for new in turned:
        place = next(number for number, old in enumerate(found) if old.start <= new.start < old.end)
        old = found[place]
        parts = [replace(old, end=new.start), new, replace(old, start=new.end)]
        found[place : place + 1] = [one for one in parts if one.start < one.end]
    return tuple(found)
