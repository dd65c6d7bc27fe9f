"""A short score for two hands: tune and bass whole, as much of the rest as fingers reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scorestage.music import (
    DynamicMark,
    Line,
    Note,
    Pitch,
    Player,
    Role,
    Score,
    Sketch,
    Slur,
    Staff,
    Voice,
)
from scorestage.timebase import Beat

_FINGERS = 4
"""Notes in one hand at most, one finger kept free to move."""
_PRIORITY = (Role.MELODY, Role.BASS, Role.COUNTER, Role.HARMONY, Role.ACCENT, Role.RHYTHM)
_MIDDLE_KEY = 60
_RECENT = 64
"""How many tones back one that is still held can lie."""
_SPLITS = range(50, 72)


@dataclass(frozen=True, slots=True)
class PianoReduction:
    """The piano score, and how much of each role two hands had to leave out, in tones."""

    score: Score
    left_out: tuple[tuple[Role, int], ...]


@dataclass(frozen=True, slots=True)
class _Tone:
    """One tone of the short score, and how much it matters (0 most)."""

    start: Beat
    end: Beat
    pitch: Pitch
    rank: int
    note: Note


def piano_of(sketch: Sketch, pianist: Player, span_semitones: int = 14) -> PianoReduction:
    """A piano score of two staves from a short score.

    Tune and bass are always there. In each bar the hands part where least is lost; a hand holds
    at most four notes within `span_semitones` (a ninth unless told otherwise). What is out of reach
    comes an octave nearer where it is not there yet, else stays out and is counted.
    """
    tones = _tones(sketch)
    hands: tuple[list[_Tone], list[_Tone]] = ([], [])
    missing: list[_Tone] = []
    split = _MIDDLE_KEY
    for _, group in groupby(tones, key=lambda tone: sketch.grid.index_at(tone.start)):
        bar, off_grid = _on_one_grid(list(group))
        missing += off_grid
        split = min(
            _SPLITS, key=lambda key: (_crowding(bar, key, span_semitones), abs(key - split))
        )
        for _, struck in groupby(bar, key=lambda tone: tone.start):
            missing += _played(list(struck), split, hands, span_semitones)
    score = Score(
        sketch.grid,
        (Line(pianist, tuple(_staff(hand, sketch, low=low) for low, hand in enumerate(hands))),),
        sketch.marks,
        sketch.chords,
    )
    counted = ((role, sum(tone.rank == rank for tone in missing)) for rank, role in _ranked())
    return PianoReduction(score, tuple((role, count) for role, count in counted if count))


def _ranked() -> Iterable[tuple[int, Role]]:
    return enumerate((*_PRIORITY, Role.COLOUR))


def _tones(sketch: Sketch) -> list[_Tone]:
    rank = {role: place for place, role in _ranked()}
    found = [
        _Tone(note.onset, note.end, pitch, rank[strand.role], note)
        for strand in sketch.strands
        for note in strand.staff.notes
        for pitch in note.sounding
    ]
    return sorted(found, key=lambda tone: (tone.start, tone.rank, -tone.pitch.key))


def _on_one_grid(bar: Sequence[_Tone]) -> tuple[list[_Tone], list[_Tone]]:
    """Where the accompaniment has triplets against quick even notes, the more of the two.

    Two hands with tune and bass to play keep one of them; the other is returned beside it.
    """
    parts = [tone.start.quarters.denominator for tone in bar if tone.rank > 1]
    triplets = sum(1 for part in parts if part % 3 == 0)
    even = sum(1 for part in parts if part % 3 and part > 2)
    if not triplets or not even:
        return list(bar), []

    def stays(tone: _Tone) -> bool:
        part = tone.start.quarters.denominator
        on_both = part <= 2
        return tone.rank < 2 or on_both or (part % 3 == 0) is (triplets >= even)

    return [tone for tone in bar if stays(tone)], [tone for tone in bar if not stays(tone)]


def _crowding(bar: Sequence[_Tone], split: int, span: int) -> int:
    """How much would be lost, were the hands to part at `split`; a guess from onset to onset."""
    lost = 0
    for _, group in groupby(bar, key=lambda tone: tone.start):
        struck = list(group)
        for side in (True, False):
            hand = [tone for tone in struck if (tone.pitch.key >= split) is side]
            keys = sorted({tone.pitch.key for tone in hand})
            lost += max(0, len(keys) - _FINGERS)
            lost += 2 if keys and keys[-1] - keys[0] > span else 0
            lost += 3 if {0, 1} <= {tone.rank for tone in hand} else 0
    return lost


def _played(
    struck: Sequence[_Tone], split: int, hands: tuple[list[_Tone], list[_Tone]], span: int
) -> list[_Tone]:
    """Give each tone to a hand, the most important first; returns what found none."""
    missing = []
    for tone in struck:
        now = [other for hand in hands for other in _down(hand, tone) if other.start == tone.start]
        if any(other.pitch.key == tone.pitch.key for other in now):
            continue
        first = 0 if tone.rank == 0 or (tone.rank != 1 and tone.pitch.key >= split) else 1
        order = (hands[first], hands[1 - first])
        if tone.rank < 2 and not any(other.rank == tone.rank for other in now):
            _make_room(order[0], tone, span)
            order[0].append(tone)
            continue
        choices = ((hand, one) for one in _near(tone) for hand in order)
        found = next(((hand, one) for hand, one in choices if _reaches(hand, one, span, now)), None)
        if found is not None:
            hand, one = found
            _let_go(hand, one)
            hand.append(one)
        elif not any((other.pitch.key - tone.pitch.key) % 12 == 0 for other in now):
            missing.append(tone)
    return missing


def _let_go(hand: list[_Tone], tone: _Tone) -> None:
    """The same key struck again ends where it is struck."""
    for place, other in enumerate(hand[-_RECENT:], max(0, len(hand) - _RECENT)):
        if other.pitch.key == tone.pitch.key and other.end > tone.start:
            hand[place] = replace(other, end=tone.start)


def _near(tone: _Tone) -> Iterable[_Tone]:
    yield tone
    for octave in (1, -1):
        moved = replace(tone.pitch, octave=tone.pitch.octave + octave)
        yield replace(tone, pitch=moved)


def _down(hand: Sequence[_Tone], tone: _Tone) -> list[_Tone]:
    """What the hand holds when `tone` is struck."""
    return [other for other in hand[-_RECENT:] if other.end > tone.start]


def _reaches(hand: Sequence[_Tone], tone: _Tone, span: int, now: Sequence[_Tone]) -> bool:
    keys = {other.pitch.key for other in _down(hand, tone)} | {tone.pitch.key}
    tune = next((other.pitch.key for other in now if other.rank == 0), 128)
    below_tune = tone.pitch.key < tune or tune < _MIDDLE_KEY
    taken = any(other.pitch.key == tone.pitch.key for other in now)
    return not taken and below_tune and len(keys) <= _FINGERS and max(keys) - min(keys) <= span


def _make_room(hand: list[_Tone], tone: _Tone, span: int) -> None:
    """Let go what the hand cannot hold together with a tone that must be there."""
    held = [place for place, other in enumerate(hand) if other.end > tone.start]
    held.sort(key=lambda place: abs(hand[place].pitch.key - tone.pitch.key))
    for order, place in enumerate(held):
        other = hand[place]
        too_far = abs(other.pitch.key - tone.pitch.key) > span
        if other.start < tone.start and (too_far or order >= _FINGERS - 1):
            hand[place] = replace(other, end=tone.start)


def _staff(hand: Sequence[_Tone], sketch: Sketch, *, low: int) -> Staff:
    leading = [tone for tone in hand if tone.rank == low]
    rest = [tone for tone in hand if tone.rank != low]
    voices = tuple(
        voice for voice in (_voice(leading, "m"), _voice(rest, "h")) if voice is not None
    )
    role = Role.BASS if low else Role.MELODY
    ids = {note.id for voice in voices for note in voice.notes}
    dynamics: tuple[DynamicMark, ...] = ()
    slurs: tuple[Slur, ...] = ()
    for strand in sketch.of_role(role):
        dynamics = dynamics or (() if low else strand.staff.dynamics)
        slurs += tuple(one for one in strand.staff.slurs if {one.first, one.last} <= ids)
    return Staff(voices, dynamics, slurs=slurs, clef="F4" if low else "G2")


def _voice(tones: Sequence[_Tone], mark: str) -> Voice | None:
    """Tones as one voice of chords: what still sounds when the next is struck is let go there."""
    starts = sorted({tone.start for tone in tones})
    notes = []
    for place, start in enumerate(starts):
        chord = [tone for tone in tones if tone.start == start]
        following = starts[place + 1] if place + 1 < len(starts) else None
        end = min(tone.end for tone in chord)
        end = end if following is None else min(end, following)
        if end <= start:
            continue
        pitches = {tone.pitch.key: tone.pitch for tone in chord}
        first = chord[0].note
        name = first.id if mark == "m" else f"{mark}-{first.id}"
        notes.append(
            replace(
                first,
                id=name,
                length=end - start,
                pitches=tuple(pitches[key] for key in sorted(pitches)),
                grace=first.grace if mark == "m" else (),
            )
        )
    return Voice(tuple(notes)) if notes else None
