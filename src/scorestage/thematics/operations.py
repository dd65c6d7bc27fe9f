"""Named operations on a theme: each gives a new theme that says what was done.

Bribitzer-Stull's and the textbooks' names; every note of the result has the origin
`theme:<id>:<operation>`, operations done one after the other being joined with `+`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from random import Random

from scorestage.errors import MusicError
from scorestage.music.harmony import (
    chord_tones,
    diatonic_quality,
    mode_family,
    moved_chord,
    pitch_under,
    recast_chord,
    tone_name,
)
from scorestage.music.key import Key
from scorestage.music.marks import ChordSymbol
from scorestage.music.note import Note, Unpitched
from scorestage.music.pitch import Interval, Pitch
from scorestage.music.theme import Theme
from scorestage.thematics.facts import chord_under
from scorestage.thematics.harmonising import COLOURED_MAJOR, COLOURED_MINOR, harmonise
from scorestage.timebase import Beat, Beats


def key_of(theme: Theme) -> Key:
    """The key a theme stands in."""
    return Key(theme.key, theme.mode)


def varied(theme: Theme, operation: str, notes: Iterable[Note], **changes: object) -> Theme:
    """The theme with other notes, saying which theme it varies and by what."""
    base = theme.varies or theme.id
    done = f"{theme.operation}+{operation}" if theme.operation else operation
    own_id = f"{base}.{done}"
    numbered = tuple(
        replace(note, id=f"{own_id}-{index}", origin=f"theme:{base}:{done}")
        for index, note in enumerate(sorted(notes, key=lambda note: note.onset))
    )
    result = replace(theme, id=own_id, notes=numbered, varies=base, operation=done)
    return replace(result, **changes) if changes else result  # type: ignore[arg-type]


def repitched(note: Note, way: dict[Pitch, Pitch]) -> Note:
    """The note with its pitches exchanged."""
    pitches = tuple(p if isinstance(p, Unpitched) else way[p] for p in note.pitches)
    return replace(note, pitches=pitches, grace=())


def transpose(theme: Theme, interval: Interval) -> Theme:
    """Real transposition: every interval kept; the key is respelled where it would be outlandish.

    >>> from scorestage.music import Theme
    >>> from scorestage.timebase import Meter
    >>> transpose(Theme("main", "Main", (), Meter(4, 4)), Interval(1, 2)).key
    'D'
    """
    key = key_of(theme)
    into = key.moved(round(interval.semitones))
    octaves = _octaves_between(key, into, interval)
    notes = (_recast(note, key, into, octaves) for note in theme.notes)
    by = key.home.interval_to(into.home)
    chords = tuple(moved_chord(chord, by) for chord in theme.chords)
    return varied(theme, "transpose", notes, key=into.tonic, chords=chords)


def _octaves_between(key: Key, into: Key, interval: Interval) -> int:
    reached = into.home.key - key.home.key
    return (round(interval.semitones) - reached) // 12


def _recast(note: Note, key: Key, into: Key, octaves: int = 0) -> Note:
    way = {}
    for pitch in note.sounding:
        moved = key.recast(pitch, into)
        way[pitch] = Pitch(moved.step, moved.alter, moved.octave + octaves)
    return repitched(note, way)


def change_mode(theme: Theme, mode: str = "") -> Theme:
    """The same steps of the scale in another mode: the same person in another mood.

    Without `mode` major turns to minor and minor to major. Tones follow the new chords, so that
    leading tones stay leading tones.
    """
    key = key_of(theme)
    other = mode or ("major" if mode_family(theme.mode) == "minor" else "minor")
    into = Key(theme.key, other).moved(0)
    chords = tuple(recast_chord(chord, key, into) for chord in theme.chords)
    notes = []
    for note in theme.notes:
        chord = chord_under(chords, note.onset.quarters)
        way = {pitch: _bent(pitch, key, into, chord) for pitch in note.sounding}
        notes.append(repitched(note, way))
    return varied(theme, "change-mode", notes, key=into.tonic, mode=other, chords=chords)


def _bent(pitch: Pitch, key: Key, into: Key, chord: ChordSymbol | None) -> Pitch:
    steps, _ = key.steps_of(pitch)
    return into.at(steps) if chord is None else pitch_under(into, steps, chord)


def fragment(theme: Theme, bars: int = 2, first_bar: int = 0) -> Theme:
    """Some bars of the theme by themselves: memory, approach, urgency. A pickup stays with bar 0.

    Raises `MusicError` where the theme has no note there.
    """
    length = theme.meter.length.quarters
    start, end = first_bar * length, (first_bar + bars) * length
    low = Fraction(-(10**6)) if first_bar == 0 else start
    inside = [note for note in theme.notes if low <= note.onset.quarters < end]
    if not inside:
        raise MusicError(
            f"the theme {theme.id} has no note in bars {first_bar + 1} to {first_bar + bars}",
            do=f"it has {theme.length.quarters // length} bars",
        )
    back = Beats(-start)
    notes = [
        replace(note, onset=note.onset + back, length=min(note.length, Beat(end) - note.onset))
        for note in inside
    ]
    chords = _chords_within(theme.chords, start, end)
    motif = min(theme.motif_notes, len(notes)) if first_bar == 0 else len(notes)
    return varied(theme, "fragment", notes, chords=chords, motif_notes=motif)


def _chords_within(
    chords: tuple[ChordSymbol, ...], start: Fraction, end: Fraction
) -> tuple[ChordSymbol, ...]:
    opening = chord_under(chords, start)
    inside = [chord for chord in chords if start < chord.at.quarters < end]
    first = [replace(opening, at=Beat(start))] if opening is not None else []
    return tuple(replace(chord, at=chord.at - Beats(start)) for chord in (*first, *inside))


def sequence(theme: Theme, steps: int = 1, times: int = 2, bars: int = 2) -> Theme:
    """The opening bars put `times` times, each time `steps` of the scale further: rising stakes."""
    head = fragment(theme, bars)
    key, length = key_of(theme), bars * theme.meter.length.quarters
    notes: list[Note] = []
    chords: list[ChordSymbol] = []
    for turn in range(times):
        for note in head.notes:
            way = {pitch: _stepped(pitch, key, steps * turn) for pitch in note.sounding}
            notes.append(replace(repitched(note, way), onset=note.onset + Beats(turn * length)))
        for chord in head.chords:
            moved = step_chord(chord, key, steps * turn)
            chords.append(replace(moved, at=chord.at + Beats(turn * length)))
    return varied(theme, "sequence", _without_overlap(notes), chords=tuple(chords))


def _without_overlap(notes: list[Note]) -> list[Note]:
    """Notes cut short where the next one, perhaps a pickup, begins."""
    ordered = sorted(notes, key=lambda note: note.onset)
    found = []
    for index, note in enumerate(ordered):
        following = ordered[index + 1].onset if index + 1 < len(ordered) else note.end
        if following > note.onset:
            found.append(replace(note, length=min(note.length, following - note.onset)))
    return found


def _stepped(pitch: Pitch, key: Key, steps: int) -> Pitch:
    own, alter = key.steps_of(pitch)
    return key.at(own + steps, alter)


def step_chord(chord: ChordSymbol, key: Key, steps: int) -> ChordSymbol:
    """The chord some steps of the scale further, with the quality the scale gives it there."""
    if steps % 7 == 0:
        return chord
    own, alter = key.steps_of(Pitch.parse(f"{chord.root}4"))
    root = key.at(own + steps, alter)
    quality = diatonic_quality(key, own + steps) if alter == 0 else None
    name = tone_name(root.simply_spelled())
    return ChordSymbol(chord.at, name, quality or chord.quality)


def extend(theme: Theme, bars: int = 2) -> Theme:
    """The close put off: the last `bars` bars are led to the sixth step first, then come again."""
    key, length = key_of(theme), theme.meter.length.quarters
    end = theme.length.quarters
    split = end - min(bars * length, end)
    tail = [note for note in theme.notes if note.onset.quarters >= split]
    if not tail:
        raise MusicError(f"the theme {theme.id} has no note in its last {bars} bars")
    evaded = [*theme.notes[: theme.notes.index(tail[-1])], _led_astray(tail[-1], key)]
    later = Beats(end - split)
    notes = [*evaded, *(replace(note, onset=note.onset + later) for note in tail)]
    last = Beat(end - length)
    before = [chord for chord in theme.chords if chord.at < last]
    sixth = key.at(5)
    quality = diatonic_quality(key, 5) or "minor"
    astray = ChordSymbol(last, tone_name(sixth.simply_spelled()), quality)
    again = _chords_within(theme.chords, split, end)
    chords = (*before, astray, *(replace(chord, at=chord.at + Beats(end)) for chord in again))
    return varied(theme, "extend", notes, chords=chords)


def _led_astray(note: Note, key: Key) -> Note:
    """The closing tone kept where the sixth step's chord holds it, else moved to its third."""
    way = {}
    for pitch in note.sounding:
        steps, _ = key.steps_of(pitch)
        choices = (steps, steps + 1, steps - 1)
        fitting = [step for step in choices if (step - 5) % 7 in (0, 2, 4)]
        way[pitch] = key.at(fitting[0])
    return repitched(note, way)


def augment(theme: Theme, factor: int = 2) -> Theme:
    """Every length times `factor`: nobility."""
    return _stretched(theme, Fraction(factor), "augment")


def diminish(theme: Theme, factor: int = 2) -> Theme:
    """Every length divided by `factor`: pursuit.

    Raises `MusicError` where that would leave the grid of sixteenths and triplet eighths.
    """
    return _stretched(theme, Fraction(1, factor), "diminish")


def _stretched(theme: Theme, factor: Fraction, operation: str) -> Theme:
    notes = [
        replace(note, onset=Beat(note.onset.quarters * factor), length=note.length * factor)
        for note in theme.notes
    ]
    for note in notes:
        for quarters in (note.onset.quarters, note.length.quarters):
            on_grid = (quarters * 4).denominator == 1 or (quarters * 3).denominator == 1
            if not on_grid:
                raise MusicError(f"{theme.id}: {quarters} of a quarter is too short to be written")
    chords = tuple(replace(chord, at=Beat(chord.at.quarters * factor)) for chord in theme.chords)
    return varied(theme, operation, notes, chords=chords)


def invert(theme: Theme) -> Theme:
    """Mirrored step for step about its first note, with chords found anew: the opposite."""
    key = key_of(theme)
    first = next((note.top for note in theme.notes if note.top is not None), None)
    if first is None:
        raise MusicError(f"the theme {theme.id} has no pitched note to mirror")
    axis, _ = key.steps_of(first)
    notes = []
    for note in theme.notes:
        way = {}
        for pitch in note.sounding:
            steps, _ = key.steps_of(pitch)
            way[pitch] = key.at(2 * axis - steps)
        notes.append(repitched(note, way))
    bars = int(theme.length.quarters / theme.meter.length.quarters)
    chords = harmonise(notes, key, theme.meter, bars)
    return varied(theme, "invert", notes, chords=chords)


def reharmonise(theme: Theme, seed: int = 0) -> Theme:
    """The same tune over other chords: corruption, or redemption."""
    key = key_of(theme)
    bars = int(theme.length.quarters / theme.meter.length.quarters)
    pool = COLOURED_MINOR if key.is_minor else COLOURED_MAJOR
    random = Random(f"{seed}|{theme.id}|reharmonise")
    chords = harmonise(
        theme.notes, key, theme.meter, bars, pool=pool, avoid=theme.chords, random=random
    )
    if 2 * sum(len(chord_tones(chord)) > 3 for chord in theme.chords) >= len(theme.chords):
        chords = tuple(_with_seventh(chord, key) for chord in chords)
    return varied(theme, "reharmonise", theme.notes, chords=chords)


def _with_seventh(chord: ChordSymbol, key: Key) -> ChordSymbol:
    """A triad as the seventh chord that jazz would play there."""
    steps, _ = key.steps_of(Pitch.parse(f"{chord.root}4"))
    sevenths = {
        "major": "dominant" if steps % 7 == 4 else "major-seventh",
        "minor": "minor-seventh",
        "diminished": "half-diminished",
    }
    return replace(chord, quality=sevenths.get(chord.quality, chord.quality))
