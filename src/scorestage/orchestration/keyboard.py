"""Two hands (or six strings, or four mallets): what one player of chords can really take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import Instrument, Interval, Note, Pitch, Role
from scorestage.orchestration.fingers import at_once, in_one_hand
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.practice import IMPOSSIBLE, has_two_hands, key_cost
from scorestage.timebase import Beats

_SPLIT = 60
_RIGHT, _LEFT = 0, 1
_OCTAVES = (1, -1, 2, -2)


@dataclass(slots=True)
class _Held:
    """One key that is down."""

    pitch: Pitch
    start: Fraction
    end: Fraction
    source: Placed
    hand: int


class Hands:
    """Takes notes one after the other, most important first, and lets go what cannot be held.

    On one-handed instruments (guitar, mallets) everything is the right hand's.
    """

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.two = has_two_hands(instrument)
        self.taken: list[_Held] = []
        self.lost: list[Placed] = []
        self.pedalled = False

    def take(self, placed: Placed) -> None:
        """One note or chord: each pitch in the hand that reaches it, else an octave away."""
        reached = 0
        for pitch in sorted(placed.note.sounding, key=lambda one: -one.midi):
            reached += self._take(placed, pitch)
        if not reached:
            self.lost.append(placed)

    def _take(self, placed: Placed, pitch: Pitch) -> bool:
        at = placed.start
        down = [one for one in self.taken if one.start <= at < one.end]
        again = [one for one in down if one.pitch.key == pitch.key]
        if again:
            if any(one.start == at for one in again) or not self._outranks(placed, again):
                return any(one.start == at for one in again) or not placed.task.essential
            for one in again:
                one.end = at
            down = [one for one in down if one not in again]
        for octaves in (0, *(() if placed.task.essential else _OCTAVES)):
            moved = pitch.moved(Interval(7 * octaves, 12 * octaves))
            if key_cost(self.instrument, moved.key, 0.0) >= IMPOSSIBLE:
                continue
            for hand in self._hands_for(placed, moved):
                if self._fits(down, moved, hand):
                    self.taken.append(_Held(moved, at, placed.end, placed, hand))
                    return True
        return placed.task.essential and self._force(placed, pitch, down)

    def _outranks(self, placed: Placed, others: Iterable[_Held]) -> bool:
        return all(placed.rank <= one.source.rank for one in others)

    def _hands_for(self, placed: Placed, pitch: Pitch) -> tuple[int, ...]:
        if not self.two:
            return (_RIGHT,)
        role = placed.task.role
        if role is Role.BASS:
            return _LEFT, _RIGHT
        if role is Role.MELODY and pitch.key >= _SPLIT - 12:
            return _RIGHT, _LEFT
        return (_RIGHT, _LEFT) if pitch.key >= _SPLIT else (_LEFT, _RIGHT)

    def _fits(self, down: Sequence[_Held], pitch: Pitch, hand: int) -> bool:
        here = [one.pitch.key for one in down if one.hand == hand]
        if any(one.pitch.key == pitch.key for one in down):
            return False
        if not self.two:
            return at_once(self.instrument, tuple(sorted([*here, pitch.key])))
        other = [one.pitch.key for one in down if one.hand != hand]
        if hand == _RIGHT and other and pitch.key < max(other):
            return False
        if hand == _LEFT and other and pitch.key > min(other):
            return False
        return in_one_hand(self.instrument, tuple(sorted([*here, pitch.key])))

    def _force(self, placed: Placed, pitch: Pitch, down: list[_Held]) -> bool:
        """A note that must be played: lesser notes give way, longer ones ring in the pedal."""
        for hand in self._hands_for(placed, pitch):
            rivals = sorted(
                (one for one in down if one.start < placed.start or not one.source.task.essential),
                key=lambda one: one.source.rank,
                reverse=True,
            )
            left = list(down)
            for rival in (None, *rivals):
                if rival is not None:
                    left.remove(rival)
                if self._fits(left, pitch, hand):
                    for one in down:
                        if one not in left:
                            self._release(one, placed.start)
                    self.taken.append(_Held(pitch, placed.start, placed.end, placed, hand))
                    return True
        return False

    def _release(self, held: _Held, at: Fraction) -> None:
        if held.start == at:
            self.taken.remove(held)
        else:
            held.end = at
            self.pedalled = True


def in_hands(
    instrument: Instrument, wanted: Sequence[Placed]
) -> tuple[list[Placed], list[Placed], bool]:
    """Everything one player of chords takes, on staves and in voices; what was left out; pedal?

    Onset by onset, the most important first.
    """
    hands = Hands(instrument)
    for placed in sorted(wanted, key=lambda one: (one.start, one.rank)):
        hands.take(placed)
    found: list[Placed] = []
    staves = range(max(1, instrument.staves))
    for staff in staves:
        own = [one for one in hands.taken if _staff_of(instrument, one) == staff]
        found += _voices(own, staff)
    return (
        sorted(found, key=lambda one: (one.start, one.staff, one.voice)),
        hands.lost,
        (hands.pedalled),
    )


def _staff_of(instrument: Instrument, held: _Held) -> int:
    if instrument.staves < 2:
        return 0
    if has_two_hands(instrument):
        return held.hand
    return int(held.pitch.key < _SPLIT)


def _voices(held: Iterable[_Held], staff: int) -> list[Placed]:
    """Keys of one staff as chords in at most two voices."""
    chords: dict[tuple[Fraction, Fraction, int], list[_Held]] = {}
    for one in held:
        if one.end > one.start:
            level = one.source.task.priority
            chords.setdefault((one.start, one.end, level), []).append(one)
    joined = _alike(chords)
    voices: list[list[Placed]] = [[], []]
    order = sorted(joined, key=lambda chord: (chord[0].start, chord[0].rank))
    for placed, _ in order:
        _into_voice(voices, replace(placed, staff=staff))
    return [
        replace(placed, voice=number) for number, voice in enumerate(voices) for placed in voice
    ]


def _alike(
    chords: dict[tuple[Fraction, Fraction, int], list[_Held]],
) -> list[tuple[Placed, int]]:
    """Keys struck and let go together become one chord, whatever task they come from."""
    found: dict[tuple[Fraction, Fraction], list[_Held]] = {}
    for (start, end, _), keys in chords.items():
        found.setdefault((start, end), []).extend(keys)
    result = []
    for (start, end), keys in found.items():
        first = min(keys, key=lambda one: one.source.rank)
        pitches = tuple(sorted({one.pitch for one in keys}, key=lambda pitch: pitch.midi))
        note: Note = replace(first.source.note, onset=first.source.note.onset, pitches=pitches)
        note = replace(note, length=Beats(end - start))
        result.append((replace(first.source, note=note), first.source.task.priority))
    return result


def _into_voice(voices: list[list[Placed]], placed: Placed) -> None:
    """The first voice that is free; else the second one's note is let go or joined."""
    for voice in voices:
        if not voice or voice[-1].end <= placed.start:
            voice.append(placed)
            return
    for voice in reversed(voices):
        if voice[-1].start < placed.start:
            voice[-1] = voice[-1].until(placed.start)
            voice.append(placed)
            return
    last = voices[1][-1]
    pitches = tuple(dict.fromkeys((*last.note.pitches, *placed.note.pitches)))
    longer = max(last.end, placed.end)
    voices[1][-1] = replace(last, note=replace(last.note, pitches=pitches)).until(longer)
