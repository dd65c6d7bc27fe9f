"""How the cue ends: a chord that rings off, a button, or whatever was going on, cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

from scorestage.composing.form import Part
from scorestage.composing.frame import Frame
from scorestage.composing.outer import parallels
from scorestage.composing.passage import octave_of
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Articulation, Note, Pitch, Role
from scorestage.music.holding import holds_of
from scorestage.production import WayOut
from scorestage.timebase import Beat, Beats, Meter

BUTTON_BEFORE_END_SECONDS = Fraction(5, 4)
"""A button falls no earlier than this before the end."""

Draft = dict[Role, list[Note]]


def end_cue(
    request: CueRequest,
    frame: Frame,
    sections: Sequence[Section],
    voiced: Sequence[VoicedSpan],
    draft: Draft,
) -> None:
    """Write the close into the draft; fades, cuts and segues need nothing more."""
    last = sections[-1]
    if last.part is not Part.CLOSE:
        return
    chord = voiced[-1]
    if request.cue.way_out is WayOut.BUTTON:
        _button(frame, last, chord, draft)
    else:
        _ring_off(last, chord, draft)


def _ring_off(section: Section, chord: VoicedSpan, draft: Draft) -> None:
    """The last chord struck at the start of the close and held; the tune's last note with it."""
    start, end = section.start, section.end
    for role, notes in draft.items():
        if role is Role.MELODY:
            inside = [note for note in notes if note.onset >= start]
            if inside:
                last = inside[-1]
                notes[notes.index(last)] = replace(last, length=end - last.onset)
            continue
        draft[role] = [
            replace(note, length=min(note.length, start - note.onset))
            for note in notes
            if note.onset < start
        ]
    _held(draft, Role.HARMONY, start, end, chord.upper)
    _held(draft, Role.BASS, start, end, _deep(chord.bass))
    if start in parallels(draft.get(Role.MELODY, []), draft[Role.BASS]):
        draft[Role.BASS][-1] = replace(draft[Role.BASS][-1], pitches=(chord.bass,))


def _held(draft: Draft, role: Role, start: Beat, end: Beat, pitches: tuple[Pitch, ...]) -> None:
    note = Note("", start, end - start, pitches, origin="rule:ring-off")
    draft.setdefault(role, []).append(note)


def _deep(bass: Pitch) -> tuple[Pitch, ...]:
    """The bass, with the octave below where that is not too low."""
    below = octave_of(bass, -1)
    return (below, bass) if below.key >= 28 else (bass,)


def button_place(frame: Frame, section: Section) -> Beat:
    """The earliest group start, else click, that lies close enough to the end.

    Where a click lasts too long for that, it is the earliest written unit of the meter, else eighth
    or sixteenth; where the cue ends on a fermata or in a free bar it is that.
    """
    for hold in holds_of(frame.tempo_map):
        if section.start <= hold.at and hold.at + hold.length >= frame.grid.end:
            return hold.at
    bar = section.modules[-1].first_bar + section.modules[-1].bars - 1
    grid = frame.grid
    meter, start = grid.bars[bar].meter, grid.starts[bar]
    units = (Fraction(4, meter.denominator), Fraction(1, 2), Fraction(1, 4))
    for offsets in (meter.stresses, meter.clicks, *(_offsets(meter, unit) for unit in units)):
        for offset in offsets:
            if frame.seconds(start + offset, grid.end) <= BUTTON_BEFORE_END_SECONDS:
                return start + offset
    return start + _offsets(meter, units[-1])[-1]


def _offsets(meter: Meter, unit: Fraction) -> list[Beats]:
    """Every unit of a bar, in quarters from the barline.

    >>> [str(offset.quarters) for offset in _offsets(Meter(3, 8), Fraction(1, 2))]
    ['0', '1/2', '1']
    """
    return [Beats(unit * number) for number in range(ceil(meter.length.quarters / unit))]


def _button(frame: Frame, section: Section, chord: VoicedSpan, draft: Draft) -> None:
    """One short tutti chord; what went on before stops half a beat earlier."""
    place = button_place(frame, section)
    beat = frame.beat_length(place)
    gap = Beats(beat / 2)
    stop = place - gap if place - gap > section.start else place
    for role, notes in draft.items():
        draft[role] = [
            replace(note, length=min(note.length, stop - note.onset))
            for note in notes
            if note.onset < stop
        ]
    tonic = _top_of(draft, chord)
    end = min(place + Beats(max(beat / 2, Fraction(1, 4))), frame.grid.end)
    signs = (Articulation.MARCATO, Articulation.STACCATO)
    for role, pitches in (
        (Role.MELODY, (tonic,)),
        (Role.HARMONY, chord.upper),
        (Role.RHYTHM, (octave_of(chord.bass, 1),)),
        (Role.BASS, _deep(chord.bass)),
    ):
        note = Note("", place, end - place, pitches, signs, origin="rule:button")
        draft.setdefault(role, []).append(note)


def _top_of(draft: Draft, chord: VoicedSpan) -> Pitch:
    """The tonic nearest to where the tune stood."""
    home = chord.key.home
    before = draft.get(Role.MELODY, [])
    wish = before[-1].sounding[-1].key if before and before[-1].sounding else 72
    octaves = [octave_of(home, octave) for octave in range(-2, 3)]
    return min(octaves, key=lambda pitch: (abs(pitch.key - wish), pitch.key))
