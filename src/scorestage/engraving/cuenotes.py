"""Cue notes: what another player has before an entry after long rest, in small notes.

They are chosen to be heard: from who plays loudest there, in a line that can be followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.engraving.signs import InstrumentWords
from scorestage.errors import MusicError
from scorestage.music import Dynamic, Interval, Line, Note, Pitch, Score, Staff, Voice, Words
from scorestage.music.written import (
    Stem,
    WrittenBar,
    WrittenDirection,
    WrittenStaff,
    WrittenVoice,
    holdings,
    in_hand,
    middle_line,
    page_shift,
    write_line,
    write_out,
)
from scorestage.timebase import BarGrid, Beat

CUE_VOICE = 9
"""The number of the voice that carries cue notes; the player's own rests stand in the others."""

_BARS_SHOWN = 2
_FEWEST_NOTES, _MOST_NOTES = 2, 16
_TOO_MANY = Fraction(1, 2)
_STEPS_OFF = 6
_OCTAVE_STEPS, _OCTAVE_SEMITONES = 7, 12
_REST_STEPS = 2
"""So far under the middle line begins the room of a rest that hangs under other notes."""


def rests(bar: WrittenBar) -> bool:
    """Whether the player of this staff rests in the bar, whatever cue notes show.

    >>> from scorestage.timebase import BarLabel, Beats, Meter
    >>> rests(WrittenBar(0, BarLabel(1), Meter(4, 4), Beat(0), Beats(4), ()))
    True
    """
    return not any(
        event.is_note
        for voice in bar.voices
        if voice.number != CUE_VOICE and not voice.cue
        for event in voice.events
    )


def with_cue_notes(
    staves: tuple[WrittenStaff, ...],
    line: Line,
    score: Score,
    after_bars: int,
    *,
    keys: bool = False,
) -> tuple[WrittenStaff, ...]:
    """The part with cue notes in the last bars before each entry after so many bars' rest.

    Only a player of one staff, with pitched notes, is given any; where nobody can be followed the
    rest stays as it is. 0 for `after_bars` means none at all. `keys`: the part prints signatures.
    """
    if not after_bars or len(staves) != 1 or line.player.instrument.drums:
        return staves
    bars = list(staves[0].bars)
    for entry in _entries(bars, after_bars):
        shown = range(entry - _BARS_SHOWN, entry)
        start, end = bars[shown[0]].start, bars[entry].start
        leader = _leader(score, line, start, end, bars[shown[-1]].start)
        if leader is None:
            continue
        clef = next(bar.clef for bar in reversed(bars[:entry]) if bar.clef)
        written = _written(leader, line, score.grid, bars, shown, keys)
        named = f"({leader.player.abbreviation})"
        for place, cue in zip(shown, written, strict=True):
            joined = _joined(bars[place], cue, named, clef)
            named = named if joined is bars[place] else ""
            bars[place] = joined
    return (WrittenStaff(tuple(bars)),)


def with_cues_of_others(line: Line, score: Score, after_bars: int) -> Line:
    """The line with the same cue notes as notes of the staff's own kind, for a music file.

    Each is named where it begins; pitches sound where the reader sees them, octaves moved or not.
    """
    if not after_bars or len(line.staves) != 1 or line.player.instrument.drums:
        return line
    bars = write_line(line, score.grid, concert=False)[0].bars
    staff, held = line.staves[0], holdings(line, score.grid)
    notes: list[Note] = []
    words: list[Words] = []
    for entry in _entries(bars, after_bars):
        start, end = bars[entry - _BARS_SHOWN].start, bars[entry].start
        leader = _leader(score, line, start, end, bars[entry - 1].start)
        if leader is None:
            continue
        shift = page_shift(held[in_hand(held, end)].instrument, concert=False)
        clef = next(bar.clef for bar in reversed(bars[:entry]) if bar.clef)
        shown = tuple(_clipped(leader, start, end))
        up = _octaves(shown, shift, clef)
        octaves = Interval(_OCTAVE_STEPS * up, _OCTAVE_SEMITONES * up)
        notes += [_moved(note, octaves) for note in shown]
        words.append(Words(shown[0].onset, f"({leader.player.abbreviation})"))
    if not notes:
        return line
    cued = replace(staff, cues=(*staff.cues, Voice(tuple(notes))), words=(*staff.words, *words))
    return replace(line, staves=(cued,))


def _moved(note: Note, octaves: Interval) -> Note:
    pitches = tuple(one.moved(octaves) for one in note.sounding)
    return replace(note, id=f"cue-{note.id}", pitches=pitches)


def _entries(bars: Sequence[WrittenBar], after_bars: int) -> Iterator[int]:
    """The places of bars that are played again after long rests."""
    count = 0
    for place, bar in enumerate(bars):
        if rests(bar):
            count += 1
            continue
        if count >= max(after_bars, _BARS_SHOWN + 1):
            yield place
        count = 0


def _leader(score: Score, own: Line, start: Beat, end: Beat, last: Beat) -> Line | None:
    """Who is heard best in the bars before the entry, and begins a note in the last of them."""
    best: tuple[Fraction, Line] | None = None
    for line in score.lines:
        if line.player.id == own.player.id or line.player.instrument.drums:
            continue
        if len(line.staves) != 1:
            continue
        notes = [note for note in line.notes if start <= note.onset < end and note.sounding]
        onsets = {note.onset for note in notes}
        if len(onsets) < _FEWEST_NOTES or not any(onset >= last for onset in onsets):
            continue
        weight = _weight(line, notes[-1].onset)
        if len(onsets) > _MOST_NOTES:
            weight *= _TOO_MANY
        if best is None or weight > best[0]:
            best = (weight, line)
    return best[1] if best else None


def _weight(line: Line, at: Beat) -> Fraction:
    """How loud a player is, one trumpet at forte being 1."""
    marks = [mark for mark in line.staves[0].dynamics if mark.at <= at]
    level = (marks[-1].dynamic if marks else Dynamic.MF).level
    one = Fraction(line.player.instrument.weight_f)
    return one * min(line.player.count, 4) * Fraction(3, 2) ** level


def _written(
    leader: Line, own: Line, grid: BarGrid, bars: Sequence[WrittenBar], shown: range, keys: bool
) -> list[WrittenBar]:
    """The leader's notes in the bars shown, in the clef and transposition of the reader."""
    start, end = bars[shown[0]].start, bars[shown[-1]].start + bars[shown[-1]].length
    held = holdings(own, grid)
    shift = page_shift(held[in_hand(held, end)].instrument, concert=False)
    clef = next(bar.clef for bar in reversed(bars[: shown[-1] + 1]) if bar.clef)
    notes = tuple(_clipped(leader, start, end))
    octaves = _octaves(notes, shift, clef)
    moved = shift + Interval(_OCTAVE_STEPS * octaves, _OCTAVE_SEMITONES * octaves)
    staff = Staff((Voice(notes),), clef=clef)
    signed = own.keys if keys else ()
    name = own.player.name
    try:
        told = write_out(staff, grid, shift=moved, clefs=(clef,), keys=signed, player=name)
    except MusicError:
        return [replace(bars[place], voices=()) for place in shown]
    return [told.bars[place] for place in shown]


def _clipped(leader: Line, start: Beat, end: Beat) -> Iterator[Note]:
    """The top notes of the leader within the span, one after the other, without signs."""
    notes = [n for n in leader.staves[0].voices[0].notes if n.sounding and start <= n.onset < end]
    for note, after in zip(notes, [*notes[1:], None], strict=True):
        stop = min(note.end, end if after is None else after.onset)
        yield Note(note.id, note.onset, stop - note.onset, note.sounding[-1:])


def _octaves(notes: Sequence[Note], shift: Interval, clef: str) -> int:
    """By how many octaves the cue is moved to stand on the staff."""
    steps = [note.sounding[0].moved(shift).staff_step for note in notes]
    off = sum(steps) / len(steps) - middle_line(clef)
    return 0 if abs(off) <= _STEPS_OFF else -round(off / _OCTAVE_STEPS)


def _is_low(cue: WrittenBar, middle: int) -> bool:
    """Whether the cue lies where the reader's rest would hang: the rest then stands over it."""
    pitches = [one.pitch for event in cue.voices[0].events for one in event.pitches]
    steps = [one.staff_step - middle for one in pitches if isinstance(one, Pitch)]
    return bool(steps) and min(steps) < -_REST_STEPS and -min(steps) > max(steps)


def _joined(bar: WrittenBar, cue: WrittenBar, named: str, clef: str) -> WrittenBar:
    """The reader's bar of rest with the cue's voice over it, or under it where the cue is low."""
    if not cue.voices or not any(event.is_note for event in cue.voices[0].events):
        return bar
    low = _is_low(cue, middle_line(clef))
    own = tuple(replace(voice, stem=Stem.UP if low else Stem.DOWN) for voice in bar.voices)
    voice = WrittenVoice(CUE_VOICE, Stem.DOWN if low else Stem.UP, cue.voices[0].events)
    first = next(event.onset for event in cue.voices[0].events if event.is_note)
    words = InstrumentWords(bar.start, named)
    said = (WrittenDirection(first, words),) if named else ()
    return replace(bar, voices=(voice, *own), directions=(*bar.directions, *said))
