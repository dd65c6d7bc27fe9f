"""A sketch as it is read on paper: a staff that lies low for long changes to the bass clef, and
chords wider than a staff are written for two hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scorestage.music import (
    Articulation,
    Line,
    Note,
    Pitch,
    Role,
    Score,
    Sketch,
    Staff,
    Strand,
    Unpitched,
    Voice,
)

_CLEFS = ("G2", "F4")
_MIDDLE, _TOO_LOW = 60, 53
"""Middle C parts the hands; chords that reach under F3 are read in two clefs."""
_BETWEEN = (Role.COUNTER, Role.HARMONY, Role.RHYTHM, Role.COLOUR)


def short_score(sketch: Sketch) -> Score:
    """The sketch's score; staves between tune and bass may change clef where that reads easier.

    Not where the composer named a clef. A tune keeps its own; accents that reach far below a treble
    staff have two.
    """
    score = sketch.as_score()
    return replace(
        score,
        lines=tuple(
            _as_read(line, strand) for line, strand in zip(score.lines, sketch.strands, strict=True)
        ),
    )


def _as_read(line: Line, strand: Strand) -> Line:
    if strand.staff.clef:
        return line
    lowest = (min(p.key for p in note.sounding) for note in strand.staff.notes if note.sounding)
    if strand.role is Role.ACCENT and min(lowest, default=_MIDDLE) < _TOO_LOW:
        return _for_two_hands(line)
    return _changing(line) if strand.role in _BETWEEN else line


def _for_two_hands(line: Line) -> Line:
    """The line on two staves: what lies under middle C in the left hand, with its accents."""
    (staff,) = line.staves
    high = tuple(Voice(tuple(_hand(voice, left=False))) for voice in staff.voices)
    low = tuple(Voice(tuple(_hand(voice, left=True))) for voice in staff.voices)
    instrument = replace(line.player.instrument, clefs=_CLEFS, staves=2)
    _, *others = line.player.instruments
    player = replace(line.player, instruments=(instrument, *others))
    names = {note.id for voice in high for note in voice.notes}
    slurs = tuple(one for one in staff.slurs if {one.first, one.last} <= names)
    right = replace(staff, voices=high, slurs=slurs)
    return replace(line, player=player, staves=(right, Staff(low)))


def _hand(voice: Voice, *, left: bool) -> Iterator[Note]:
    """The notes of one hand; signs of the whole chord stand in the right, if it plays."""
    for note in voice.notes:
        pitches = tuple(one for one in note.pitches if left is (_key(one) < _MIDDLE))
        if pitches and len(pitches) < len(note.pitches) and left:
            signs = tuple(one for one in note.articulations if one is not Articulation.SFORZATO)
            yield replace(
                note, id=f"{note.id}-left", pitches=pitches, articulations=signs, grace=()
            )
        elif pitches:
            yield replace(note, pitches=pitches)


def _key(pitch: Pitch | Unpitched) -> int:
    return pitch.key if isinstance(pitch, Pitch) else _MIDDLE


def _changing(line: Line) -> Line:
    instrument = replace(line.player.instrument, clefs=_CLEFS)
    _, *others = line.player.instruments
    return replace(line, player=replace(line.player, instruments=(instrument, *others)))
