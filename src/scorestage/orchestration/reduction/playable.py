"""A piano reduction until two hands can play it at its tempo: inner tones and far octaves go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from scorestage.music import Line, Note, Pitch, Role, Score, Staff, Voice
from scorestage.orchestration.check import check
from scorestage.orchestration.result import Fault, FaultKind
from scorestage.timebase import Beat, TempoMap

_ROUNDS = 24
_HANDS = (
    FaultKind.POLYPHONY,
    FaultKind.SPAN,
    FaultKind.LEAP,
    FaultKind.SPEED,
    FaultKind.RANGE,
    FaultKind.SCALE,
)
_FAR_LEAP = 20
"""Semitones of a leap before which the tune may change hands."""
_MOST_FINGERS, _REACH = 4, 14
_LEADING = (Role.MELODY, Role.BASS)


@dataclass(frozen=True, slots=True)
class PlayablePiano:
    """The score that can be played, how many tones were left out for it, how many went an octave
    nearer, and the faults that remain."""

    score: Score
    left_out: int
    moved: int
    faults: tuple[Fault, ...]


def playable(score: Score, tempo_map: TempoMap) -> PlayablePiano:
    """A piano score of two staves thinned where the hands cannot play it in real seconds.

    The first voice of the right hand (the tune) and of the left (the bass) stay whole as long as
    anything else can go: inner tones first, then the bass comes an octave nearer, then repeated
    notes of the accompaniment are struck half as often, then the bass gives way. The tune is left
    as it is, but where it leaps up farther than a hand can: the left hand takes its last low tone,
    or that comes an octave nearer.
    """
    line = score.lines[0]
    left_out = moved = 0
    faults = _faults(score, tempo_map)
    tried: set[tuple[Beat, str]] = set()
    for _ in range(_ROUNDS):
        if not faults:
            break
        before = _count(line)
        for fault in faults:
            if fault.at is not None:
                line, nearer = _eased(line, fault.at, tried)
                moved += nearer
        left_out += before - _count(line)
        score = replace(score, lines=(line,))
        faults = _faults(score, tempo_map)
        if all(fault.at is None or (fault.at, "given up") in tried for fault in faults):
            break
    return PlayablePiano(score, left_out, moved, faults)


def _faults(score: Score, tempo_map: TempoMap) -> tuple[Fault, ...]:
    told = check(score, tempo_map, session=False)
    return tuple(fault for fault in told if fault.kind in _HANDS)


def _count(line: Line) -> int:
    return sum(len(note.pitches) for note in line.notes)


def _eased(line: Line, at: Beat, tried: set[tuple[Beat, str]]) -> tuple[Line, int]:
    """The line with the next easement at a place; 1 where a tone came nearer instead of going."""
    steps: tuple[tuple[str, Callable[[Line, Beat], Line]], ...] = (
        ("other hand", _other_hand_before),
        ("inner", _without_inner),
        ("inner again", _without_inner),
        ("chords", _single_tones),
        ("nearer", _bass_nearer),
        ("before", _without_inner_before),
        ("bass", _without_bass),
        ("tune nearer", _tune_nearer_before),
    )
    for name, ease in steps:
        if (at, name) in tried:
            continue
        tried.add((at, name))
        made = ease(line, at)
        if made != line:
            return made, int(name in ("nearer", "tune nearer"))
    tried.add((at, "given up"))
    return line, 0


def _changed(line: Line, change: Callable[[int, int, Note], Note | None]) -> Line:
    """The line with every note as `change` (staff, voice, note) leaves it; None takes it out."""
    staves = []
    for staff_place, staff in enumerate(line.staves):
        voices = []
        for voice_place, voice in enumerate(staff.voices):
            kept = (change(staff_place, voice_place, note) for note in voice.notes)
            voices.append(Voice(tuple(note for note in kept if note is not None)))
        staves.append(_tidied(staff, tuple(voice for voice in voices if voice.notes)))
    return replace(line, staves=tuple(staves))


def _tidied(staff: Staff, voices: Sequence[Voice]) -> Staff:
    names = {note.id for voice in voices for note in voice.notes}
    slurs = tuple(one for one in staff.slurs if {one.first, one.last} <= names)
    return replace(staff, voices=tuple(voices), slurs=slurs)


def _leads(line: Line, staff: int, voice: int) -> bool:
    """Whether a voice is the tune or the bass: the first of its staff, where it is one line."""
    return voice == 0 and bool(line.staves[staff].voices)


def _without_inner(line: Line, at: Beat) -> Line:
    """What is struck there beside tune and bass goes, one tone of each chord at a time."""

    def change(staff: int, voice: int, note: Note) -> Note | None:
        if note.onset != at or _leads(line, staff, voice):
            return note
        return _thinner(note, keep_top=staff == 0)

    return _changed(line, change)


def _without_inner_before(line: Line, at: Beat) -> Line:
    """The same for the last strokes before, from which a hand comes."""
    earlier = [note.onset for note in line.notes if note.onset < at]
    return _without_inner(line, max(earlier)) if earlier else line


def _thinner(note: Note, *, keep_top: bool) -> Note | None:
    tones = note.sounding
    if len(tones) < 2:
        return None
    return replace(note, pitches=tones[1:] if keep_top else tones[:-1])


def _single_tones(line: Line, at: Beat) -> Line:
    """Chords of tune and bass become single tones: the top of the right, the lowest of the left."""

    def change(staff: int, _voice: int, note: Note) -> Note | None:
        if note.onset != at or len(note.sounding) < 2:
            return note
        return replace(note, pitches=(note.sounding[-1 if staff == 0 else 0],))

    return _changed(line, change)


def _bass_nearer(line: Line, at: Beat) -> Line:
    """The left hand's lowest tone an octave nearer to where the hand was."""
    before = [note for note in line.staves[-1].notes if note.onset < at and note.sounding]
    if not before:
        return line
    here = before[-1].sounding[0].key

    def change(staff: int, _voice: int, note: Note) -> Note | None:
        if note.onset != at or staff == 0 or not note.sounding:
            return note
        octave = 1 if note.sounding[0].key < here else -1
        nearer = tuple(_octave(pitch, octave) for pitch in note.sounding)
        closer = abs(nearer[0].key - here) < abs(note.sounding[0].key - here)
        return replace(note, pitches=nearer) if closer else note

    return _changed(line, change)


def _before_a_leap(line: Line, at: Beat) -> list[Note]:
    """What the right hand strikes last before it leaps up far; nothing where it does not."""
    right = [note for note in line.staves[0].notes if note.sounding]
    here = [tone.key for note in right if note.onset == at for tone in note.sounding]
    earlier = max((note.onset for note in right if note.onset < at), default=None)
    last = [note for note in right if note.onset == earlier]
    tops = [tone.key for note in last for tone in note.sounding]
    return last if here and tops and min(here) - max(tops) >= _FAR_LEAP else []


def _other_hand_before(line: Line, at: Beat) -> Line:
    """The right hand's stroke before a far leap goes into the left hand's chord, if it reaches."""
    last = _before_a_leap(line, at)
    if not last or len(line.staves) < 2:
        return line
    onset = last[0].onset
    held = [one for one in line.staves[-1].notes if one.onset <= onset < one.end]
    struck = [note for note in held if note.onset == onset and note.sounding]
    tones = {tone.key: tone for note in (*held, *last) for tone in note.sounding}
    if not struck or len(tones) > _MOST_FINGERS or max(tones) - min(tones) > _REACH:
        return line
    home = max(struck, key=lambda note: note.sounding[-1].key)
    added = {tone.key: tone for note in (home, *last) for tone in note.sounding}

    def change(staff: int, _voice: int, note: Note) -> Note | None:
        if staff == 0:
            return None if note in last else note
        pitches = tuple(added[key] for key in sorted(added))
        return replace(note, pitches=pitches) if note == home else note

    return _changed(line, change)


def _tune_nearer_before(line: Line, at: Beat) -> Line:
    """The right hand's stroke before a far leap an octave nearer to where it goes."""
    last = _before_a_leap(line, at)

    def change(staff: int, _voice: int, note: Note) -> Note | None:
        if staff or note not in last:
            return note
        return replace(note, pitches=tuple(_octave(pitch, 1) for pitch in note.sounding))

    return _changed(line, change) if last else line


def _octave(pitch: Pitch, by: int) -> Pitch:
    return replace(pitch, octave=pitch.octave + by)


def _without_bass(line: Line, at: Beat) -> Line:
    """What the left hand strikes there goes; what it holds goes on."""

    def change(staff: int, _voice: int, note: Note) -> Note | None:
        return None if staff and note.onset == at else note

    return _changed(line, change)


def told(made: PlayablePiano, left_out: Collection[tuple[Role, int]]) -> tuple[str, ...]:
    """What a player or a director should know of a reduction, in words."""
    found = [
        f"out of reach of two hands: {count} tones of the {role.value.lower()}"
        for role, count in left_out
        if role not in _LEADING
    ]
    if made.left_out:
        found.append(f"left out so that it can be played in time: {made.left_out} tones")
    if made.moved:
        found.append(f"an octave nearer: {made.moved} tones of the left hand")
    found += [f"bar {fault.bar}: {fault.text}" for fault in made.faults]
    return tuple(found)
