"""Bars that stay as a person has them: chords and tune of what is around lead in and out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from scorestage.composing.chords import ChordSpan, cadences_live
from scorestage.composing.form import Part
from scorestage.composing.frame import Frame
from scorestage.composing.plan import Section
from scorestage.composing.registers import octaves_up
from scorestage.composing.request import CueRequest, KeptRun, Sounding
from scorestage.composing.standing import standing_at
from scorestage.composing.tune import Tune
from scorestage.music import ChordSymbol, Note, Pitch, Sketch
from scorestage.music.harmony import chord_tones, in_chord, tone_name
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats

FAR = 12
"""A tune that would leap farther into a person's bar, or out of it, comes an octave nearer."""
WIDE = 4
"""Over a wider leap into it a last tone leads."""
_LED_TO = ("major", "minor", "dominant", "major-seventh", "minor-seventh", "major-sixth", "power")
_TUNE = ("melody", "counter")


def kept_runs(sketch: Sketch, bars: Iterable[int]) -> tuple[KeptRun, ...]:
    """Neighbouring bars (from 0) of a sketch as runs that stay, with what sounds at their ends."""
    found: list[KeptRun] = []
    grid = sketch.grid
    wanted = sorted(bars)
    starts = [bar for bar in wanted if bar - 1 not in wanted]
    for first in starts:
        last = first
        while last + 1 in wanted:
            last += 1
        low, high = grid.starts[first], grid.starts[last + 1]
        inside = [
            (strand.role.value, note)
            for strand in sketch.strands
            for note in strand.staff.notes
            if low <= note.onset < high and note.sounding
        ]
        if not inside:
            continue
        chords = [note for role, note in inside if role not in _TUNE] or [n for _, n in inside]
        begin, stop = min(note.onset for note in chords), max(note.onset for note in chords)
        found.append(
            KeptRun(low, high, _sounding(inside, begin, low), _sounding(inside, stop, high))
        )
    return tuple(found)


def _sounding(inside: Sequence[tuple[str, Note]], at: Beat, edge: Beat) -> Sounding:
    """The tune's tone nearest to an edge, and all tones under it at a point, from low to high."""
    tune = [note for role, note in inside if role == "melody"]
    near = min(tune, key=lambda note: abs((note.onset - edge).quarters), default=None)
    under = {
        pitch.key: pitch
        for role, note in inside
        if role not in _TUNE and note.onset <= at < note.end
        for pitch in note.sounding
    }
    return Sounding(near.sounding[-1] if near else None, tuple(under[key] for key in sorted(under)))


def led_to_kept(
    request: CueRequest, sections: Sequence[Section], spans: Sequence[ChordSpan], tune: Tune
) -> tuple[ChordSpan, ...]:
    """The chords, cut where bars stay; the chord before such bars leads to what they begin with.

    That is the dominant of their first chord, where the style closes by chords, no theme is stated
    and the tune allows it; elsewhere the chord that stood there, and its voices lead.
    """
    found = list(spans)
    for run in request.kept:
        found = [part for span in found for part in _parted(span, run)]
        before = next((span for span in reversed(found) if span.end == run.start), None)
        root = _root_of(run.entry)
        if before is None or root is None or not cadences_live(request):
            continue
        section = next((one for one in reversed(sections) if one.start <= before.start), None)
        if section is None or section.part is Part.STATEMENT:
            continue
        leading = ChordSymbol(before.start, tone_name(_fifth_above(root, before.key)), "dominant")
        over = [note for note in tune.melody if before.start <= note.onset < before.end]
        if all(in_chord(pitch, leading) for note in over for pitch in note.sounding):
            found[found.index(before)] = replace(before, chord=leading)
    return tuple(found)


def _parted(span: ChordSpan, run: KeptRun) -> list[ChordSpan]:
    """A span divided at the borders of bars that stay."""
    inner = [at for at in (run.start, run.end) if span.start < at < span.end]
    edges = [span.start, *inner, span.end]
    return [
        replace(span, start=low, end=high, chord=replace(span.chord, at=low))
        for low, high in pairwise(edges)
    ]


def _root_of(sounding: Sounding) -> Pitch | None:
    """The root of a triad or seventh chord that sounds; None for anything else."""
    classes = {pitch.key % 12 for pitch in sounding.under}
    if len(classes) < 3:
        return None
    for pitch in sounding.under:
        for quality in _LED_TO:
            tones = chord_tones(ChordSymbol(Beat(0), tone_name(pitch), quality))
            if {tone.key % 12 for tone in tones} == classes:
                return pitch
    return None


def _fifth_above(root: Pitch, key: Key) -> Pitch:
    return key.spell(root.key + 7)


def positions_kept(
    request: CueRequest, spans: Sequence[ChordSpan]
) -> dict[int, tuple[int, int, int, int]]:
    """By the number of a span in bars that stay: what sounds there, as bass and three voices."""
    found = {}
    for run in request.kept:
        inside = [n for n, span in enumerate(spans) if run.start <= span.start < run.end]
        for number, sounding in zip((inside[:1], inside[-1:]), (run.entry, run.exit), strict=True):
            keys = [pitch.key for pitch in sounding.under]
            if number and len(keys) >= 4:
                found[number[0]] = (keys[0], keys[-3], keys[-2], keys[-1])
    return found


def joined_tune(request: CueRequest, frame: Frame, spans: Sequence[ChordSpan], tune: Tune) -> Tune:
    """The tune, within an octave of the bars that stay, its last tone leading there."""
    notes = list(tune.melody)
    for run in request.kept:
        notes = _entering(frame, spans, run, _leaving(run, notes))
    return replace(tune, melody=tuple(notes))


def _entering(
    frame: Frame, spans: Sequence[ChordSpan], run: KeptRun, notes: list[Note]
) -> list[Note]:
    goal = run.entry.tune
    before = [note for note in notes if note.onset < run.start]
    beat = Beats(frame.beat_length(run.start - Beats("1/4"))) if run.start > Beat(0) else Beats(1)
    if goal is None or not before or before[-1].end + beat < run.start:
        return notes
    phrase = _phrase(before[::-1])
    octaves = _nearer(phrase[0].sounding[-1].key - goal.key)
    notes = [octaves_up(note, octaves) if note in phrase else note for note in notes]
    last = next(note for note in reversed(notes) if note.onset < run.start)
    leap = goal.key - last.sounding[-1].key
    half = Beats(beat.quarters / 2)
    if abs(leap) <= WIDE or min(last.end, run.start) - last.onset < beat + half:
        return notes
    key = standing_at(spans, run.start - half).key
    near = key.at(key.steps_of(goal)[0] - (1 if leap > 0 else -1))
    place = notes.index(last)
    split = [
        replace(last, length=run.start - half - last.onset),
        Note("", run.start - half, half, (near,), origin="rule:join"),
    ]
    return [*notes[:place], *split, *notes[place + 1 :]]


def _leaving(run: KeptRun, notes: list[Note]) -> list[Note]:
    after = [note for note in notes if note.onset >= run.end]
    if run.exit.tune is None or not after:
        return notes
    phrase = _phrase(after)
    octaves = _nearer(phrase[0].sounding[-1].key - run.exit.tune.key)
    return [octaves_up(note, octaves) if note in phrase else note for note in notes]


def _phrase(notes: Sequence[Note]) -> list[Note]:
    """The first notes of a row, in either direction, up to a rest or a leap of an octave."""
    found = [notes[0]]
    for one, other in pairwise(notes):
        first, second = (one, other) if one.onset < other.onset else (other, one)
        apart = abs(one.sounding[-1].key - other.sounding[-1].key)
        if first.end < second.onset or apart >= FAR:
            break
        found.append(other)
    return found


def _nearer(apart: int) -> int:
    """How many octaves bring a tone so many semitones away within an octave."""
    return 0 if abs(apart) <= FAR else -round(apart / 12)
