"""Operations that turn or move the whole line: along the scale, backwards, wider or narrower."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from scorestage.errors import MusicError
from scorestage.music.marks import ChordSymbol
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.music.theme import Theme
from scorestage.thematics.harmonising import harmonise
from scorestage.thematics.operations import invert, key_of, repitched, step_chord, varied
from scorestage.timebase import Beat, Beats


def transpose_diatonic(theme: Theme, steps: int = 1) -> Theme:
    """Moved along its own scale: the steps stay, the sizes of thirds and seconds may change.

    The same with `-steps` undoes it.
    """
    key = key_of(theme)

    def moved(pitch: Pitch) -> Pitch:
        own, alter = key.steps_of(pitch)
        return key.at(own + steps, alter)

    notes = [repitched(note, {one: moved(one) for one in note.sounding}) for note in theme.notes]
    chords = tuple(step_chord(chord, key, steps) for chord in theme.chords)
    return varied(theme, "transpose-diatonic", notes, chords=chords)


def retrograde(theme: Theme) -> Theme:
    """Backwards, each note as long as it was: the way back, time undone. Twice is the theme again.

    The bars stay bars: what stood a while before the last barline stands as long after the first.
    """
    whole = theme.length.quarters
    first = min((note.onset.quarters for note in theme.notes), default=Fraction(0))
    if first < 0:
        whole += first
    notes = [replace(note, onset=Beat(whole) - (note.end - Beat(0))) for note in theme.notes]
    if first < 0:
        back = min(note.onset.quarters for note in notes)
        bar = theme.meter.length.quarters
        shift = Beats(-(back // bar) * bar) if back >= bar else Beats(0)
        notes = [replace(note, onset=note.onset + shift) for note in notes]
    return varied(theme, "retrograde", notes, chords=_backwards(theme, whole))


def _backwards(theme: Theme, whole: Fraction) -> tuple[ChordSymbol, ...]:
    """The chords in reverse order, each where its span comes to stand."""
    ends = [chord.at.quarters for chord in theme.chords[1:]] + [theme.length.quarters]
    spans = zip(theme.chords, ends, strict=True) if theme.chords else ()
    found = [replace(chord, at=Beat(max(Fraction(0), whole - end))) for chord, end in spans]
    return tuple(reversed(found))


def retrograde_invert(theme: Theme) -> Theme:
    """Backwards and upside down; twice gives the theme's moves again."""
    turned = retrograde(invert(theme))
    return varied(theme, "retrograde-invert", turned.notes, chords=turned.chords)


def stretch(theme: Theme, factor: Fraction | int = 2) -> Theme:
    """The same rhythm and contour with every move made wider (or, below 1, narrower): distortion.

    Moves are counted in steps of the scale from the first note; what rounding would flatten still
    goes its way by a step. Raises `MusicError` where it would go beyond two octaves and a half.
    """
    key = key_of(theme)
    line = [key.steps_of(note.sounding[-1])[0] for note in theme.notes if note.sounding]
    if not line:
        raise MusicError(f"the theme {theme.id} has no pitched note to stretch")
    wide = [line[0]]
    for before, here in pairwise(line):
        move = here - before
        size = round(abs(move) * Fraction(factor))
        wide.append(wide[-1] + (max(size, 1) * (1 if move > 0 else -1) if move else 0))
    drift = (sum(wide) - sum(line)) // len(line)
    wide = [step - (drift // 7) * 7 for step in wide]
    if max(wide) - min(wide) > 17:
        raise MusicError(
            f"{theme.id} would be {max(wide) - min(wide) + 1} steps wide",
            do="stretch a fragment of it, or by less",
        )
    steps = iter(wide)
    notes = [
        replace(note, pitches=(key.at(next(steps)),), grace=()) if note.sounding else note
        for note in theme.notes
    ]
    return varied(theme, "stretch", notes, chords=_found_anew(theme, notes))


def _found_anew(theme: Theme, notes: list[Note]) -> tuple[ChordSymbol, ...]:
    bars = int(theme.length.quarters / theme.meter.length.quarters)
    return harmonise(notes, key_of(theme), theme.meter, bars)
