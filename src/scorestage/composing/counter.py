"""The counter-melody: a slow inner line that moves where the tune rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.composing.form import Part
from scorestage.composing.frame import Frame
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest, stream
from scorestage.composing.standing import standing_at
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Note, Pitch
from scorestage.music.feel import felt_beats
from scorestage.music.harmony import in_chord, pitch_under
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats

LOW, HIGH = 50, 69
"""The tenor's and alto's register, in MIDI keys."""


@dataclass(frozen=True, slots=True)
class _Slot:
    start: Beat
    end: Beat
    span: VoicedSpan
    tune: int | None
    bass: int


def write_counter(
    request: CueRequest,
    frame: Frame,
    sections: Sequence[Section],
    voiced: Sequence[VoicedSpan],
    melody: Sequence[Note],
) -> list[Note]:
    """Counter-melodies under later statements and, sometimes, the second half of the first."""
    if not request.style.counter_melody:
        return []
    found: list[Note] = []
    for section in sections:
        if section.part is not Part.STATEMENT or section.energy < -1 or section.partner:
            continue
        half = len(section.modules) // 2
        modules = section.modules
        if section.turn == 0:
            draw = stream(request.seed, "counter", request.cue.id).random()
            modules = section.modules[half:] if half >= 2 and draw < 0.6 else ()
        if not modules:
            continue
        slots = _slots(frame, modules[0].start, modules[-1].end, voiced, melody)
        found += _line(slots)
    return [
        _breathing(note) if after is not None and _unsingable(note, after) else note
        for note, after in zip(found, [*found[1:], None], strict=False)
    ]


def _slots(
    frame: Frame, start: Beat, end: Beat, voiced: Sequence[VoicedSpan], melody: Sequence[Note]
) -> list[_Slot]:
    """Places of the line: each chord, divided where the tune holds a long note."""
    cuts = {start}
    grid = frame.grid
    melody = [note for note in melody if note.onset < end and start < note.end]
    for span in voiced:
        if start < span.start < end:
            cuts.add(span.start)
    for index, bar in enumerate(grid.bars):
        at = grid.starts[index]
        if not start <= at < end:
            continue
        cuts.add(at)
        beats = felt_beats(bar.meter)
        holding = [
            note for note in melody if note.onset <= at and note.end >= at + bar.meter.length
        ]
        offsets = [sum(beats[:number], beats[0] * 0) for number in range(1, len(beats))]
        if holding and len(beats) > 1:
            cuts.update(at + Beats(offset) for offset in offsets)
        elif len(beats) > 2:
            cuts.add(at + Beats(offsets[len(beats) // 2 - 1]))
    places = sorted(cuts)
    found = []
    for at, stop in pairwise([*places, end]):
        span = standing_at(voiced, at)
        tune = next((note for note in melody if note.onset <= at < note.end), None)
        top = tune.sounding[-1].key if tune is not None else None
        found.append(_Slot(at, stop, span, top, span.bass.key))
    return found


def _line(slots: list[_Slot]) -> list[Note]:
    """The cheapest line: steps, contrary to the tune, no parallels with tune or bass."""
    table: dict[Pitch | None, tuple[float, tuple[Pitch, ...]]] = {None: (0.0, ())}
    before: _Slot | None = None
    for slot in slots:
        found: dict[Pitch | None, tuple[float, tuple[Pitch, ...]]] = {}
        for pitch in _choices(slot):
            own = _own(pitch, slot)
            best = min(
                (
                    (cost + (_move(last, pitch, before, slot) if last and before else 0.0), path)
                    for last, (cost, path) in table.items()
                ),
                key=lambda entry: entry[0],
            )
            found[pitch] = (best[0] + own, (*best[1], pitch))
        table = found
        before = slot
    path = min(table.values(), key=lambda entry: entry[0])[1]
    return _tied(slots, path)


def _tied(slots: list[_Slot], path: tuple[Pitch, ...]) -> list[Note]:
    """Repeated tones within a chord made one note."""
    found: list[Note] = []
    for slot, pitch in zip(slots, path, strict=True):
        last = found[-1] if found else None
        if last and last.pitches == (pitch,) and last.end == slot.start != slot.span.start:
            found[-1] = Note("", last.onset, slot.end - last.onset, (pitch,), origin=last.origin)
        else:
            length = slot.end - slot.start
            found.append(Note("", slot.start, length, (pitch,), origin="rule:counter-melody"))
    return found


def _awkward(move: int) -> bool:
    """Whether a leap is one that nobody sings: a tritone, sevenths, more than an octave."""
    return abs(move) in (6, 10, 11) or abs(move) > 12


def _unsingable(note: Note, after: Note) -> bool:
    return note.end == after.onset and _awkward(after.sounding[0].key - note.sounding[0].key)


def _breathing(note: Note) -> Note:
    """The note with its last half given up for a breath, where it is long enough."""
    half = note.length * Fraction(1, 2)
    return replace(note, length=half) if (half.quarters * 4).denominator == 1 else note


def _choices(slot: _Slot) -> list[Pitch]:
    """Tones of the chord in the line's register; scale tones too where the chord goes on."""
    key: Key = slot.span.key
    ceiling = min(HIGH, slot.tune - 2) if slot.tune is not None else HIGH
    ceiling = max(ceiling, LOW + 7)
    passing = slot.start != slot.span.start
    found = []
    for step in range(-14, 8):
        pitch = pitch_under(key, step, slot.span.chord)
        if LOW <= pitch.key <= ceiling and (passing or in_chord(pitch, slot.span.chord)):
            found.append(pitch)
    return found or [slot.span.upper[0]]


def _own(pitch: Pitch, slot: _Slot) -> float:
    cost = 0.04 * abs(pitch.key - 60)
    if not in_chord(pitch, slot.span.chord):
        cost += 0.8
    if slot.tune is not None:
        apart = (slot.tune - pitch.key) % 12
        cost += 1.5 if apart == 0 else 3.0 if apart in (1, 11) else 0.6 if apart == 2 else 0.0
    return cost


def _move(last: Pitch, pitch: Pitch, before: _Slot, slot: _Slot) -> float:
    move = pitch.key - last.key
    size = abs(move)
    cost = 0.6 if size == 0 else 0.0 if size <= 2 else 0.5 * size
    cost += 12.0 if _awkward(move) else 0.0
    if not in_chord(last, before.span.chord) and not 1 <= size <= 2:
        cost += 6.0
    for one, other in ((before.tune, slot.tune), (before.bass, slot.bass)):
        if one is None or other is None or not move or one == other:
            continue
        old, new = (one - last.key) % 12, (other - pitch.key) % 12
        if old == new and new in (0, 5, 7) and (new != 5 or one < last.key):
            cost += 20.0
    if before.tune is not None and slot.tune is not None:
        rises = slot.tune - before.tune
        cost -= 0.4 if rises * move < 0 else 0.0
    return cost
