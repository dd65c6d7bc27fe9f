"""A theme brought to the cue's key and to its bars, whatever their meter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from scorestage.composing.frame import Frame, Module
from scorestage.music import Note, Pitch, Theme, Unpitched
from scorestage.music.feel import felt_beats, felt_starts, stress_in_bar
from scorestage.music.harmony import mode_family, pitch_under, recast_chord
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats, Meter

_SKIPPED = 30.0


@lru_cache(maxsize=256)
def recast_theme(theme: Theme, into: Key) -> Theme:
    """The theme step for step in another key; in another mode its tones follow the new chords."""
    key = Key(theme.key, theme.mode)
    if key == into:
        return theme
    chords = tuple(recast_chord(chord, key, into) for chord in theme.chords)
    same = mode_family(theme.mode) == mode_family(into.mode)
    octaves = (
        1 if into.home.key - key.home.key < -6 else -1 if into.home.key - key.home.key > 6 else 0
    )
    notes = []
    for note in theme.notes:
        moved = []
        for pitch in note.pitches:
            if isinstance(pitch, Unpitched):
                continue
            steps, alter = key.steps_of(pitch)
            if same:
                found = into.at(steps, alter)
            else:
                under = [chord for chord in chords if chord.at <= note.onset] or list(chords[:1])
                found = pitch_under(into, steps, under[-1]) if under else into.at(steps)
            moved.append(Pitch(found.step, found.alter, found.octave + octaves))
        if moved:
            notes.append(replace(note, pitches=tuple(moved)))
    return replace(theme, key=into.tonic, mode=into.mode, chords=chords, notes=tuple(notes))


def place_in_module(frame: Frame, meter: Meter, module: Module, offset: Fraction) -> Beat:
    """Where an offset of a theme's bar lies in a module: the felt beat that corresponds."""
    share = felt_place(meter, offset) / len(felt_beats(meter))
    points = _points(frame, module, Fraction(1, 2))
    strong = [point for point in points if point.stress >= 1] or list(points)
    return min(strong, key=lambda point: (abs(point.share - share), point.at.quarters)).at


def felt_place(meter: Meter, offset: Fraction) -> Fraction:
    """An offset from the barline counted in felt beats: 6/8's fourth eighth is felt beat 1.

    >>> felt_place(Meter(6, 8), Fraction(3, 2))
    Fraction(1, 1)
    """
    beats, starts = felt_beats(meter), felt_starts(meter)
    for index in range(len(beats) - 1, -1, -1):
        if offset >= starts[index]:
            return index + (offset - starts[index]) / beats[index]
    return offset / beats[0]


@dataclass(frozen=True, slots=True)
class _Point:
    """A place where a note may begin: how far through the module, how strong."""

    at: Beat
    share: Fraction
    stress: int
    phase: Fraction


def _phase(meter: Meter, offset: Fraction) -> Fraction:
    """How far into its felt beat an offset lies, 0 to 1; a dotted beat's last third counts half."""
    phase = felt_place(meter, offset) % 1
    return Fraction(1, 2) if phase == Fraction(2, 3) else phase


_FINE = {Fraction(1, 4), Fraction(3, 4)}
"""Places in a beat that only sixteenths reach."""


def _points(frame: Frame, module: Module, unit: Fraction) -> tuple[_Point, ...]:
    grid = frame.grid
    felt_total = sum(
        len(felt_beats(grid.bars[bar].meter))
        for bar in range(module.first_bar, module.first_bar + module.bars)
    )
    found: list[_Point] = []
    felt_before = 0
    for bar in range(module.first_bar, module.first_bar + module.bars):
        meter = grid.bars[bar].meter
        offset = Fraction(0)
        while offset < meter.length.quarters:
            share = (felt_before + felt_place(meter, offset)) / felt_total
            stress = stress_in_bar(meter, offset)
            if bar > module.first_bar and stress == 3:
                stress = 2
            place = grid.starts[bar] + Beats(offset)
            found.append(_Point(place, share, stress, _phase(meter, offset)))
            offset += unit
        felt_before += len(felt_beats(meter))
    return tuple(found)


def placed_bar(frame: Frame, theme: Theme, bar: int, module: Module) -> list[Note]:
    """The notes that begin in one bar of the theme, put into a module; weak ones go if crowded.

    In the same meter nothing moves; otherwise each note takes the place that is as far through the
    bar and as strong as its own. Lengths follow, rests stay rests.
    """
    length = theme.meter.length.quarters
    own = [
        note
        for note in theme.notes
        if bar * length <= note.onset.quarters < (bar + 1) * length and note.sounding
    ]
    if not own:
        return []
    if module.bars == 1 and frame.grid.bars[module.first_bar].meter.length == theme.meter.length:
        plain = frame.grid.bars[module.first_bar].meter
        if felt_beats(plain) == felt_beats(theme.meter):
            back = module.start - Beat(bar * length)
            return [replace(note, onset=note.onset + back) for note in own]
    points = _points(frame, module, Fraction(1, 2))
    fine = any(_phase(theme.meter, note.onset.quarters - bar * length) in _FINE for note in own)
    if fine or len(points) < len(own):
        points = _points(frame, module, Fraction(1, 4))
    kept = _heaviest(own, theme.meter, len(points))
    places = _aligned(kept, theme.meter, bar * length, points)
    return _lengthened(kept, places, theme, bar, module, points)


def _heaviest(notes: list[Note], meter: Meter, room: int) -> list[Note]:
    if len(notes) <= room:
        return notes
    length = meter.length.quarters

    def weight(note: Note) -> tuple[int, Fraction]:
        return stress_in_bar(meter, note.onset.quarters % length), note.length.quarters

    chosen = sorted(notes, key=weight, reverse=True)[:room]
    return [note for note in notes if note in chosen]


def _aligned(
    notes: list[Note], meter: Meter, start: Fraction, points: tuple[_Point, ...]
) -> list[Beat]:
    """The cheapest places in order: as far through the bar, as strong, none used twice."""
    table: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    felt = len(felt_beats(meter))
    for note in notes:
        offset = note.onset.quarters - start
        share, stress = felt_place(meter, offset) / felt, stress_in_bar(meter, offset)
        phase = _phase(meter, offset)
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for index, point in enumerate(points):
            own = abs(float(point.share - share)) * 9 + abs(point.stress - stress) * 0.4
            own += abs(float(point.phase - phase)) + 1.5 * ((phase == 0) != (point.phase == 0))
            if (offset == 0) != (index == 0):
                own += 3.0
            earlier = [entry for last, entry in table.items() if last < index]
            if earlier:
                cost, path = min(earlier)
                found[index] = (cost + own, (*path, index))
        table = found
    _, path = min(table.values())
    return [points[index].at for index in path]


def _lengthened(
    notes: list[Note],
    places: list[Beat],
    theme: Theme,
    bar: int,
    module: Module,
    points: tuple[_Point, ...],
) -> list[Note]:
    """The notes at their new places: held to the next where they were, else as long in share."""
    bar_start = bar * theme.meter.length.quarters
    scale = module.length.quarters / theme.meter.length.quarters
    found = []
    for index, (note, at) in enumerate(zip(notes, places, strict=True)):
        following = places[index + 1] if index + 1 < len(places) else module.end
        joined = index + 1 < len(notes) and note.end >= notes[index + 1].onset
        ends_bar = (
            index + 1 == len(notes) and note.end.quarters >= bar_start + theme.meter.length.quarters
        )
        if joined or ends_bar:
            end = following
        else:
            wish = at + Beats(note.length.quarters * scale)
            stops = [point.at for point in points if at < point.at <= following]
            end = min([*stops, following], key=lambda stop: abs((stop - wish).quarters))
        found.append(replace(note, onset=at, length=end - at))
    return found


def placed_pickup(frame: Frame, theme: Theme, module: Module, bar: int = 0) -> list[Note]:
    """The theme's upbeat put before a module; none where there is no room for it."""
    if bar != 0:
        return []
    own = [note for note in theme.notes if note.onset < Beat(0) and note.sounding]
    if not own:
        return []
    grid = frame.grid
    room = (
        grid.pickup.quarters
        if module.first_bar == 0
        else grid.bars[module.first_bar - 1].meter.length.quarters
    )
    before = max(module.first_bar - 1, 0)
    beat = felt_beats(grid.bars[before].meter)[-1]
    unit = felt_beats(theme.meter)[-1]
    found: list[Note] = []
    ends = module.start
    for note in reversed(own):
        wished = module.start + Beats(note.onset.quarters / unit * beat)
        steps = (module.start - wished).quarters * 4
        at = module.start - Beats(Fraction(max(1, round(steps)), 4))
        if at >= ends or (module.start - at).quarters > room:
            continue
        found.append(replace(note, onset=at, length=ends - at))
        ends = at
    return found[::-1]
