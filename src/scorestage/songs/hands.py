"""An accompaniment by role given to two hands: bass left, all else right, the tune on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import DynamicMark, Note, Pitch, Role, Staff, Voice
from scorestage.timebase import Beat, Beats

SPAN_SEMITONES = 14
_FINGERS = 4
_LEFT_TOP = 64
"""Where the left hand has the figure as well, it plays nothing above this key."""
_TUNE_FROM = 62
_FIGURES = (Role.RHYTHM, Role.COUNTER, Role.COLOUR, Role.ACCENT)
_LONG = Fraction(1)


def two_hands(
    texture: Mapping[Role, Sequence[Note]],
    played: Sequence[Note] = (),
    dynamics: Sequence[DynamicMark] = (),
) -> tuple[Staff, Staff]:
    """The right and the left hand's staff.

    Where a tune is `played` the right hand has it and the left one bass and figure, brought down to
    where it lies; else the left hand has the bass, the right one figure and chords. Long chords
    under a figure of the same chord are left to it. A hand holds four keys within a ninth.
    """
    played = _brought_up(played)
    upper = _upper(texture)
    bass = list(texture.get(Role.BASS, ()))
    tuned = [(note.onset, note.end) for note in played]
    spans = _joined(tuned)
    right = [note for note in upper if not _within(note, spans)]
    left = [_brought_down(note) for note in upper if _within(note, spans)]
    tune = Voice(_voice(played, "t"))
    high = Voice(_voice(right, "r"))
    low = Voice(_voice(bass, "b"))
    figure = Voice(_voice(left, "f"))
    rights = tuple(one for one in (_one_line(tune, high),) if one.notes)
    lefts = (figure, low) if figure.notes else (low,)
    return (
        Staff(rights, tuple(dynamics), clef="G2"),
        Staff(tuple(one for one in lefts if one.notes), clef="F4"),
    )


def _one_line(tune: Voice, high: Voice) -> Voice:
    """Tune and figure follow one another in one voice."""
    return Voice((*tune.notes, *high.notes))


def _upper(texture: Mapping[Role, Sequence[Note]]) -> list[Note]:
    figure = [note for role in _FIGURES for note in texture.get(role, ())]
    chords = [
        note
        for note in texture.get(Role.HARMONY, ())
        if note.length.quarters <= _LONG or not _sounds_over(note, figure)
    ]
    return [*figure, *chords]


def _sounds_over(chord: Note, figure: Sequence[Note]) -> bool:
    """Whether a figure moves under a held chord."""
    inside = [one for one in figure if chord.onset <= one.onset < chord.end]
    return len(inside) > 1


def _joined(spans: Sequence[tuple[Beat, Beat]]) -> list[tuple[Beat, Beat]]:
    """Stretches of tune, pauses up to a bar's length bridged."""
    found: list[tuple[Beat, Beat]] = []
    for start, end in sorted(spans):
        if found and (start - found[-1][1]).quarters <= 4:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _within(note: Note, spans: Sequence[tuple[Beat, Beat]]) -> bool:
    return any(start <= note.onset < end for start, end in spans)


def _brought_up(played: Sequence[Note]) -> list[Note]:
    """A tune of low voices an octave higher, where the right hand sings it."""
    keys = sorted(pitch.key for note in played for pitch in note.sounding)
    octaves = 1 if keys and keys[len(keys) // 2] < _TUNE_FROM else 0
    return [
        replace(
            note,
            pitches=tuple(replace(one, octave=one.octave + octaves) for one in note.sounding),
        )
        for note in played
    ]


def _brought_down(note: Note) -> Note:
    """A figure's note where the left hand reaches it."""
    pitches: list[Pitch] = []
    for pitch in note.sounding:
        while pitch.key > _LEFT_TOP:
            pitch = replace(pitch, octave=pitch.octave - 1)
        pitches.append(pitch)
    ordered = sorted(set(pitches), key=lambda one: one.key)
    return replace(note, pitches=tuple(ordered))


def _voice(notes: Sequence[Note], mark: str) -> tuple[Note, ...]:
    """Notes as one voice of chords: what still sounds when the next is struck is let go there."""
    starts = sorted({note.onset for note in notes})
    found = []
    for place, start in enumerate(starts):
        struck = [note for note in notes if note.onset == start]
        end = min(note.end for note in struck)
        if place + 1 < len(starts):
            end = min(end, starts[place + 1])
        pitches = _reached([pitch for note in struck for pitch in note.sounding], low=mark == "b")
        if not pitches or end <= start:
            continue
        first = struck[0]
        name = f"{mark}-{first.id}"
        length = Beats((end - start).quarters)
        found.append(replace(first, id=name, length=length, pitches=pitches, lyric="", verses=()))
    return tuple(found)


def _reached(pitches: Sequence[Pitch], *, low: bool) -> tuple[Pitch, ...]:
    """What one hand holds: the outer key that matters, and what lies within a ninth of it."""
    keys = {pitch.key: pitch for pitch in pitches}
    ordered = sorted(keys, reverse=not low)
    kept = [key for key in ordered if abs(key - ordered[0]) <= SPAN_SEMITONES][:_FINGERS]
    return tuple(keys[key] for key in sorted(kept))
